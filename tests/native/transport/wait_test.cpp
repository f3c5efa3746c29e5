#include "transport/wait.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "fakes/gate.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// Two ends of a connection inside this process.
struct Ends {
  Ends() { REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0); }
  ~Ends() {
    (void)close(ends[0]);
    hang_up();
  }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;
  int ours() const { return ends[0]; }
  void send() const { REQUIRE(write(ends[1], "x", 1) == 1); }
  void hang_up() {
    if (ends[1] >= 0) (void)close(ends[1]);
    ends[1] = -1;
  }

  std::array<int, 2> ends{-1, -1};
};

struct WaitFixture {
  Ends ends;
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

}  // namespace

TEST_SUITE("wait") {
  TEST_CASE_FIXTURE(WaitFixture, "ends when there is something to read") {
    ends.send();

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::ready);
  }

  TEST_CASE_FIXTURE(WaitFixture, "ends when there is room to write") {
    CHECK(wait_for(ends.ours(), WaitFor::writable, call) == WaitResult::ready);
  }

  TEST_CASE_FIXTURE(WaitFixture,
                    "takes a peer that is gone for ready, so that the read reports it") {
    ends.hang_up();

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::ready);
  }

  TEST_CASE_FIXTURE(WaitFixture, "does not begin when the deadline has passed") {
    const Call late{cancellation, Clock::now() - Milliseconds(1)};

    CHECK(wait_for(ends.ours(), WaitFor::readable, late) == WaitResult::timed_out);
  }

  TEST_CASE_FIXTURE(WaitFixture, "ends at its deadline and not before") {
    const Clock::time_point start = Clock::now();

    const WaitResult result =
        wait_for(ends.ours(), WaitFor::readable, call.within(Milliseconds(20)));

    CHECK(result == WaitResult::timed_out);
    CHECK(Clock::now() - start >= Milliseconds(20));
    CHECK(since(start) < bound(kPromptly));
  }

  TEST_CASE_FIXTURE(WaitFixture, "told to stop before does not begin") {
    cancellation.stop(StopReason::cancelled);

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::stopped);
  }

  TEST_CASE_FIXTURE(WaitFixture, "obeys a stop even if the descriptor is ready") {
    ends.send();
    cancellation.stop(StopReason::closed);

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::stopped);
  }

  TEST_CASE_FIXTURE(WaitFixture, "ends soon after a stop from another thread") {
    Meeting meeting(2);
    WaitResult result = WaitResult::ready;
    std::jthread waiting([&] {
      (void)meeting.arrive();
      result = wait_for(ends.ours(), WaitFor::readable, {cancellation});
    });
    CHECK(meeting.arrive());

    const Clock::time_point stopped = Clock::now();
    cancellation.stop(StopReason::cancelled);
    waiting.join();

    CHECK(result == WaitResult::stopped);
    CHECK(since(stopped) < bound(kPromptly));
  }
}

TEST_SUITE("the error of a wait") {
  TEST_CASE_FIXTURE(WaitFixture, "that ran out of time names the phase and its milliseconds") {
    const Phase phase{"the test", Clock::now() - Milliseconds(300)};

    const Error error = stopped_error(WaitResult::timed_out, call, phase);

    CHECK(error.code == ErrorCode::timed_out);
    CHECK(error.wsman_code == 0x80338126);
    CHECK(milliseconds_in(error.message) >= 300);
    CHECK(contains(error.message,
                   " ms during the test, because the whole call had no more (0x80338126)."));
  }

  TEST_CASE_FIXTURE(WaitFixture, "that ran out of the time of its phase says nothing of the call") {
    const Call part = call.within(Milliseconds(0));

    const Error error = stopped_error(WaitResult::timed_out, part, {"the test"});

    CHECK(contains(error.message, " ms during the test (0x80338126)."));
  }

  TEST_CASE_FIXTURE(WaitFixture, "that a user stopped says so") {
    cancellation.stop(StopReason::cancelled);

    const Error error = stopped_error(WaitResult::stopped, call, {"the test"});

    CHECK(error.code == ErrorCode::cancelled);
    CHECK(error.message == "The operation was stopped during the test.");
  }

  TEST_CASE_FIXTURE(WaitFixture, "that a teardown stopped says that the session was closed") {
    cancellation.stop(StopReason::closed);

    const Error error = stopped_error(WaitResult::stopped, call, {"the test"});

    CHECK(error.code == ErrorCode::closed);
    CHECK(error.message == "The session was closed during the test.");
  }
}

}  // namespace wsman::testing
