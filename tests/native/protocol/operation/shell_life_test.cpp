#include "protocol/operation/shell_life.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace wsman::testing {

namespace {

// A GUID as MS-WSMV writes it.
bool is_guid(const std::string& text) {
  constexpr std::string_view form = "########-####-####-####-############";
  if (text.size() != form.size()) return false;
  for (size_t i = 0; i < form.size(); ++i) {
    const bool digit = std::string_view("0123456789ABCDEF").find(text[i]) != std::string::npos;
    if (form[i] == '-' ? text[i] != '-' : !digit) return false;
  }
  return true;
}

operation::Content document(const char* xml) { return {{}, xml}; }

}  // namespace

TEST_SUITE("Shell lifetime") {
  TEST_CASE("A shell or a command without an identifier is given a new one") {
    operation::Content shell;
    operation::Content other;
    const std::string id = operation::name_shell(shell);
    CHECK(is_guid(id));
    CHECK(operation::name_shell(other) != id);
    REQUIRE(shell.values.size() == 1);
    CHECK(shell.values[0].name == "ShellId");
    CHECK(shell.values[0].values.at(0).text == id);
    CHECK(operation::name_shell(shell) == id);

    operation::Content command{{{"Command", {{operation::Value::Kind::text, "ping"}}}}, {}};
    CHECK(is_guid(operation::name_command(command)));
    REQUIRE(command.values.size() == 2);
    CHECK(command.values[1].name == "CommandId");
  }

  TEST_CASE("An identifier that the content has is kept") {
    operation::Content values{{{"shellid", {{operation::Value::Kind::text, "S1"}}}}, {}};
    CHECK(operation::name_shell(values) == "S1");
    CHECK(values.values.size() == 1);

    const char* xml = "<r:Shell xmlns:r=\"urn:r\" ShellId=\"S2\"/>";
    operation::Content given = document(xml);
    CHECK(operation::name_shell(given) == "S2");
    CHECK(given.document == xml);
  }

  TEST_CASE("The root of a document is given an identifier as an attribute") {
    operation::Content shell =
        document("<r:Shell xmlns:r=\"urn:r\"><r:Lifetime>1</r:Lifetime></r:Shell>");
    const std::string id = operation::name_shell(shell);
    CHECK(is_guid(id));
    CHECK(shell.document ==
          "<r:Shell xmlns:r=\"urn:r\" ShellId=\"" + id + "\"><r:Lifetime>1</r:Lifetime></r:Shell>");

    operation::Content command = document("<r:CommandLine xmlns:r=\"urn:r\"/>");
    CHECK(is_guid(operation::name_command(command)));
  }

  TEST_CASE("A document that is no shell or cannot be read stays as it is") {
    for (const char* xml : {"<r:CommandLine xmlns:r=\"urn:r\"/>", "no XML"}) {
      operation::Content content = document(xml);
      CHECK(operation::name_shell(content) == "");
      CHECK(content.document == xml);
    }
  }

  TEST_CASE("The shell ID is read from the response to Create, whatever the prefixes") {
    CHECK(operation::shell_id_in(
              "<q:ResourceCreated xmlns:q='urn:q'><q:R><q:Selector Name='x'>no</q:Selector>"
              "<q:Selector Name='shellid'> S1 </q:Selector></q:R></q:ResourceCreated>") == "S1");
    CHECK(operation::shell_id_in(
              "<q:Shell xmlns:q='urn:q'><q:ShellId> S2 </q:ShellId></q:Shell>") == "S2");
    CHECK(operation::shell_id_in("<q/>") == "");
    CHECK(operation::shell_id_in("") == "");
    CHECK(operation::shell_id_in("not XML") == "");
  }

  TEST_CASE("The command ID is read from the response to Command only") {
    const char* answer =
        "<r:CommandResponse xmlns:r='urn:r'><r:CommandId>C1</r:CommandId>"
        "</r:CommandResponse>";
    CHECK(operation::started_command_in("Command", answer) == "C1");
    CHECK(operation::started_command_in(
              "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/Command", answer) == "C1");
    CHECK(operation::started_command_in("Receive", answer) == "");
    CHECK(operation::started_command_in("Command", "<r/>") == "");
  }

  TEST_CASE("The command ID of a Signal is read only if its code is terminate") {
    const auto values = [](const char* code) {
      return operation::Content{{{"code", {{operation::Value::Kind::text, code}}},
                                 {"CommandId", {{operation::Value::Kind::text, "C1"}}}},
                                {}};
    };
    CHECK(operation::terminated_command_in("Signal", values("terminate")) == "C1");
    CHECK(operation::terminated_command_in(
              "Signal",
              values("http://schemas.microsoft.com/wbem/wsman/1/windows/shell/signal/Terminate")) ==
          "C1");
    CHECK(operation::terminated_command_in("Signal", values("ctrl_c")) == "");
    CHECK(operation::terminated_command_in("Send", values("terminate")) == "");
    CHECK(operation::terminated_command_in("Signal", {}) == "");
  }

  TEST_CASE("A Signal without a code is sent with terminate, and ends its command") {
    const auto signal = [](const std::vector<operation::Value>& codes) {
      return operation::Content{
          {{"CommandId", {{operation::Value::Kind::text, "C1"}}}, {"Code", codes}}, {}};
    };
    CHECK(operation::terminated_command_in(
              "Signal", {{{"CommandId", {{operation::Value::Kind::text, "C1"}}}}, {}}) == "C1");
    CHECK(operation::terminated_command_in("Signal", signal({})) == "C1");
    CHECK(operation::terminated_command_in("Signal",
                                           signal({{operation::Value::Kind::text, ""}})) == "C1");
    CHECK(operation::terminated_command_in(
              "Signal", signal({{operation::Value::Kind::text, ""},
                                {operation::Value::Kind::text, "ctrl_c"}})) == "");
  }

  TEST_CASE("The command ID is read from a Signal that is given as a document") {
    const operation::Content document{
        {},
        "<s:Signal xmlns:s='urn:s' CommandId='C1'><s:Code>urn:x/Terminate"
        "</s:Code></s:Signal>"};
    CHECK(operation::terminated_command_in("Signal", document) == "C1");
    CHECK(operation::terminated_command_in("Signal", {{}, "<s/>"}) == "");
  }
}

}  // namespace wsman::testing
