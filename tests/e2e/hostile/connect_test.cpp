// Every scenario met by Connect-WSMan: the right error, in time, and nothing is left.

#include <doctest/doctest.h>

#include "hostile/hostile_server.h"
#include "hostile/scenarios.h"
#include "support/bounds.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

// Connects, and disconnects if that came to stand.
std::string meet(const Scenario& scenario) {
  const std::string label = HostileServer::new_label();
  Registry registry(factory());
  Cancellation cancellation;
  const Clock::time_point start = Clock::now();
  const auto connected = registry.connect(
      spec_for(target_of(scenario, "", label), label, time_for(scenario.connect)), {cancellation});
  const Milliseconds elapsed = since(start);
  std::string found =
      complaint(outcome_of(connected), message_of(connected), elapsed, scenario.connect);
  if (found.empty() && registry.list().size() != (connected.ok() ? 1U : 0U)) {
    found = "the list of sessions is wrong";
  }
  if (connected.ok()) (void)registry.disconnect(label, Milliseconds(0), cancellation);
  const Seen seen = HostileServer::instance().await(label, "connections=0");
  if (found.empty() && seen.connections != 0) found = "the server still has a connection";
  return found.empty() ? found : describe(scenario) + ": " + found;
}

void meet_all(const std::vector<Scenario>& scenarios) {
  const Leftovers leftovers;
  const std::string found =
      in_parallel(scenarios.size(), [&](std::size_t i) { return meet(scenarios[i]); });
  CHECK_MESSAGE(found.empty(), found);
  CHECK(leftovers.found() == "");
}

}  // namespace

TEST_SUITE("connecting to a hostile server") {
  TEST_CASE("that misbehaves when it is asked ends in time with the right error") {
    meet_all(request_scenarios());
  }

  TEST_CASE("that misbehaves before it is asked ends in time with the right error") {
    meet_all(accept_scenarios());
  }

  TEST_CASE("that was expected to speak TLS, or not to, ends in time with an error") {
    Registry registry(factory());
    Cancellation cancellation;
    const auto plain_at_tls =
        registry.connect(spec_for({"tls", false, "/proper"}, "a"), {cancellation});
    CHECK(is_among(outcome_of(plain_at_tls),
                   {outcome_of(ErrorCode::protocol), outcome_of(ErrorCode::connection_lost)}));
    const auto tls_at_plain =
        registry.connect(spec_for({"plain", true, "/proper"}, "b"), {cancellation});
    CHECK(to_string(outcome_of(tls_at_plain)) == "Tls");
    CHECK(registry.list().empty());
  }
}

}  // namespace wsman::testing
