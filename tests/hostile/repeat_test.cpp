// What a hostile server may cost in memory: a little, and the same after many times.

#include <doctest/doctest.h>

#include "scenarios.h"
#include "support/bounds.h"
#include "support/process.h"
#include "support/service.h"

namespace wsman::testing {
namespace {

constexpr std::size_t kMostKilobytes = 8192;

int repeats() { return memory_is_telling() ? 100 : 5; }

std::string meet(const Scenario& scenario) {
  const std::string label = Service::new_label();
  const auto transport = transport_for(options_for(target_of(scenario, "", label)));
  Cancellation cancellation;
  const Clock::time_point start = Clock::now();
  const auto response = transport->exchange(once_only(), {cancellation});
  std::string found =
      complaint(outcome_of(response), message_of(response), since(start), scenario.exchange);
  (void)transport->close({cancellation});
  return found.empty() ? found : describe(scenario) + ": " + found;
}

}  // namespace

TEST_SUITE("a server without an end") {
  TEST_CASE("costs little memory, and no more after a hundred times") {
    const Leftovers leftovers;
    for (const Scenario& scenario : endless_scenarios()) {
      CAPTURE(describe(scenario));
      reset_peak();
      const std::size_t before = resident_kilobytes();
      std::string found = meet(scenario);
      CHECK_MESSAGE(found.empty(), found);
      if (memory_is_telling()) CHECK(peak_kilobytes() < before + kMostKilobytes);
      for (int i = 1; i < repeats() && found.empty(); ++i) found = meet(scenario);
      CHECK_MESSAGE(found.empty(), found);
      if (memory_is_telling()) CHECK(peak_kilobytes() < before + kMostKilobytes);
    }
    CHECK(leftovers.found() == "");
  }
}

}  // namespace wsman::testing
