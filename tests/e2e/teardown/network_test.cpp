// Disconnecting from a server that died, froze, came back or no longer knows the user, and over a
// network that fails in between.

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <thread>

#include "support/bounds.h"
#include "support/child.h"
#include "support/process.h"
#include "teardown/abi_client.h"
#include "teardown/masked_service.h"
#include "teardown/report_check.h"

namespace wsman::testing {
namespace {

constexpr Open kHeld{1, 1, 1, 0};

std::uint64_t hold_one_of_each(Client& client, const std::string& url) {
  const std::uint64_t session = client.session("server", url);
  (void)client.start_command(session, client.create_shell(session));
  (void)client.open_enumeration(session);
  return session;
}

// Ends the session, which takes at most `time`, and checks what holds in any case; gives the
// report.
nlohmann::json disconnect(Client& client, const Open& after, Milliseconds time = kDefaultBudget,
                          Milliseconds budget = kPatience) {
  const Answer ended = client.disconnect("server", budget);
  REQUIRE(ended.ok());
  CHECK(problem_with(ended.document, ended.elapsed, time) == "");
  CHECK(compare(ended.document, kHeld, after) == "");
  CHECK(client.list().document.at("sessions").empty());
  return ended.document;
}

// A network that can be told to fail.
class Relay {
 public:
  Relay(const MaskedService& service, bool tls)
      : tls_(tls),
        child_({WSMAN_RELAY_PROGRAM, std::to_string(service.port(tls))}),
        port_(child_.line()) {}

  std::string url(const std::string& path) const {
    return (tls_ && !sealed() ? "https://127.0.0.1:" : "http://127.0.0.1:") + port_ + path;
  }

  // Returns when it has happened.
  void fail(char how) const {
    child_.tell(how);
    (void)child_.line();
  }

 private:
  const bool tls_;
  const Child child_;
  const std::string port_;
};

// The network fails when the service has carried out the first step, Signal, and answers no other.
void fail_between(char how, bool tls) {
  const Leftovers leftovers;
  {
    const MaskedService service;
    Client client(service);
    auto relay = std::make_unique<Relay>(service, tls);
    (void)hold_one_of_each(client,
                           relay->url("/teardown/delete/stall/teardown/release/stall/wsman"));
    // Only of a network that is cut nobody is told.
    const bool told = how != 'c';
    Answer ended;
    std::thread disconnecting(
        [&] { ended = client.disconnect("server", told ? kPatience : kShortBudget); });
    CHECK(service.await("commands=0").commands == 0);
    relay->fail(how);
    disconnecting.join();
    REQUIRE(ended.ok());
    CHECK(problem_with(ended.document, ended.elapsed, told ? kDefaultBudget : kShortBudget) == "");
    relay.reset();
    CHECK(compare(ended.document, kHeld, service.await("connections=0")) == "");
    CHECK(abandoned_in(ended.document) > 0);
  }
  CHECK(leftovers.found() == "");
}

}  // namespace

TEST_SUITE("Disconnect over a failing network") {
  TEST_CASE("A disconnect from a server that was killed ends at once") {
    const Leftovers leftovers;
    for (const bool tls : {false, true}) {
      MaskedService service;
      Client client(service);
      (void)hold_one_of_each(client, service.url(tls));
      service.kill();
      CHECK(abandoned_in(disconnect(client, kHeld, kPromptly)) == 3);
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A disconnect from a server that hangs ends at its timeout") {
    const Leftovers leftovers;
    for (const bool tls : {false, true}) {
      MaskedService service;
      Client client(service);
      (void)hold_one_of_each(client, service.url(tls));
      service.freeze();
      CHECK(abandoned_in(disconnect(client, kHeld, kShortBudget, kShortBudget)) == 3);
      service.thaw();
      CHECK(service.await("connections=0").connections == 0);
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A disconnect from a restarted server counts its server objects as ended") {
    const Leftovers leftovers;
    for (const bool tls : {false, true}) {
      MaskedService service;
      Client client(service);
      (void)hold_one_of_each(client, service.url(tls));
      service.kill();
      service.restart();
      const Open after = service.open();
      CHECK(after == Open{});
      CHECK(abandoned_in(disconnect(client, after)) == 0);
      CHECK(service.await("connections=0") == Open{});
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A session whose user the server no longer knows is broken and can be closed") {
    const Leftovers leftovers;
    for (const bool tls : {false, true}) {
      MaskedService service;
      Client client(service);
      const std::uint64_t session = hold_one_of_each(client, service.url(tls));
      service.kill();
      service.restart(true);
      const nlohmann::json get{
          {"sessionId", session}, {"operation", "Get"}, {"resourceUri", "winrm/config"}};
      const Answer denied = client.request(get);
      CHECK(denied.status == WSMAN_E_ACCESS_DENIED);
      CHECK(client.state(session).document.at("state") == "Broken");
      const Answer refused = client.request(get);
      CHECK(refused.status == WSMAN_E_ACCESS_DENIED);
      CHECK(refused.error().find("is broken") != std::string::npos);
      CHECK(refused.document.at("error").at("advice").at(0).at("key") ==
            "ConnectWithOtherCredential");
      CHECK(abandoned_in(disconnect(client, kHeld)) == 3);
      CHECK(client.state(session).document.at("state") == "Closed");
      CHECK(service.await("connections=0") == Open{});
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A disconnect from a server that no longer knows the user abandons everything") {
    const Leftovers leftovers;
    for (const bool tls : {false, true}) {
      MaskedService service;
      Client client(service);
      (void)hold_one_of_each(client, service.url(tls));
      service.kill();
      service.restart(true);
      CHECK(abandoned_in(disconnect(client, kHeld)) == 3);
      CHECK(service.await("connections=0") == Open{});
    }
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A disconnect ends in time if the network is cut between its steps") {
    for (const bool tls : {false, true}) fail_between('c', tls);
  }

  TEST_CASE("A disconnect ends in time if the network resets between its steps") {
    for (const bool tls : {false, true}) fail_between('r', tls);
  }

  TEST_CASE("A disconnect ends in time if the server half-closes between its steps") {
    for (const bool tls : {false, true}) fail_between('h', tls);
  }
}

}  // namespace wsman::testing
