// What a hostile server may cost in memory: a little, and the same after many times.

#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "hostile/hostile_server.h"
#include "hostile/scenarios.h"
#include "support/bounds.h"
#include "support/process.h"

namespace wsman::testing {
namespace {

constexpr std::size_t kMostKilobytes = 8192;
// After some 10,000 exchanges: 400 bytes each.
constexpr std::size_t kMostGrownKilobytes = 4096;

int repeats() { return memory_is_telling() ? 100 : 5; }

// Until there have been as many exchanges at once as there ever are, which takes longer on a busy
// machine.
int warm_up_rounds() { return repeats() / 2; }

std::string exchange_with(const Scenario& scenario) {
  const std::string label = HostileServer::new_label();
  const auto transport =
      transport_for(options_for(target_of(scenario, "", label), time_for(scenario.exchange)));
  Cancellation cancellation;
  const Clock::time_point start = Clock::now();
  const auto response = transport->exchange(once_only(), {cancellation});
  std::string found =
      complaint(outcome_of(response), message_of(response), since(start), scenario.exchange);
  (void)transport->close({cancellation});
  return found.empty() ? found : describe(scenario) + ": " + found;
}

// The same in a hurry: what stalls is left after a moment, and so may be what is only slow.
std::string exchange_briefly(const Scenario& scenario) {
  constexpr Milliseconds kMoment{20};
  const auto transport = transport_for(options_for(target_of(scenario, "", "brief"), kMoment));
  Cancellation cancellation;
  const Outcome outcome = outcome_of(transport->exchange(once_only(), {cancellation}));
  (void)transport->close({cancellation});
  const bool expected =
      is_among(outcome, scenario.exchange) || outcome == outcome_of(ErrorCode::timed_out);
  return expected ? std::string() : describe(scenario) + ": " + to_string(outcome);
}

// Every scenario so many times, several at once.
std::string repeat_all(int rounds) {
  std::vector<Scenario> all = request_scenarios();
  all.insert(all.end(), accept_scenarios().begin(), accept_scenarios().end());
  const std::size_t count = all.size() * static_cast<std::size_t>(rounds);
  return in_parallel(count, [&](std::size_t i) { return exchange_briefly(all[i % all.size()]); });
}

}  // namespace

TEST_SUITE("Repeated misbehaviour") {
  TEST_CASE("Misbehaviour costs no memory, descriptors or threads after a hundred times") {
    const Leftovers leftovers;
    std::string found = repeat_all(warm_up_rounds());
    CHECK_MESSAGE(found.empty(), found);
    const std::size_t before = held_kilobytes();
    found = repeat_all(repeats() - warm_up_rounds());
    CHECK_MESSAGE(found.empty(), found);
    if (memory_is_telling()) CHECK(held_kilobytes() < before + kMostGrownKilobytes);
    // What the server has not noticed yet is not to slow down what comes next.
    (void)HostileServer::instance().await("brief", "connections=0");
    CHECK(leftovers.found() == "");
  }
}

TEST_SUITE("Endless response") {
  TEST_CASE("An endless response costs little memory, and no more after a hundred times") {
    const Leftovers leftovers;
    for (const Scenario& scenario : endless_scenarios()) {
      CAPTURE(describe(scenario));
      reset_peak();
      const std::size_t before = resident_kilobytes();
      std::string found = exchange_with(scenario);
      CHECK_MESSAGE(found.empty(), found);
      if (memory_is_telling()) CHECK(peak_kilobytes() < before + kMostKilobytes);
      for (int i = 1; i < repeats() && found.empty(); ++i) found = exchange_with(scenario);
      CHECK_MESSAGE(found.empty(), found);
      if (memory_is_telling()) CHECK(peak_kilobytes() < before + kMostKilobytes);
    }
    CHECK(leftovers.found() == "");
  }
}

}  // namespace wsman::testing
