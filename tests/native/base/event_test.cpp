#include "base/event.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/wait.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

struct EventFixture {
  Event event;
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
  Call no_time{cancellation, Clock::now() + Milliseconds(1)};
};

}  // namespace

TEST_SUITE("Event") {
  TEST_CASE_FIXTURE(EventFixture, "A wait for an event that is not set times out") {
    CHECK(event.descriptor() >= 0);
    CHECK(wait_for(event, no_time) == WaitResult::timed_out);
  }

  TEST_CASE_FIXTURE(EventFixture, "An event that is set stays set when it is set again") {
    event.set();
    event.set();

    CHECK(wait_for(event, call) == WaitResult::ready);
    CHECK(wait_for(event, call) == WaitResult::ready);
  }

  TEST_CASE_FIXTURE(EventFixture, "An event that another thread sets wakes the waiting thread") {
    std::jthread setting([&] { event.set(); });

    CHECK(wait_for(event, call) == WaitResult::ready);
  }

  TEST_CASE_FIXTURE(EventFixture, "A stop ends the wait for an event") {
    std::jthread stopping([&] { cancellation.stop(StopReason::cancelled); });

    CHECK(wait_for(event, call) == WaitResult::stopped);
  }
}

}  // namespace wsman::testing
