#include "base/condition.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/timed_mutex.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

struct ConditionFixture {
  bool wait(const Call& waiting) {
    std::unique_lock<std::mutex> lock(mutex);
    return condition.wait(lock, waiting, [this] { return holds; });
  }

  void make_it_hold() {
    const std::lock_guard<std::mutex> lock(mutex);
    holds = true;
    condition.notify_all();
  }

  void notify_only() {
    const std::lock_guard<std::mutex> lock(mutex);
    condition.notify_all();
  }

  std::mutex mutex;
  Condition condition;
  bool holds = false;
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

struct MutexFixture {
  TimedMutex mutex;
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

}  // namespace

TEST_SUITE("Condition") {
  TEST_CASE_FIXTURE(ConditionFixture,
                    "A wait succeeds at once if the condition holds, even past the deadline") {
    holds = true;

    CHECK(wait({cancellation, Clock::now() - Milliseconds(1)}));
  }

  TEST_CASE_FIXTURE(ConditionFixture, "A change by another thread ends the wait") {
    std::jthread changing([&] { make_it_hold(); });

    CHECK(wait(call));
  }

  TEST_CASE_FIXTURE(ConditionFixture, "One notification wakes both waiting threads") {
    std::jthread other([&] { CHECK(wait(call)); });
    std::jthread changing([&] { make_it_hold(); });

    CHECK(wait(call));
  }

  TEST_CASE_FIXTURE(ConditionFixture, "A notification without a change does not end the wait") {
    notify_only();
    std::jthread changing([&] { notify_only(); });

    CHECK_FALSE(wait({cancellation, Clock::now() + Milliseconds(30)}));
  }

  TEST_CASE_FIXTURE(ConditionFixture, "A stop ends the wait") {
    std::jthread stopping([&] { cancellation.stop(StopReason::cancelled); });

    CHECK_FALSE(wait(call));
  }
}

TEST_SUITE("Timed mutex") {
  TEST_CASE_FIXTURE(MutexFixture, "A held mutex cannot be locked until it is unlocked") {
    REQUIRE(mutex.lock(call));

    CHECK_FALSE(mutex.lock({cancellation, Clock::now() + Milliseconds(1)}));

    mutex.unlock();
    CHECK(mutex.lock(call));
  }

  TEST_CASE_FIXTURE(MutexFixture, "A waiting thread gets the mutex that another thread unlocks") {
    REQUIRE(mutex.lock(call));
    std::jthread giving([&] { mutex.unlock(); });

    CHECK(mutex.lock(call));
  }

  TEST_CASE_FIXTURE(MutexFixture, "A stop ends the wait for the mutex") {
    REQUIRE(mutex.lock(call));
    std::jthread stopping([&] { cancellation.stop(StopReason::cancelled); });

    CHECK_FALSE(mutex.lock(call));
  }
}

}  // namespace wsman::testing
