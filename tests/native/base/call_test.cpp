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

TEST_SUITE("Cancellation") {
  TEST_CASE("A new cancellation has no reason and signals nothing") {
    const Cancellation cancellation;

    CHECK(cancellation.reason() == StopReason::none);
    CHECK(cancellation.descriptor() >= 0);
    CHECK_FALSE(is_signalled(cancellation));
  }

  TEST_CASE("A stop before anybody waits is seen by later waits") {
    Cancellation cancellation;

    cancellation.stop(StopReason::cancelled);

    CHECK(cancellation.reason() == StopReason::cancelled);
    CHECK(is_signalled(cancellation));
    CHECK(is_signalled(cancellation));
  }

  TEST_CASE("A stop wakes a waiting thread") {
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

  TEST_CASE("A second stop does not change the reason") {
    Cancellation cancellation;

    cancellation.stop(StopReason::closed);
    cancellation.stop(StopReason::cancelled);
    cancellation.stop(StopReason::closed);

    CHECK(cancellation.reason() == StopReason::closed);
    CHECK(is_signalled(cancellation));
  }

  TEST_CASE("A cancellation that eight threads stop at once keeps one reason") {
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

TEST_SUITE("Call") {
  TEST_CASE("A call without a deadline has unlimited time left") {
    Cancellation cancellation;
    const Call call{cancellation};

    CHECK(call.left() == Milliseconds::max());
  }

  TEST_CASE("A call whose deadline has passed has no time left") {
    Cancellation cancellation;

    CHECK(Call{cancellation, Clock::now()}.left() == Milliseconds::zero());
    CHECK(Call{cancellation, Clock::now() - Milliseconds(5000)}.left() == Milliseconds::zero());
  }

  TEST_CASE("The time left is rounded up to whole milliseconds") {
    Cancellation cancellation;
    const Clock::time_point before = Clock::now();
    const Call call{cancellation, before + std::chrono::minutes(1)};

    const Milliseconds left = call.left();

    CHECK(left >= call.deadline - Clock::now());
    CHECK(left <= Milliseconds(60000));
  }

  TEST_CASE("A limit shorter than the time left moves the deadline forward") {
    Cancellation cancellation;
    const Call call{cancellation, Clock::now() + std::chrono::minutes(1)};

    const Call shorter = call.within(Milliseconds(1000));

    CHECK(shorter.deadline < call.deadline);
    CHECK(shorter.left() <= Milliseconds(1000));
    CHECK(&shorter.cancellation == &cancellation);
  }

  TEST_CASE("A limit longer than the time left does not move the deadline") {
    Cancellation cancellation;
    const Call call{cancellation, Clock::now() + Milliseconds(1000)};

    CHECK(call.within(Milliseconds(60000)).deadline == call.deadline);
  }

  TEST_CASE("A limit gives a deadline to a call that had none") {
    Cancellation cancellation;
    const Call call{cancellation};

    CHECK(call.within(Milliseconds(1000)).left() <= Milliseconds(1000));
  }
}

}  // namespace wsman::testing
