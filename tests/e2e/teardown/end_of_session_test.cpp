// Every way in which a session ends over the C ABI, with everything open that there is: afterwards
// the service holds nothing, and neither does this process.

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <thread>

#include "support/bounds.h"
#include "support/process.h"
#include "teardown/abi_client.h"
#include "teardown/masked_service.h"
#include "teardown/report_check.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

const Open kNothing{};

// Two contexts, two shells, and three commands.
std::uint64_t busy_session(Client& client, const std::string& name, bool tls) {
  const std::uint64_t session = client.session(name, MaskedService::instance().url(tls));
  const std::string shell = client.create_shell(session);
  (void)client.start_command(session, shell);
  (void)client.start_command(session, shell);
  (void)client.start_command(session, client.create_shell(session));
  (void)client.open_enumeration(session);
  (void)client.open_enumeration(session);
  return session;
}

constexpr Open kBusy{2, 2, 3, 0};

// What is open at the service once no connection is.
Open left() { return MaskedService::instance().await("connections=0"); }

void check_report(const json& report) {
  CHECK(problem_with(report, Milliseconds(0), kPromptly) == "");
  CHECK(compare(report, kBusy, kNothing) == "");
  CHECK(report.at("graceful") == true);
}

// Requests that the server does not answer: a Receive and a Pull.
class InFlight {
 public:
  InFlight(Client& client, const std::string& name) {
    const std::uint64_t session =
        client.session(name, MaskedService::instance().url(true, "/pull/stall/wsman"));
    const std::string shell = client.create_shell(session);
    const std::string command = client.start_command(session, shell);
    const std::uint64_t enumeration = client.open_enumeration(session);
    threads_[0] = std::thread([this, &client, session, shell, command] {
      answers_[0] = client.receive(session, shell, command);
    });
    threads_[1] =
        std::thread([this, &client, enumeration] { answers_[1] = client.next_page(enumeration); });
    // Each has a connection of its own once it is on its way.
    CHECK(MaskedService::instance().await("connections=2").connections == 2);
  }

  void check_ended() {
    for (std::thread& thread : threads_) thread.join();
    for (const Answer& answer : answers_) {
      // The end of its command answers a Receive, which may come before the news of the stop.
      if (&answer == &answers_[0] && answer.ok()) continue;
      CHECK(answer.status == WSMAN_E_CLOSED);
      CHECK(answer.error().find("closed") != std::string::npos);
    }
  }

 private:
  std::array<Answer, 2> answers_;
  std::array<std::thread, 2> threads_;
};

}  // namespace

