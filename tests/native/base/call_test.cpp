#include "base/call.h"

#include <doctest/doctest.h>
#include <poll.h>

#include <atomic>
#include <thread>

#include "fakes/gate.h"
#include "fakes/together.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// Whether the descriptor becomes readable within `timeout`.
bool is_signalled(const Cancellation& cancellation, Milliseconds timeout = Milliseconds(0)) {
  pollfd entry{cancellation.descriptor(), POLLIN, 0};
  return poll(&entry, 1, static_cast<int>(timeout.count())) == 1;
}

}  // namespace

TEST_SUITE("cancellation") {
  TEST_CASE("says nothing until it is told to stop") {
    const Cancellation cancellation;

    CHECK(cancellation.reason() == StopReason::none);
    CHECK(cancellation.descriptor() >= 0);
    CHECK_FALSE(is_signalled(cancellation));
  }

  TEST_CASE("told before anybody waits is seen by whoever waits later") {
    Cancellation cancellation;

    cancellation.stop(StopReason::cancelled);

    CHECK(cancellation.reason() == StopReason::cancelled);
    CHECK(is_signalled(cancellation));
    CHECK(is_signalled(cancellation));
  }

  TEST_CASE("wakes who waits") {
    Cancellation cancellation;
    Meeting meeting(2);
    bool woken = false;

    std::jthread waiting([&] {
      (void)meeting.arrive();
      woken = is_signalled(cancellation, kPatience);
    });
    CHECK(meeting.arrive());
    cancellation.stop(StopReason::closed);
    waiting.join();

    CHECK(woken);
    CHECK(cancellation.reason() == StopReason::closed);
  }

  TEST_CASE("keeps its first reason") {
    Cancellation cancellation;

    cancellation.stop(StopReason::closed);
    cancellation.stop(StopReason::cancelled);
    cancellation.stop(StopReason::closed);

    CHECK(cancellation.reason() == StopReason::closed);
    CHECK(is_signalled(cancellation));
  }

  TEST_CASE("told by eight threads at once has one reason that stays") {
    Cancellation cancellation;
    std::atomic<int> same{0};

    together(8, [&](int i) {
      cancellation.stop(i % 2 == 0 ? StopReason::cancelled : StopReason::closed);
      const StopReason seen = cancellation.reason();
      cancellation.stop(i % 2 == 0 ? StopReason::closed : StopReason::cancelled);
      if (seen != StopReason::none && seen == cancellation.reason()) ++same;
    });

    CHECK(same == 8);
  }
}

TEST_SUITE("call") {
  TEST_CASE("without a deadline has all the time") {
    Cancellation cancellation;
    const Call call{cancellation};

    CHECK(call.left() == Milliseconds::max());
  }

  TEST_CASE("whose deadline passed has nothing left, and never less") {
    Cancellation cancellation;

    CHECK(Call{cancellation, Clock::now()}.left() == Milliseconds::zero());
    CHECK(Call{cancellation, Clock::now() - Milliseconds(5000)}.left() == Milliseconds::zero());
  }

  TEST_CASE("rounds what is left up, so that a poll does not spin through the last millisecond") {
    Cancellation cancellation;
    const Clock::time_point before = Clock::now();
    const Call call{cancellation, before + std::chrono::minutes(1)};

    const Milliseconds left = call.left();

    CHECK(left >= call.deadline - Clock::now());
    CHECK(left <= Milliseconds(60000));
  }

  TEST_CASE("within a shorter time ends earlier") {
    Cancellation cancellation;
    const Call call{cancellation, Clock::now() + std::chrono::minutes(1)};

    const Call shorter = call.within(Milliseconds(1000));

    CHECK(shorter.deadline < call.deadline);
    CHECK(shorter.left() <= Milliseconds(1000));
    CHECK(&shorter.cancellation == &cancellation);
  }

  TEST_CASE("within a longer time keeps its deadline") {
    Cancellation cancellation;
    const Call call{cancellation, Clock::now() + Milliseconds(1000)};

    CHECK(call.within(Milliseconds(60000)).deadline == call.deadline);
  }

  TEST_CASE("without a deadline gets one from within") {
    Cancellation cancellation;
    const Call call{cancellation};

    CHECK(call.within(Milliseconds(1000)).left() <= Milliseconds(1000));
  }
}

}  // namespace wsman::testing
