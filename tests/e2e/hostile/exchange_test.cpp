// Every scenario met by an operation on a connection that was already used: the right error, in
// time, nothing left, and the next operation finds a new connection.

#include <doctest/doctest.h>

#include "hostile/hostile_server.h"
#include "hostile/scenarios.h"
#include "support/bounds.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

std::string exchange_once(Transport& transport, const Outcomes& expected) {
  Cancellation cancellation;
  const Clock::time_point start = Clock::now();
  const auto response = transport.exchange(once_only(), {cancellation, start + time_for(expected)});
  return complaint(outcome_of(response), message_of(response), since(start), expected);
}

std::string exchange_after_success(const Scenario& scenario) {
  const std::string label = HostileServer::new_label();
  const auto transport = transport_for(options_for(target_of(scenario, "/second", label)));
  const bool succeeds = is_among(kOk, scenario.exchange);
  std::string found = exchange_once(*transport, {kOk});
  if (found.empty()) found = exchange_once(*transport, scenario.exchange);
  if (found.empty() && !succeeds && transport->connections() != 0) found = "a connection is kept";
  // After a failure the connection is a new one, whose first request is answered properly.
  if (found.empty() && !succeeds) found = exchange_once(*transport, {kOk});
  Cancellation cancellation;
  (void)transport->close({cancellation, Clock::now() + kPatience});
  const Seen seen = HostileServer::instance().await(label, "connections=0");
  if (found.empty() && seen.connections != 0) found = "the server still has a connection";
  if (found.empty() && seen.requests > 3) found = "a request was sent twice";
  return found.empty() ? found : describe(scenario) + ": " + found;
}

}  // namespace

TEST_SUITE("Exchange on an open connection") {
  TEST_CASE("An exchange with a server that misbehaves ends in time with the right error") {
    const Leftovers leftovers;
    const auto& scenarios = request_scenarios();
    const std::string found = in_parallel(
        scenarios.size(), [&](std::size_t i) { return exchange_after_success(scenarios[i]); });
    CHECK_MESSAGE(found.empty(), found);
    CHECK(leftovers.found() == "");
  }

  TEST_CASE("A response that arrives while a large request is being sent is read") {
    for (const char* port : {"early-refusal", "early-answer"}) {
      CAPTURE(port);
      const auto transport = transport_for(options_for({port, false, "/proper"}));
      Cancellation cancellation;
      const auto response =
          transport->exchange(once_only(std::string(32UL * 1024 * 1024, 'x')), {cancellation});
      CHECK_MESSAGE(response.ok(), message_of(response));
      // The one that does not read got half a request: nothing else can follow it.
      if (std::string(port) == "early-refusal") CHECK(transport->connections() == 0);
      (void)transport->close({cancellation});
    }
  }
}

}  // namespace wsman::testing