TEST_SUITE("End of a session") {
  TEST_CASE("A disconnect leaves nothing on the server") {
    Client client;
    const Leftovers leftovers;
    for (const bool tls : {false, true}) {
      const std::uint64_t session = busy_session(client, "server", tls);
      const Answer ended = client.disconnect("server");
      REQUIRE(ended.ok());
      check_report(ended.document);
      CHECK(left() == kNothing);
      CHECK(client.state(session).document.at("state") == "Closed");
      CHECK(client.disconnect("SERVER").status == WSMAN_E_NOT_CONNECTED);
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A disconnect ends the requests in progress") {
    Client client;
    const Leftovers leftovers;
    InFlight in_flight(client, "server");
    const Answer ended = client.disconnect("server");
    in_flight.check_ended();
    REQUIRE(ended.ok());
    CHECK(ended.document.at("operations").at("cancelled") == 2);
    CHECK(problem_with(ended.document, ended.elapsed, kDefaultBudget) == "");
    CHECK(compare(ended.document, {1, 1, 1, 0}, kNothing) == "");
    CHECK(left() == kNothing);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A second connect to a name leaves the new session alone") {
    Client client;
    const Leftovers leftovers;
    const std::uint64_t before = busy_session(client, "server", true);
    const Answer again = client.connect("SERVER", MaskedService::instance().url(true));
    REQUIRE(again.ok());
    check_report(again.document.at("replaced"));
    const Open open = MaskedService::instance().await("connections=1");
    CHECK(open == Open{0, 0, 0, 1});
    CHECK(client.state(before).document.at("state") == "Closed");
    CHECK(client.disconnect("server").ok());
    CHECK(left() == kNothing);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A second connect that fails leaves the session with its server objects") {
    Client client;
    (void)busy_session(client, "server", false);
    CHECK_FALSE(client.connect("server", MaskedService::instance().url(false, "/status/500")).ok());
    CHECK(MaskedService::instance().await("connections=1") == Open{2, 2, 3, 1});
    check_report(client.disconnect("server").document);
    CHECK(left() == kNothing);
  }

  TEST_CASE("Closing all sessions leaves nothing on the servers") {
    Client client;
    const Leftovers leftovers;
    constexpr int kSessions = 6;
    for (int i = 0; i < kSessions; ++i) {
      (void)busy_session(client, "server" + std::to_string(i), i % 2 == 0);
    }
    const Answer ended = client.close_all();
    REQUIRE(ended.ok());
    REQUIRE(ended.document.at("closed").size() == kSessions);
    for (const json& report : ended.document.at("closed")) check_report(report);
    CHECK(left() == kNothing);
    CHECK(client.list().document.at("sessions").empty());
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("Closing all sessions ends the requests in progress") {
    Client client;
    const Leftovers leftovers;
    InFlight in_flight(client, "server");
    const Answer ended = client.close_all();
    in_flight.check_ended();
    REQUIRE(ended.ok());
    CHECK(left() == kNothing);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("Freeing the registry leaves nothing on the servers") {
    const Leftovers leftovers;
    {
      Client client;
      for (int i = 0; i < 3; ++i) {
        (void)busy_session(client, "server" + std::to_string(i), i % 2 == 0);
      }
    }
    CHECK(left() == kNothing);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A connect that fails leaves nothing on the server") {
    Client client;
    const Leftovers leftovers;
    for (const char* path : {"/status/401", "/status/500", "/close", "/html", "/malformed",
                             "/fault", "/nowhere", "/teardown/any/stall"}) {
      for (const bool tls : {false, true}) {
        const Answer answer = client.connect("server", MaskedService::instance().url(tls, path));
        CHECK_FALSE(answer.ok());
        CHECK(answer.error() != "");
      }
    }
    CHECK_FALSE(client.connect("server", "http://127.0.0.2:1/wsman").ok());
    CHECK(left() == kNothing);
    CHECK(client.list().document.at("sessions").empty());
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A session for one operation leaves nothing on the server") {
    Client client;
    const Leftovers leftovers;
    for (const bool tls : {false, true}) {
      const json connection = Client::connection_to(MaskedService::instance().url(tls));
      const json get{
          {"connection", connection}, {"operation", "Get"}, {"resourceUri", "winrm/config"}};
      const Answer answer = client.request(get);
      CHECK_MESSAGE(answer.ok(), answer.error());
      json unknown = get;
      unknown["resourceUri"] = "wmicimv2/Win32_Nothing";
      CHECK(client.request(unknown).status == WSMAN_E_FAULT);
      const Answer page =
          client.enumerate({{"connection", connection}, {"resourceUri", "wmicimv2/Loopback_Row"}});
      REQUIRE(page.ok());
      CHECK(MaskedService::instance().await("connections=1") == Open{1, 0, 0, 1});
      const Answer closed = client.close_enumeration(page.document.at("enumerationId"));
      CHECK(closed.document.at("released") == true);
      CHECK(left() == kNothing);
    }
    // One that is not closed ends with all others.
    CHECK(
        client
            .enumerate({{"connection", Client::connection_to(MaskedService::instance().url(true))},
                        {"resourceUri", "wmicimv2/Loopback_Row"}})
            .ok());
    CHECK(client.close_all().ok());
    CHECK(left() == kNothing);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A teardown does not end what the user has already ended") {
    Client client;
    const std::uint64_t session = client.session("server", MaskedService::instance().url(false));
    const std::string shell = client.create_shell(session);
    (void)client.start_command(session, shell);
    CHECK(client
              .request({{"sessionId", session},
                        {"operation", "Delete"},
                        {"resourceUri", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"},
                        {"selectors", json::array({{{"name", "ShellId"}, {"value", shell}}})}})
              .ok());
    CHECK(client.close_enumeration(client.open_enumeration(session)).ok());
    const Answer ended = client.disconnect("server");
    CHECK(compare(ended.document, kNothing, kNothing) == "");
    CHECK(ended.document.at("graceful") == true);
    CHECK(left() == kNothing);
  }
}

}  // namespace wsman::testing
