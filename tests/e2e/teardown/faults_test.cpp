// Disconnecting while the server answers a step of the teardown wrongly, or not at all: back within
// the budget, closed here, and a report that says what the service saw.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/bounds.h"
#include "support/process.h"
#include "teardown/abi_client.h"
#include "teardown/masked_service.h"
#include "teardown/report_check.h"

namespace wsman::testing {
namespace {

enum class Expected { ended, abandoned, either };

struct Wrong {
  const char* step;  // As in the path of the service.
  std::string what;
  Expected expected;
};

std::string gone(std::uint32_t code) { return "gone-" + std::to_string(code); }
std::string fault(std::uint32_t code) { return "fault-" + std::to_string(code); }

// What a service says of something that is not there any more: nothing is left of it.
std::vector<Wrong> harmless() {
  return {{"signal", gone(0x8033805B), Expected::ended},
          {"signal", gone(0x803381CC), Expected::ended},
          {"signal", gone(995), Expected::ended},
          {"delete", gone(0x8033805B), Expected::ended},
          {"delete", gone(0x80338000), Expected::ended},
          {"delete", gone(0x8033814A), Expected::ended},
          {"release", gone(0x8033801B), Expected::ended},
          {"release", gone(0x80338007), Expected::ended},
          {"release", gone(0x80338000), Expected::ended}};
}

// What says nothing, or nothing good. An answer that is lost may be one that can be asked for
// again.
std::vector<Wrong> harmful() {
  std::vector<Wrong> all{{"delete", fault(0x803381C4), Expected::abandoned},
                         // A server without Release keeps what it has.
                         {"release", fault(0x80338013), Expected::abandoned}};
  for (const char* step : {"signal", "delete", "release"}) {
    all.push_back({step, fault(0x54F), Expected::abandoned});
    all.push_back({step, fault(0x80338029), Expected::abandoned});
    all.push_back({step, "status-401", Expected::abandoned});
    all.push_back({step, "status-503", Expected::abandoned});
    all.push_back({step, "stall", Expected::abandoned});
    all.push_back({step, "reset", Expected::abandoned});
    all.push_back({step, "close", Expected::abandoned});
    all.push_back({step, "lost", Expected::either});
  }
  for (const char* what : {"stall", "status-401", "reset"}) {
    all.push_back({"any", what, Expected::abandoned});
  }
  return all;
}

Open difference(const Open& one, const Open& other) {
  return {one.contexts - other.contexts, one.shells - other.shells, one.commands - other.commands,
          0};
}

// Something of each kind, ended over `path`.
std::string disconnect_after(Client& client, const Wrong& wrong, bool tls) {
  const MaskedService& service = MaskedService::instance();
  const Open others = service.open();
  const std::string path = std::string("/teardown/") + wrong.step + "/" + wrong.what + "/wsman";
  const std::uint64_t session = client.session("server", service.url(tls, path));
  (void)client.start_command(session, client.create_shell(session));
  (void)client.open_enumeration(session);
  const Open before = difference(service.open(), others);
  const bool passes = wrong.what == "stall";
  const Answer ended = client.disconnect("server", passes ? kShortBudget : kPatience);
  if (!ended.ok()) return path + ": " + ended.error();
  const Open at_end = service.await("connections=0");
  if (at_end.connections != 0) return path + ": a connection is left";
  std::string found =
      problem_with(ended.document, ended.elapsed, passes ? kShortBudget : kDefaultBudget);
  if (found.empty()) found = compare(ended.document, before, difference(at_end, others));
  const bool all = abandoned_in(ended.document) == 0;
  if (found.empty() && wrong.expected == Expected::ended && !all) found = "something is abandoned";
  if (found.empty() && wrong.expected == Expected::abandoned && all) found = "nothing is abandoned";
  return found.empty() ? found : path + ": " + found + "\n" + ended.document.dump();
}

void check_all(const std::vector<Wrong>& wrongs) {
  const Leftovers leftovers;
  {
    Client client;
    for (const Wrong& wrong : wrongs) {
      for (const bool tls : {false, true}) {
        const std::string found = disconnect_after(client, wrong, tls);
        CHECK_MESSAGE(found.empty(), found);
      }
    }
  }
  CHECK(leftovers.found() == "");
}

}  // namespace

TEST_SUITE("Teardown") {
  TEST_CASE("A teardown counts what the server no longer has as ended") { check_all(harmless()); }

  TEST_CASE("A teardown abandons what is not confirmed in time") { check_all(harmful()); }

  TEST_CASE("A teardown waits for a slow server within its timeout") {
    Client client;
    const MaskedService& service = MaskedService::instance();
    const Open others = service.open();
    for (const int delay : {30, 100}) {
      const std::string path = "/delay/" + std::to_string(delay) + "/wsman";
      const std::uint64_t session = client.session("server", service.url(true, path));
      (void)client.start_command(session, client.create_shell(session));
      (void)client.open_enumeration(session);
      const Answer ended = client.disconnect("server");
      CHECK(problem_with(ended.document, ended.elapsed, kDefaultBudget) == "");
      CHECK(compare(ended.document, {1, 1, 1, 0},
                    difference(service.await("connections=0"), others)) == "");
      CHECK(ended.document.at("graceful") == true);
      CHECK(ended.elapsed >= Milliseconds(2 * delay));
    }
  }

  TEST_CASE("A teardown waits no longer than its timeout") {
    const Leftovers leftovers;
    {
      // One of its own, because what it holds back it carries out even if nobody waits any more.
      const MaskedService service;
      Client client(service);
      const std::uint64_t session = client.session("server", service.url(true, "/gate/wsman"));
      (void)client.start_command(session, client.create_shell(session));
      (void)client.open_enumeration(session);
      service.shut_gate();
      const Answer ended = client.disconnect("server", Milliseconds(100));
      CHECK(problem_with(ended.document, ended.elapsed, Milliseconds(100)) == "");
      CHECK(abandoned_in(ended.document) == 3);
      service.open_gate();
      CHECK(service.await("connections=0").connections == 0);
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("Closing all sessions takes one timeout for all servers that stall") {
    const Leftovers leftovers;
    {
      Client client;
      const MaskedService& service = MaskedService::instance();
      for (int i = 0; i < 20; ++i) {
        const std::uint64_t session = client.session(
            "server" + std::to_string(i), service.url(i % 2 == 0, "/teardown/any/stall/wsman"));
        (void)client.create_shell(session);
        (void)client.open_enumeration(session);
      }
      const Answer ended = client.close_all(kShortBudget);
      CHECK(ended.elapsed <= bound(kShortBudget + kPromptly));
      for (const nlohmann::json& report : ended.document.at("closed")) {
        CHECK(abandoned_in(report) == 2);
        CHECK(report.at("graceful") == false);
      }
      CHECK(service.await("connections=0").connections == 0);
    }
    CHECK(leftovers.found() == "");
  }
}

}  // namespace wsman::testing
