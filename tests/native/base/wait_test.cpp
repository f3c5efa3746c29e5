#include "base/wait.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <thread>

#include "fakes/gate.h"
#include "support/advice.h"
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

#if defined(__linux__)
// While it lives, the process may use no descriptor but 0, so poll() refuses its two with EINVAL.
// On other systems poll() does not look at this limit.
class NoDescriptors {
 public:
  NoDescriptors() {
    REQUIRE(getrlimit(RLIMIT_NOFILE, &before_) == 0);
    rlimit one = before_;
    one.rlim_cur = 1;
    REQUIRE(setrlimit(RLIMIT_NOFILE, &one) == 0);
  }
  ~NoDescriptors() { (void)setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit before_{};
};
#endif

struct WaitFixture {
  Ends ends;
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

}  // namespace

#if defined(__linux__)
TEST_SUITE("Wait without a descriptor") {
  TEST_CASE_FIXTURE(WaitFixture, "A wait that nothing wakes sees in time that it is over") {
    std::optional<Event> event;
    std::optional<Cancellation> stop;
    {
      const NoDescriptors none;
      event.emplace();
      stop.emplace();
    }
    REQUIRE(event->descriptor() < 0);
    REQUIRE(stop->descriptor() < 0);
    const Event never;
    const Clock::time_point start = Clock::now();

    std::jthread setting([&] { event->set(); });
    CHECK(wait_for(*event, call) == WaitResult::ready);
    std::jthread stopping([&] { stop->stop(StopReason::cancelled); });
    CHECK(wait_for(never, {*stop, Clock::time_point::max()}) == WaitResult::stopped);

    CHECK(since(start) < bound(kPromptly));
  }
}
#endif

TEST_SUITE("Wait for a descriptor") {
  TEST_CASE_FIXTURE(WaitFixture, "The wait ends when data can be read") {
    ends.send();

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::ready);
  }

  TEST_CASE_FIXTURE(WaitFixture, "The wait ends when data can be written") {
    CHECK(wait_for(ends.ours(), WaitFor::writable, call) == WaitResult::ready);
  }

  TEST_CASE_FIXTURE(WaitFixture, "A descriptor whose peer has hung up counts as readable") {
    ends.hang_up();

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::ready);
  }

  TEST_CASE_FIXTURE(WaitFixture, "A wait whose deadline has passed times out at once") {
    const Call late{cancellation, Clock::now() - Milliseconds(1)};

    CHECK(wait_for(ends.ours(), WaitFor::readable, late) == WaitResult::timed_out);
  }

  TEST_CASE_FIXTURE(WaitFixture, "A wait ends at its deadline and not before") {
    const Clock::time_point start = Clock::now();

    const WaitResult result =
        wait_for(ends.ours(), WaitFor::readable, call.within(Milliseconds(20)));

    CHECK(result == WaitResult::timed_out);
    CHECK(Clock::now() - start >= Milliseconds(20));
    CHECK(since(start) < bound(kPromptly));
  }

  TEST_CASE_FIXTURE(WaitFixture, "A wait that was stopped before it began ends at once") {
    cancellation.stop(StopReason::cancelled);

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::stopped);
  }

  TEST_CASE_FIXTURE(WaitFixture, "A stop takes precedence over a descriptor that is ready") {
    ends.send();
    cancellation.stop(StopReason::closed);

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::stopped);
  }

  TEST_CASE_FIXTURE(WaitFixture, "A stop by another thread ends the wait promptly") {
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

#if defined(__linux__)
  TEST_CASE_FIXTURE(WaitFixture, "A wait that the system refuses fails at once") {
    const NoDescriptors none;
    const Clock::time_point start = Clock::now();

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::failed);
    CHECK(since(start) < bound(kPromptly));
  }

  TEST_CASE_FIXTURE(WaitFixture, "A stop takes precedence over a wait that the system refuses") {
    cancellation.stop(StopReason::closed);
    const NoDescriptors none;

    CHECK(wait_for(ends.ours(), WaitFor::readable, call) == WaitResult::stopped);
  }
#endif
}

TEST_SUITE("Error of a wait") {
  TEST_CASE_FIXTURE(WaitFixture,
                    "The error of a call that timed out names the phase and the milliseconds") {
    const Phase phase{"the test", Clock::now() - Milliseconds(300)};

    const Error error = stopped_error(WaitResult::timed_out, call, phase);

    CHECK(error.code == ErrorCode::timed_out);
    CHECK(error.wsman_code == 0x80338126);
    CHECK(milliseconds_in(error.message) >= 300);
    CHECK(contains(error.message,
                   " ms during the test, because the whole call had no more (0x80338126)."));
  }

  TEST_CASE_FIXTURE(WaitFixture,
                    "The error of a phase that timed out does not mention the whole call") {
    const Call part = call.within(Milliseconds(0));

    const Error error = stopped_error(WaitResult::timed_out, part, {"the test"});

    CHECK(contains(error.message, " ms during the test (0x80338126)."));
    CHECK(advice_of(error) == "AllowMoreTime");
  }

  TEST_CASE_FIXTURE(WaitFixture,
                    "The error of a bound that is a client setting names the setting") {
    const Call part = call.within(Milliseconds(0), "ConnectTimeoutms");
    // A later bound does not change whose the earlier one is.
    const Call later = part.within(kPatience, "TestTimeoutms");

    const Error error = stopped_error(WaitResult::timed_out, later, {"the test"});

    CHECK(advice_of(error) == "AllowMoreTimeBySetting(ConnectTimeoutms)");
  }

  TEST_CASE_FIXTURE(WaitFixture, "The error of a wait that the user stopped says so") {
    cancellation.stop(StopReason::cancelled);

    const Error error = stopped_error(WaitResult::stopped, call, {"the test"});

    CHECK(error.code == ErrorCode::cancelled);
    CHECK(error.message == "The operation was stopped during the test (0x000003E3).");
  }

  TEST_CASE_FIXTURE(WaitFixture,
                    "The error of a wait that a teardown stopped names the closed session") {
    cancellation.stop(StopReason::closed);

    const Error error = stopped_error(WaitResult::stopped, call, {"the test"});

    CHECK(error.code == ErrorCode::closed);
    CHECK(error.message == "The session was closed during the test (0x000003E3).");
  }

  TEST_CASE_FIXTURE(WaitFixture,
                    "The error of a wait that failed says that the system is to blame") {
    const Error error = stopped_error(WaitResult::failed, call, {"the test"});

    CHECK(error.code == ErrorCode::internal);
    CHECK(error.message == "The system could not wait during the test.");
  }
}

}  // namespace wsman::testing
