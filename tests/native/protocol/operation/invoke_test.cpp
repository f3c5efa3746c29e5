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
                      const std::vector<operation::NamedValues>& values) {
    server->seen.clear();
    const auto done = operation::invoke(context(), target_of(resource), action, {values, ""}, call);
    return done.ok() ? sent_body() : done.error().message;
  }

  std::string shell_of(const std::vector<operation::NamedValues>& values,
                       const std::string& resource = "shell/cmd") {
    server->seen.clear();
    const auto done = operation::create(context(), target_of(resource), {values, ""}, call);
    return done.ok() ? sent_body() : done.error().message;
  }
};

}  // namespace

TEST_SUITE("Invoke") {
  TEST_CASE_FIXTURE(InvokeFixture,
                    "The name of the method becomes the action URI and the root element") {
    const auto done = operation::invoke(context(), target_of("wmicimv2/Win32_Service?Name=winrm"),
                                        "StartService", {}, call);

    REQUIRE(done.ok());
    CHECK(done.value() ==
          "<r:Out xml:lang=\"en-US\" xmlns:r='urn:r'><r:ReturnValue>0</r:ReturnValue></r:Out>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">" + kService + "/StartService<"));
    CHECK(sent_body() == "<p:StartService_INPUT xmlns:p=\"" + kService + "\"/>");
    CHECK_FALSE(server->requests()[0].idempotent);
  }

  TEST_CASE_FIXTURE(InvokeFixture, "The URI of an action is sent as it is") {
    CHECK(body_of("urn:a/", "urn:else/Do", {}) == "<p:Do_INPUT xmlns:p=\"urn:a/\"/>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">urn:else/Do<"));
    CHECK(body_of("urn:a/", "Do", {}) == "<p:Do_INPUT xmlns:p=\"urn:a/\"/>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">urn:a/Do<"));
  }

  TEST_CASE_FIXTURE(InvokeFixture,
                    "Parameters are written in order: texts, nils, arrays, XML and references") {
    const std::string addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    CHECK(
        body_of(
            "urn:a/b", "Do",
            {text("One", "a & b"),
             {"Two", {{operation::Value::Kind::nil, ""}}},
             {"Three", {{operation::Value::Kind::text, "1"}, {operation::Value::Kind::text, "2"}}},
             {"Four", {{operation::Value::Kind::xml, "<q:I xmlns:q='urn:q'><q:J/></q:I><k/>"}}},
             {"Five",
              {{operation::Value::Kind::xml, "<a:EndpointReference xmlns:a='" + addressing +
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

  TEST_CASE_FIXTURE(InvokeFixture,
                    "XML values that are not well-formed are refused before anything is sent") {
    for (const std::string& xml :
         std::vector<std::string>{"</p:One><p:Two>x</p:Two><p:One>", "<a>", "<p:x/>", "&else;",
                                  "<!DOCTYPE a><a/>", "<![CDATA[", "</content><content>"}) {
      CAPTURE(xml);
      CHECK(contains(body_of("urn:a/b", "Do", {{"One", {{operation::Value::Kind::xml, xml}}}}),
                     "The value of 'One' is not well-formed XML"));
    }
    CHECK(server->requests().empty());
  }

  TEST_CASE_FIXTURE(InvokeFixture, "A document is sent in place of values") {
    REQUIRE(
        operation::invoke(context(), target_of("urn:a/b"), "Do", {{}, "<x><y/></x>"}, call).ok());

    CHECK(sent_body() == "<x><y/></x>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "Sections of CDATA that a user gives do not become markup") {
    const std::string sections = "<![CDATA[x]]]]><![CDATA[><b/><![CDATA[]]>";
    const std::string addressing = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    const std::string reference = "<a:EndpointReference xmlns:a=\"" + addressing +
                                  "\"><a:Address>" + sections +
                                  "</a:Address></a:EndpointReference>";
    message::Target target = target_of("urn:a/b");
    target.selectors = {{"One", reference, true}};
    const std::string document = "<x>" + sections + "</x>";
    REQUIRE(operation::invoke(context(), target, "Do", {{}, document}, call).ok());

    CHECK(sent_body() == document);
    CHECK(contains(sent(), reference));
    CHECK(contains(body_of("urn:a/b", "Do", {{"One", {{operation::Value::Kind::xml, sections}}}}),
                   "<p:One>" + sections + "</p:One>"));
  }

  TEST_CASE_FIXTURE(InvokeFixture, "An empty Body in the response gives an empty result") {
    answer(envelope_with(""));

    CHECK(operation::invoke(context(), target_of("urn:a/b"), "Do", {}, call).value().empty());
  }

  TEST_CASE_FIXTURE(InvokeFixture, "An action that cannot be an element name is refused") {
    for (const char* action : {"", "a b", "<a>", "urn:a/", "a\x01"}) {
      CAPTURE(action);
      CHECK(contains(body_of("urn:a/b", action, {}), "The action must be a name"));
    }
    CHECK(contains(body_of("shell/cmd", "a b", {}), "The action must be a name"));
  }
}

TEST_SUITE("Shell") {
  TEST_CASE_FIXTURE(InvokeFixture, "A command shell is created with its standard streams") {
    CHECK(shell_of({}) == "<rsp:Shell" + kRsp +
                              "><rsp:InputStreams>stdin</rsp:InputStreams><rsp:OutputStreams>"
                              "stdout stderr</rsp:OutputStreams></rsp:Shell>");
    CHECK(shell_of({}, "http://schemas.microsoft.com/powershell/Microsoft.PowerShell") ==
          "<rsp:Shell" + kRsp + "/>");
  }

  TEST_CASE_FIXTURE(InvokeFixture,
                    "A shell has its attributes, and its elements in the order of the schema") {
    CHECK(
        shell_of(
            {text("OutputStreams", "stdout"),
             text("idletimeout", "PT60.000S"),
             {"Environment",
              {{operation::Value::Kind::text, "A=b=<c>"}, {operation::Value::Kind::text, "D="}}},
             text("Name", "mine"),
             text("Custom", "x"),
             text("WorkingDirectory", "C:\\ & co"),
             text("ShellId", "ID\"1"),
             {"InputStreams",
              {{operation::Value::Kind::text, "stdin"}, {operation::Value::Kind::text, "pr"}}}}) ==
        "<rsp:Shell" + kRsp +
            " ShellId=\"ID&quot;1\" Name=\"mine\"><rsp:Environment><rsp:Variable Name=\"A\">"
            "b=&lt;c&gt;</rsp:Variable><rsp:Variable Name=\"D\"></rsp:Variable>"
            "</rsp:Environment><rsp:WorkingDirectory>C:\\ &amp; co</rsp:WorkingDirectory>"
            "<rsp:IdleTimeOut>PT60.000S</rsp:IdleTimeOut><rsp:InputStreams>stdin pr"
            "</rsp:InputStreams><rsp:OutputStreams>stdout</rsp:OutputStreams>"
            "<rsp:Custom>x</rsp:Custom></rsp:Shell>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "The environment of a shell can be given as XML") {
    const std::string xml = "<r:Variable xmlns:r=\"" + kShell + "\" Name=\"A\">1</r:Variable>";
    CHECK(contains(shell_of({{"Environment", {{operation::Value::Kind::xml, xml}}}}),
                   "<rsp:Environment>" + xml + "</rsp:Environment>"));
  }

  TEST_CASE_FIXTURE(InvokeFixture, "Values of the wrong form are refused before anything is sent") {
    CHECK(contains(shell_of({text("Environment", "A")}), "the form NAME=value"));
    CHECK(contains(shell_of({text("Environment", "=1")}), "the form NAME=value"));
    CHECK(contains(shell_of({{"ShellId", {{operation::Value::Kind::nil, ""}}}}),
                   "The value of 'ShellId' must be text."));
    CHECK(contains(shell_of({text("ShellId", "\x01")}), "The value of 'ShellId' has a character"));
    CHECK(contains(shell_of({text("a b", "1")}), "cannot be the name of an XML element"));
    CHECK(server->requests().empty());
  }

  TEST_CASE_FIXTURE(InvokeFixture, "A Command has the command line and its arguments") {
    CHECK(
        body_of("shell/cmd?ShellId=S", "command",
                {{"Arguments",
                  {{operation::Value::Kind::text, "/c"}, {operation::Value::Kind::text, "a & b"}}},
                 text("CommandId", "C1"),
                 text("Command", "dir")}) ==
        "<rsp:CommandLine" + kRsp +
            " CommandId=\"C1\"><rsp:Command>dir</rsp:Command><rsp:Arguments>/c</rsp:Arguments>"
            "<rsp:Arguments>a &amp; b</rsp:Arguments></rsp:CommandLine>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">" + kShell + "/Command<"));
    CHECK(contains(sent(), "<w:Selector Name=\"ShellId\">S</w:Selector>"));
    CHECK(contains(body_of("shell/cmd", "Command", {}), "needs one value 'Command'"));
  }

  TEST_CASE_FIXTURE(InvokeFixture, "A Send carries input") {
    CHECK(body_of("shell/cmd", kShell + "/Send",
                  {text("CommandId", "C1"), text("Stream", "ZGly"), text("End", "true")}) ==
          "<rsp:Send" + kRsp +
              "><rsp:Stream Name=\"stdin\" CommandId=\"C1\" End=\"true\">ZGly</rsp:Stream>"
              "</rsp:Send>");
    CHECK(body_of("shell/cmd", "Send", {text("Name", "pr")}) ==
          "<rsp:Send" + kRsp + "><rsp:Stream Name=\"pr\"></rsp:Stream></rsp:Send>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "A Receive asks for output streams") {
    CHECK(body_of("shell/cmd", "Receive", {text("CommandId", "C1")}) ==
          "<rsp:Receive" + kRsp +
              "><rsp:DesiredStream CommandId=\"C1\">stdout stderr</rsp:DesiredStream>"
              "</rsp:Receive>");
    CHECK(body_of("shell/cmd", "Receive",
                  {text("SequenceId", "3"), text("DesiredStream", "stdout")}) ==
          "<rsp:Receive" + kRsp +
              " SequenceId=\"3\"><rsp:DesiredStream>stdout</rsp:DesiredStream></rsp:Receive>");
  }

  TEST_CASE_FIXTURE(InvokeFixture, "A Signal has a short code or a URI") {
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

  TEST_CASE_FIXTURE(InvokeFixture, "Other actions of a shell are sent too") {
    CHECK(body_of("shell/cmd", "Disconnect", {text("IdleTimeOut", "PT60S")}) ==
          "<rsp:Disconnect" + kRsp + "><rsp:IdleTimeOut>PT60S</rsp:IdleTimeOut></rsp:Disconnect>");
    CHECK(contains(sent(), "<a:Action s:mustUnderstand=\"true\">" + kShell + "/Disconnect<"));
  }

  TEST_CASE_FIXTURE(InvokeFixture, "A URI that only begins like that of a shell is not one") {
    CHECK(contains(body_of(kShell + "x", "Command", {}), "Command_INPUT"));
  }
}

}  // namespace wsman::testing
