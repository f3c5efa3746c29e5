// Get, Put, Create, Delete, custom actions, fragments and shells, as a client sees them.
#include <doctest/doctest.h>

#include <string>

#include "asking.h"

namespace wsman::endpoint {
namespace {

const std::string kEnvironment = kWmi + "Win32_Environment";
const std::string kShellNamespace = std::string(kShellUri);
const std::string kRsp = " xmlns:rsp=\"" + kShellNamespace + "\"";

Question get(const std::string& uri, const std::string& selectors) {
  return {kTransfer + "Get", uri, "", selectors, ""};
}

std::string fragment(const std::string& path) {
  return "<w:FragmentTransfer s:mustUnderstand=\"true\">" + path + "</w:FragmentTransfer>";
}

Question call(const std::string& uri, const std::string& method, const std::string& input,
              const std::string& selectors) {
  return {uri + "/" + method, uri,
          "<p:" + method + "_INPUT xmlns:p=\"" + uri + "\">" + input + "</p:" + method + "_INPUT>",
          selectors, ""};
}

struct ShellAsking : Asking {
  ShellAsking() {
    const std::string answer =
        body({kTransfer + "Create", std::string(kCmdShellUri), "<rsp:Shell" + kRsp + "/>", "", ""});
    shell = selector("ShellId", between(answer, "Name=\"ShellId\">", "<"));
  }

  Question operation(const std::string& name, const std::string& content) const {
    return {kShellNamespace + "/" + name, std::string(kCmdShellUri), content, shell, ""};
  }
  std::string start(const std::string& line) {
    const std::string answer =
        body(operation("Command", "<rsp:CommandLine" + kRsp + "><rsp:Command>" + line +
                                      "</rsp:Command></rsp:CommandLine>"));
    return between(answer, "CommandId>", "<");
  }
  Question receive(const std::string& command) const {
    return operation("Receive", "<rsp:Receive" + kRsp + "><rsp:DesiredStream CommandId=\"" +
                                    command + "\">stdout</rsp:DesiredStream></rsp:Receive>");
  }
  Question signal(const std::string& command) const {
    return operation("Signal", "<rsp:Signal" + kRsp + " CommandId=\"" + command + "\"><rsp:Code>" +
                                   kShellNamespace + "/signal/Terminate</rsp:Code></rsp:Signal>");
  }

