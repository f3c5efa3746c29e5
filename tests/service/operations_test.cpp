// Get, Put, Create, Delete, custom actions, fragments and shells, as a client sees them.
#include <doctest/doctest.h>

#include <string>

#include "asking.h"

namespace wsman::service {
namespace {

const std::string kEnvironment = kWmi + "Win32_Environment";
const std::string kShellNamespace = std::string(kShellUri);
const std::string kRsp = " xmlns:rsp=\"" + kShellNamespace + "\"";

Question get(const std::string& uri, const std::string& selectors) {
  return {kTransfer + "Get", uri, "", selectors, ""};
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

TEST_SUITE("Journal") {
  TEST_CASE_FIXTURE(Asking, "The journal keeps the last envelopes and no credential") {
    body(get(kServiceClass, selector("Name", "winrm")));
    body(get(kServiceClass, selector("Name", "spooler")));

    CHECK(contains(journal.to_json(1), "spooler"));
    CHECK_FALSE(contains(journal.to_json(1), "winrm"));
    CHECK(contains(journal.to_json(9), "winrm"));
    CHECK_FALSE(contains(journal.to_json(9), "dGVzdGVyOmNvcnJlY3Q"));
  }
}

TEST_SUITE("Shells of the service") {
  TEST_CASE_FIXTURE(ShellAsking, "A waiting Receive ends when its command is terminated") {
    const std::string command = start("sleep");
    CHECK(reply(receive(command)).status == 0);

    ask("/wsman", kRight, signal(command).xml());
    REQUIRE(recorder->answers.size() == 2);
    CHECK(contains(recorder->answers[0].body, "/CommandState/Done"));
    CHECK(contains(recorder->answers[1].body, "SignalResponse"));
    CHECK(contains(counts.to_json(), R"("commands":0)"));
    CHECK(code_of(body(signal(command))) == "2150858843");
  }

  TEST_CASE_FIXTURE(ShellAsking, "An idle shell expires, but not while a Receive waits") {
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

  TEST_CASE_FIXTURE(ShellAsking, "A step of a teardown is answered as the path says") {
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

  TEST_CASE_FIXTURE(ShellAsking, "Work is carried out, and its answer is what the path says") {
    Question question{kTransfer + "Create", std::string(kCmdShellUri), "<rsp:Shell" + kRsp + "/>",
                      "", ""};
    const auto by = [&](const char* path) {
      question.path = path;
      return reply(question);
    };
    CHECK(by("/work/create/lost/wsman").status == 0);
    CHECK(recorder->hang_ups == 1);
    CHECK(counts.open("shells") == 2);
    CHECK(by("/work/create/garbled/wsman").body.starts_with("<<<"));
    CHECK(by("/work/create/large/wsman").body.size() > (std::size_t{4} << 20));
    CHECK(contains(by("/work/command/foreign/wsman").body, ">uuid:7<"));
    CHECK_FALSE(contains(by("/work/create/foreign/wsman").body, ">uuid:7<"));
    CHECK(counts.open("shells") == 6);
    CHECK(by("/work/any/late-1/wsman").status == 0);
    CHECK(counts.open("shells") == 7);
    while (recorder->answers.empty()) io.run_one();
    CHECK(recorder->answers[0].status == 200);
    CHECK(by("/work/create/once-401/wsman").status == 401);
    CHECK(by("/work/create/once-401/wsman").status == 200);
    CHECK(counts.open("shells") == 8);
  }
}

}  // namespace wsman::service
