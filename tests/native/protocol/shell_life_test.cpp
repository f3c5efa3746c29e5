#include "protocol/shell_life.h"

#include <doctest/doctest.h>

namespace wsman::testing {

TEST_SUITE("shell life") {
  TEST_CASE("finds the shell in the answer of Create, whatever the prefixes") {
    CHECK(shell_id_in("<q:ResourceCreated xmlns:q='urn:q'><q:R><q:Selector Name='x'>no</q:Selector>"
                      "<q:Selector Name='shellid'> S1 </q:Selector></q:R></q:ResourceCreated>") ==
          "S1");
    CHECK(shell_id_in("<q/>") == "");
    CHECK(shell_id_in("") == "");
    CHECK(shell_id_in("not XML") == "");
  }

  TEST_CASE("finds the command in the answer of Command alone") {
    const char* answer =
        "<r:CommandResponse xmlns:r='urn:r'><r:CommandId>C1</r:CommandId>"
        "</r:CommandResponse>";
    CHECK(started_command_in("Command", answer) == "C1");
    CHECK(started_command_in("http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Command",
                             answer) == "C1");
    CHECK(started_command_in("Receive", answer) == "");
    CHECK(started_command_in("Command", "<r/>") == "");
  }

  TEST_CASE("finds the command that Signal terminates, and only then") {
    const auto values = [](const char* code) {
      return Content{
          {{"code", {{Value::Kind::text, code}}}, {"CommandId", {{Value::Kind::text, "C1"}}}}, {}};
    };
    CHECK(terminated_command_in("Signal", values("terminate")) == "C1");
    CHECK(terminated_command_in(
              "Signal",
              values("http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/Terminate")) ==
          "C1");
    CHECK(terminated_command_in("Signal", values("ctrl_c")) == "");
    CHECK(terminated_command_in("Send", values("terminate")) == "");
    CHECK(terminated_command_in("Signal", {}) == "");
  }

  TEST_CASE("reads a Signal that is given as a document") {
    const Content document{{},
                           "<s:Signal xmlns:s='urn:s' CommandId='C1'><s:Code>urn:x/Terminate"
                           "</s:Code></s:Signal>"};
    CHECK(terminated_command_in("Signal", document) == "C1");
    CHECK(terminated_command_in("Signal", {{}, "<s/>"}) == "");
  }
}

}  // namespace wsman::testing