  std::string shell;
};

}  // namespace

TEST_SUITE("operations") {
  TEST_CASE_FIXTURE(Asking, "get an instance with a value of each kind") {
    const std::string answer = body(get(kServiceClass, selector("name", "WinRM")));

    CHECK(contains(answer, "<p:State>Running</p:State>"));
    CHECK(contains(answer, "<p:Triggers>&lt;domain join&gt;</p:Triggers>"));
    CHECK(contains(answer, "<p:InstallDate><cim:Datetime>2021"));
    CHECK(contains(answer, "<e:DelaySeconds>60</e:DelaySeconds>"));
    CHECK(contains(answer, "<w:Selector Name=\"Handle\">1204</w:Selector>"));
    CHECK(contains(answer, "<a:RelatesTo>uuid:7</a:RelatesTo>"));
    CHECK(contains(counts.to_json(), R"("operations":{"Get":1})"));
  }

  TEST_CASE_FIXTURE(Asking, "refuse a selector that is missing, unknown, wrong or given twice") {
    CHECK(code_of(body(get(kServiceClass, ""))) == "2150858842");
    CHECK(code_of(body(get(kServiceClass, selector("Nmae", "winrm")))) == "2150858843");
    CHECK(code_of(body(get(kServiceClass, selector("Name", "nobody")))) == "2150858752");
    CHECK(code_of(body(get(kWmi + "Loopback_Row", selector("Index", "first")))) == "2150858845");
    CHECK(code_of(body(get(kServiceClass, selector("Name", "a") + selector("name", "b")))) ==
          "2150858847");
  }

  TEST_CASE_FIXTURE(Asking, "refuse a resource, a namespace and a header that nobody knows") {
    CHECK(code_of(body(get("urn:nothing", ""))) == "2150858811");
    CHECK(code_of(body(get(kWmi + "No_Class", selector("Name", "x")))) == "2150858752");
    CHECK(code_of(body(get(std::string(kWmiPrefix) + "root/other/Win32_Service",
                           selector("Name", "winrm")))) == "2150858752");
    Question strange = get(kServiceClass, selector("Name", "winrm"));
    strange.headers = "<q:New xmlns:q=\"urn:q\" s:mustUnderstand=\"true\"/>";
    CHECK(contains(body(strange), "<s:NotUnderstood xmlns:q=\"urn:q\" qname=\"q:New\"/>"));
  }

  TEST_CASE_FIXTURE(Asking, "refuse a timeout that is none and an envelope that is too small") {
    Question question = get(kServiceClass, selector("Name", "winrm"));
    question.headers = "<w:OperationTimeout>-PT1S</w:OperationTimeout>";
    CHECK(code_of(body(question)) == "2150858767");
    question.headers = "<w:OperationTimeout>P1DT2M0.5S</w:OperationTimeout>";
    CHECK(reply(question).status == 200);
    question.envelope_size = "8191";
    CHECK(code_of(body(question)) == "2150858878");
  }

  TEST_CASE_FIXTURE(Asking, "put what was changed and keep the keys") {
    const std::string head = "<p:Win32_Service xmlns:p=\"" + kServiceClass + "\"><p:Name>";
    Question put = {kTransfer + "Put", kServiceClass,
                    head +
                        "winrm</p:Name><p:DisplayName>a &amp; b</p:DisplayName>"
                        "<p:Description xsi:nil=\"true\"/></p:Win32_Service>",
                    selector("Name", "winrm"), ""};
    CHECK(contains(body(put), "<p:DisplayName>a &amp; b</p:DisplayName>"));
    CHECK(contains(body(get(kServiceClass, put.selectors)), "<p:Description xsi:nil=\"true\"/>"));

    put.body = head + "other</p:Name></p:Win32_Service>";
    CHECK(code_of(body(put)) == "2150858989");
    put.body = head + "winrm</p:Name><p:ProcessId>many</p:ProcessId></p:Win32_Service>";
    CHECK(code_of(body(put)) == "2150858838");
    put.body = "<p:Win32_Service xmlns:p=\"urn:p\"/>";
    CHECK(code_of(body(put)) == "2150858840");
  }

  TEST_CASE_FIXTURE(Asking, "create and delete an instance whose keys need escaping") {
    const std::string keys = selector("Name", "&lt;\"&amp;'+?\xC3\xBC") + selector("UserName", "u");
    const Question create = {kTransfer + "Create", kEnvironment,
                             "<p:Win32_Environment xmlns:p=\"" + kEnvironment +
                                 "\"><p:VariableValue>v</p:VariableValue></p:Win32_Environment>",
                             keys, ""};
    CHECK(contains(body(create),
                   "<w:Selector Name=\"Name\">&lt;&quot;&amp;'+?\xC3\xBC</w:Selector>"));
    CHECK(code_of(body(create)) == "2150858803");
    CHECK(contains(body(get(kEnvironment, keys)), "<p:VariableValue>v</p:VariableValue>"));

    CHECK(reply({kTransfer + "Delete", kEnvironment, "", keys, ""}).status == 200);
    CHECK(code_of(body(get(kEnvironment, keys))) == "2150858752");
  }

  TEST_CASE_FIXTURE(Asking, "read and change a fragment") {
    Question question = get(kServiceClass, selector("Name", "winrm"));
    question.headers = fragment("Triggers[2]");
    const std::string answer = body(question);
    CHECK(contains(answer, ">a;b</p:Triggers></w:XmlFragment>"));
    CHECK(contains(answer, "<w:FragmentTransfer s:mustUnderstand=\"true\">Triggers[2]<"));

    question.action = kTransfer + "Put";
    question.headers = fragment("Description/text()");
    question.body = "<w:XmlFragment>&lt;new&gt;</w:XmlFragment>";
    CHECK(contains(body(question), "<w:XmlFragment xmlns:xsi=\"" + std::string(kInstanceNamespace) +
                                       "\">&lt;new&gt;</w:XmlFragment>"));

    question.headers = fragment("NoSuch");
    CHECK(code_of(body(question)) == "2150858899");
    question.path = "/no-fragment/wsman";
    question.action = kTransfer + "Get";
    CHECK(contains(body(question), "<s:Body><p:Win32_Service "));
  }

  TEST_CASE_FIXTURE(Asking, "call methods that change the model") {
    const std::string spooler = selector("Name", "spooler");
    CHECK(contains(body(call(kServiceClass, "StopService", "", spooler)), "ReturnValue>0<"));
    CHECK(contains(body(call(kServiceClass, "StopService", "", spooler)), "ReturnValue>5<"));
    CHECK(contains(body(get(kServiceClass, spooler)), "<p:State>Stopped</p:State>"));
    CHECK(contains(body(call(kServiceClass, "StopService", "", selector("Name", "rpcss"))),
                   "ReturnValue>3<"));
    CHECK(code_of(body(call(kServiceClass, "Nothing", "", spooler))) == "2150858771");
    CHECK(code_of(body(call(kServiceClass, "Create", "<p:Nmae>x</p:Nmae>", ""))) == "2150858837");
    CHECK(code_of(body(call(kServiceClass, "Create", "<p:ServiceType>x</p:ServiceType>", ""))) ==
          "2150858836");
  }

  TEST_CASE_FIXTURE(Asking, "take over settings whole or not at all") {
    const std::string uri = std::string(kConfigUri) + "/client";
    Question put = {kTransfer + "Put", uri,
                    "<c:Client xmlns:c=\"" + uri +
                        "\"><c:TrustedHosts>a</c:TrustedHosts><c:NetworkDelayms>1"
                        "</c:NetworkDelayms></c:Client>",
                    "", ""};
    CHECK(code_of(body(put)) == "2150858838");
    CHECK(contains(body(get(uri, "")), "<cfg:TrustedHosts/>"));
    put.body = "<c:Client xmlns:c=\"" + uri + "\"><c:TrustedHosts>a</c:TrustedHosts></c:Client>";
    CHECK(contains(body(put), "<cfg:TrustedHosts>a</cfg:TrustedHosts>"));
  }

  TEST_CASE_FIXTURE(Asking, "speak as each family does") {
    const std::string uri = std::string(kCimSchemaPrefix) + "Win32_Service";
    Question question = get(uri, selector("__cimnamespace", "root/cimv2") + selector("Name", "x"));
    question.path = "/flavour/omi/wsman";
    CHECK(contains(body(question), "<q:OMI_Code>2150858752</q:OMI_Code>"));
    question.path = "/flavour/openwsman/wsman";
    CHECK(reply(question).status == 400);
    question.path = "/flavour/amt/wsman";
    CHECK(contains(body(question), "<a:Value>b:DestinationUnreachable</a:Value>"));
    question.path = "/flavour/vms/wsman";
    CHECK(reply(question).status == 404);
  }

  TEST_CASE_FIXTURE(Asking, "keep the last envelopes and no credential") {
    body(get(kServiceClass, selector("Name", "winrm")));
    body(get(kServiceClass, selector("Name", "spooler")));

    CHECK(contains(journal.to_json(1), "spooler"));
    CHECK_FALSE(contains(journal.to_json(1), "winrm"));
    CHECK(contains(journal.to_json(9), "winrm"));
    CHECK_FALSE(contains(journal.to_json(9), "dGVzdGVyOmNvcnJlY3Q"));
  }
}

TEST_SUITE("shells") {
  TEST_CASE_FIXTURE(ShellAsking, "say what a command said and that it is done") {
    const std::string answer = body(receive(start("echo hello")));

    CHECK(contains(answer, "aGVsbG8NCg=="));
    CHECK(contains(answer, "/CommandState/Done"));
    CHECK(contains(counts.to_json(), R"("shells":1,"commands":1)"));
  }

  TEST_CASE_FIXTURE(ShellAsking, "end a Receive that waits when its command is terminated") {
    const std::string command = start("sleep");
    CHECK(reply(receive(command)).status == 0);

    ask("/wsman", kRight, signal(command).xml());
    REQUIRE(recorder->answers.size() == 2);
    CHECK(contains(recorder->answers[0].body, "/CommandState/Done"));
    CHECK(contains(recorder->answers[1].body, "SignalResponse"));
    CHECK(contains(counts.to_json(), R"("commands":0)"));
    CHECK(code_of(body(signal(command))) == "2150858843");
  }

  TEST_CASE_FIXTURE(ShellAsking, "answer a Receive with a fault when its time is up") {
    Question question = receive(start("sleep"));
    question.headers = "<w:OperationTimeout>PT0.001S</w:OperationTimeout>";
    CHECK(reply(question).status == 0);

    while (recorder->answers.empty()) io.run_one();
    CHECK(code_of(answer().body) == "2150858793");
  }

  TEST_CASE_FIXTURE(ShellAsking, "go when nobody uses them, and not while a Receive waits") {
    CHECK(contains(body({kTransfer + "Get", std::string(kCmdShellUri), "", shell, ""}),
                   "<rsp:IdleTimeOut>PT7200.000S<"));
    const auto make = [this](const std::string& idle) {
      return body(
          {kTransfer + "Create", std::string(kCmdShellUri),
           "<rsp:Shell" + kRsp + "><rsp:IdleTimeOut>" + idle + "</rsp:IdleTimeOut></rsp:Shell>", "",
           ""});
    };
    CHECK(code_of(make("soon")) == "2150858817");
    const std::string made = make("PT0.001S");
    CHECK(contains(made, "<rsp:IdleTimeOut>PT0.001S<"));
    shell = selector("ShellId", between(made, "Name=\"ShellId\">", "<"));
    Question waiting = receive(start("sleep"));
    waiting.headers = "<w:OperationTimeout>PT0.05S</w:OperationTimeout>";
    CHECK(reply(waiting).status == 0);
    while (recorder->answers.empty()) io.run_one();
    CHECK(counts.open("shells") == 2);
    while (counts.open("shells") == 2) io.run_one();
    CHECK(counts.open("commands") == 0);
  }

  TEST_CASE_FIXTURE(ShellAsking, "answer a step of a teardown as the path says") {
    Question question = signal(start("sleep"));
    const auto by = [&](const char* path) {
      question.path = path;
      return reply(question);
    };
    CHECK(by("/teardown/signal/status-401/wsman").status == 401);
    CHECK(contains(by("/teardown/signal/fault-2150859212/wsman").body, "Code=\"2150859212\""));
    CHECK(by("/teardown/signal/stall/wsman").status == 0);
    CHECK(by("/teardown/any/reset/wsman").status == 0);
    CHECK(recorder->resets == 1);
    CHECK(by("/teardown/signal/close/wsman").status == 0);
    CHECK(recorder->hang_ups == 1);
    CHECK(counts.open("commands") == 1);
    CHECK(contains(by("/teardown/signal/gone-2150859212/wsman").body, "Code=\"2150859212\""));
    CHECK(counts.open("commands") == 0);
    CHECK(by("/teardown/delete/stall/wsman").status == 500);
    CHECK(by("/teardown/sneeze/stall/wsman").status == 404);
    CHECK(by("/teardown/signal/sneeze/wsman").status == 404);
  }

  TEST_CASE_FIXTURE(ShellAsking, "feed a command that reads and delete the shell with it") {
    const std::string command = start("cat");
    body(operation("Send", "<rsp:Send" + kRsp + "><rsp:Stream Name=\"stdin\" CommandId=\"" +
                               command + "\" End=\"true\">aGk=</rsp:Stream></rsp:Send>"));
    CHECK(contains(body(receive(command)), ">aGk=<"));

    CHECK(reply({kTransfer + "Delete", std::string(kCmdShellUri), "", shell, ""}).status == 200);
    CHECK(contains(counts.to_json(), R"("shells":0,"commands":0)"));
  }

  TEST_CASE("have a quota, which the newer form of fault tells") {
    ServiceOptions options;
    options.max_shells = 0;
    Asking asking(options);
    const std::string answer = asking.body(
        {kTransfer + "Create", std::string(kCmdShellUri), "<rsp:Shell" + kRsp + "/>", "", ""});

    CHECK(contains(answer, "HRESULT 0x803381a5"));
    CHECK(contains(answer, "q:MSFT_WmiError b:IsCIM_Error=\"true\""));
  }
}

}  // namespace wsman::endpoint
