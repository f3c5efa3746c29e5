#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "protocol/fixture.h"

namespace wsman::testing {
namespace {

const std::string kShell = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
const std::string kRsp = " xmlns:rsp=\"" + kShell + "\"";

std::string signal_body(const std::string& code) {
  return "<rsp:Signal" + kRsp + " CommandId=\"C1\"><rsp:Code>" + code + "</rsp:Code></rsp:Signal>";
}

struct InvokeFixture : OperationFixture {
  InvokeFixture() {
    answer(envelope_with("<r:Out xmlns:r='urn:r'><r:ReturnValue>0</r:ReturnValue></r:Out>"));
  }

  // The body of an action, or why there is none.
  std::string body_of(const std::string& resource, const std::string& action,
                      const std::vector<NamedValues>& values) {
    server->seen.clear();
    const auto done = invoke(context(), target_of(resource), action, {values, ""}, call);
    return done.ok() ? sent_body() : done.error().message;
  }

  std::string shell_of(const std::vector<NamedValues>& values,
                       const std::string& resource = "shell/cmd") {
    server->seen.clear();
    const auto done = create(context(), target_of(resource), {values, ""}, call);
    return done.ok() ? sent_body() : done.error().message;
  }
};

}  // namespace

TEST_SUITE("invoke") {
  TEST_CASE_FIXTURE(InvokeFixture, "names action and root after method and resource") {
    const auto done =
        invoke(context(), target_of("wmicimv2/Win32_Service?Name=winrm"), "StartService", {}, call);

    REQUIRE(done.ok());
    CHECK(done.value() ==
          "<r:Out xmlns:r=\"urn:r\" xml:lang=\"en-US\"><r:ReturnValue>0</r:ReturnValue></r:Out>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">" + kService + "/StartService<"));
    CHECK(sent_body() == "<p:StartService_INPUT xmlns:p=\"" + kService + "\"/>");
    CHECK_FALSE(server->requests()[0].idempotent);
  }

  TEST_CASE_FIXTURE(InvokeFixture, "takes the URI of an action as it is") {
    CHECK(body_of("urn:a/", "urn:else/Do", {}) == "<p:Do_INPUT xmlns:p=\"urn:a/\"/>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">urn:else/Do<"));
    CHECK(body_of("urn:a/", "Do", {}) == "<p:Do_INPUT xmlns:p=\"urn:a/\"/>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">urn:a/Do<"));
  }

  TEST_CASE_FIXTURE(InvokeFixture,
                    "writes parameters in order: texts, nils, arrays, XML and references") {
    const std::string addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    CHECK(body_of("urn:a/b", "Do",
                  {text("One", "a & b"),
                   {"Two", {{Value::Kind::nil, ""}}},
                   {"Three", {{Value::Kind::text, "1"}, {Value::Kind::text, "2"}}},
                   {"Four", {{Value::Kind::xml, "<q:I xmlns:q='urn:q'><q:J/></q:I><k/>"}}},
                   {"Five",
                    {{Value::Kind::xml, "<a:EndpointReference xmlns:a='" + addressing +
                                            "'><a:Address>urn:x</a:Address>"
                                            "</a:EndpointReference>"}}},
                   {"Six", {}}}) ==
          "<p:Do_INPUT xmlns:p=\"urn:a/b\"><p:One>a &amp; b</p:One><p:Two "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>"
          "<p:Three>1</p:Three><p:Three>2</p:Three>"
          "<p:Four><q:I xmlns:q=\"urn:q\"><q:J/></q:I><k/></p:Four>"
          "<p:Five><a:Address xmlns:a=\"" +
              addressing + "\">urn:x</a:Address></p:Five></p:Do_INPUT>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "keeps XML given as a value inside its place") {
    for (const std::string& xml :
         std::vector<std::string>{"</p:One><p:Two>x</p:Two><p:One>", "<a>", "<p:x/>", "&else;",
                                  "<!DOCTYPE a><a/>", "<![CDATA[", "</content><content>"}) {
      CAPTURE(xml);
      CHECK(contains(body_of("urn:a/b", "Do", {{"One", {{Value::Kind::xml, xml}}}}),
                     "The value of 'One' is not well-formed XML"));
    }
    CHECK(server->requests().empty());
  }

  TEST_CASE_FIXTURE(InvokeFixture, "sends a document instead of values") {
    REQUIRE(invoke(context(), target_of("urn:a/b"), "Do", {{}, "<x><y/></x>"}, call).ok());

    CHECK(sent_body() == "<x><y/></x>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "answered with nothing gives nothing") {
    answer(envelope_with(""));

    CHECK(invoke(context(), target_of("urn:a/b"), "Do", {}, call).value().empty());
  }

  TEST_CASE_FIXTURE(InvokeFixture, "refuses an action that can be no name") {
    for (const char* action : {"", "a b", "<a>", "urn:a/", "a\x01"}) {
      CAPTURE(action);
      CHECK(contains(body_of("urn:a/b", action, {}), "The action must be a name"));
    }
    CHECK(contains(body_of("shell/cmd", "a b", {}), "The action must be a name"));
  }
}

TEST_SUITE("shell") {
  TEST_CASE_FIXTURE(InvokeFixture, "is created with the streams that a command shell has") {
    CHECK(shell_of({}) == "<rsp:Shell" + kRsp +
                              "><rsp:InputStreams>stdin</rsp:InputStreams><rsp:OutputStreams>"
                              "stdout stderr</rsp:OutputStreams></rsp:Shell>");
    CHECK(shell_of({}, "http://schemas.microsoft.com/powershell/Microsoft.PowerShell") ==
          "<rsp:Shell" + kRsp + "/>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "has attributes, and its elements in the order of the schema") {
    CHECK(shell_of({text("OutputStreams", "stdout"),
                    text("idletimeout", "PT60.000S"),
                    {"Environment", {{Value::Kind::text, "A=b=<c>"}, {Value::Kind::text, "D="}}},
                    text("Name", "mine"),
                    text("Custom", "x"),
                    text("WorkingDirectory", "C:\\ & co"),
                    text("ShellId", "ID\"1"),
                    {"InputStreams", {{Value::Kind::text, "stdin"}, {Value::Kind::text, "pr"}}}}) ==
          "<rsp:Shell" + kRsp +
              " ShellId=\"ID&quot;1\" Name=\"mine\"><rsp:Environment><rsp:Variable Name=\"A\">"
              "b=&lt;c&gt;</rsp:Variable><rsp:Variable Name=\"D\"></rsp:Variable>"
              "</rsp:Environment><rsp:WorkingDirectory>C:\\ &amp; co</rsp:WorkingDirectory>"
              "<rsp:IdleTimeOut>PT60.000S</rsp:IdleTimeOut><rsp:InputStreams>stdin pr"
              "</rsp:InputStreams><rsp:OutputStreams>stdout</rsp:OutputStreams>"
              "<rsp:Custom>x</rsp:Custom></rsp:Shell>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "takes its environment as XML") {
    const std::string xml = "<r:Variable xmlns:r=\"" + kShell + "\" Name=\"A\">1</r:Variable>";
    CHECK(contains(shell_of({{"Environment", {{Value::Kind::xml, xml}}}}),
                   "<rsp:Environment>" + xml + "</rsp:Environment>"));
  }

  TEST_CASE_FIXTURE(InvokeFixture, "refuses values of another form") {
    CHECK(contains(shell_of({text("Environment", "A")}), "the form NAME=value"));
    CHECK(contains(shell_of({text("Environment", "=1")}), "the form NAME=value"));
    CHECK(contains(shell_of({{"ShellId", {{Value::Kind::nil, ""}}}}),
                   "The value of 'ShellId' must be text."));
    CHECK(contains(shell_of({text("ShellId", "\x01")}), "The value of 'ShellId' has a character"));
    CHECK(contains(shell_of({text("a b", "1")}), "cannot be the name of an XML element"));
    CHECK(server->requests().empty());
  }

  TEST_CASE_FIXTURE(InvokeFixture, "runs a command") {
    CHECK(body_of("shell/cmd?ShellId=S", "command",
                  {{"Arguments", {{Value::Kind::text, "/c"}, {Value::Kind::text, "a & b"}}},
                   text("CommandId", "C1"),
                   text("Command", "dir")}) ==
          "<rsp:CommandLine" + kRsp +
              " CommandId=\"C1\"><rsp:Command>dir</rsp:Command><rsp:Arguments>/c</rsp:Arguments>"
              "<rsp:Arguments>a &amp; b</rsp:Arguments></rsp:CommandLine>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">" + kShell + "/Command<"));
    CHECK(contains(sent(), "<w:Selector Name=\"ShellId\">S</w:Selector>"));
    CHECK(contains(body_of("shell/cmd", "Command", {}), "needs one value 'Command'"));
  }

  TEST_CASE_FIXTURE(InvokeFixture, "is sent input") {
    CHECK(body_of("shell/cmd", kShell + "/Send",
                  {text("CommandId", "C1"), text("Stream", "ZGly"), text("End", "true")}) ==
          "<rsp:Send" + kRsp +
              "><rsp:Stream Name=\"stdin\" CommandId=\"C1\" End=\"true\">ZGly</rsp:Stream>"
              "</rsp:Send>");
    CHECK(body_of("shell/cmd", "Send", {text("Name", "pr")}) ==
          "<rsp:Send" + kRsp + "><rsp:Stream Name=\"pr\"></rsp:Stream></rsp:Send>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "gives output") {
    CHECK(body_of("shell/cmd", "Receive", {text("CommandId", "C1")}) ==
          "<rsp:Receive" + kRsp +
              "><rsp:DesiredStream CommandId=\"C1\">stdout stderr</rsp:DesiredStream>"
              "</rsp:Receive>");
    CHECK(body_of("shell/cmd", "Receive",
                  {text("SequenceId", "3"), text("DesiredStream", "stdout")}) ==
          "<rsp:Receive" + kRsp +
              " SequenceId=\"3\"><rsp:DesiredStream>stdout</rsp:DesiredStream></rsp:Receive>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "is told to stop by a short code or a URI") {
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"terminate", kShell + "/signal/Terminate"},
             {"CTRL_C", kShell + "/signal/ctrl_c"},
             {"ctrl_break", kShell + "/signal/ctrl_break"},
             {"urn:stop", "urn:stop"}}) {
      const auto& given = row.first;
      const auto& written = row.second;
      CHECK(body_of("shell/cmd", "Signal", {text("CommandId", "C1"), text("Code", given)}) ==
            signal_body(written));
    }
    CHECK(contains(body_of("shell/cmd", "Signal", {}), "/signal/Terminate"));
  }

  TEST_CASE_FIXTURE(InvokeFixture, "has other actions as well") {
    CHECK(body_of("shell/cmd", "Disconnect", {text("IdleTimeOut", "PT60S")}) ==
          "<rsp:Disconnect" + kRsp + "><rsp:IdleTimeOut>PT60S</rsp:IdleTimeOut></rsp:Disconnect>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">" + kShell + "/Disconnect<"));
  }

  TEST_CASE_FIXTURE(InvokeFixture, "is not what only looks like one") {
    CHECK(contains(body_of(kShell + "x", "Command", {}), "Command_INPUT"));
  }
}

}  // namespace wsman::testing
