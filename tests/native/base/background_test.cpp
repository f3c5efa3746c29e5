#include "base/background.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "fakes/gate.h"
#include "support/bounds.h"
#include "support/scarce_memory.h"

namespace wsman::testing {
namespace {

// What a test shares with calls that may outlive it.
struct Shared {
  Gate begun;
  Gate let_go;
  Gate stopped;
  Gate late;
  std::string late_answer;
};

struct BackgroundFixture {
  ~BackgroundFixture() { shared->let_go.open(); }

  // Answers when it is let go.
  BackgroundWork<std::string> held() {
    return {[shared = shared](const Call& /*call*/) {
              shared->begun.open();
              (void)shared->let_go.wait();
              return std::string("answer");
            },
            [shared = shared](const std::optional<std::string>& answer, const Call& rest) {
              shared->late_answer = answer.value_or("none");
              CHECK(rest.left() > Milliseconds::zero());
              shared->late.open();
            },
            kPatience};
  }

  // Runs `work` for a caller who is told to stop when it has begun.
  BackgroundOutcome leave(BackgroundWork<std::string> work) {
    Cancellation mine;
    std::jthread user([&] {
      CHECK(shared->begun.wait());
      mine.stop(StopReason::cancelled);
    });
    return run_in_background(std::move(work), {mine, Clock::now() + kPatience}).outcome;
  }

  std::shared_ptr<Shared> shared = std::make_shared<Shared>();
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

// What a caller gets who is stopped while the work is at `wait`.
template <typename Wait>
BackgroundAnswer<StopReason> stopped_during(BackgroundFixture& fixture, const Wait& wait) {
  Cancellation mine;
  std::jthread user([&] {
    CHECK(fixture.shared->begun.wait());
    mine.stop(StopReason::closed);
  });
  const BackgroundWork<StopReason> work{[wait, shared = fixture.shared](const Call& asking) {
                                          wait(asking, *shared);
                                          return asking.cancellation.reason();
                                        },
                                        nullptr, kPatience};
  return run_in_background(work, {mine, Clock::now() + kPatience});
}

const Phase kPhase{"the test"};

// A Background is never destroyed, because a thread that was left behind may come back to it; the
// list keeps each in sight of the leak checker.
Background& make_slot() {
  static auto* const slots = new std::list<Background>;
  return slots->emplace_back(1);
}

// One place, and calls that are held there.
struct PlaceFixture : BackgroundFixture {
  BackgroundAnswer<int> run(const Call& caller, int answer = 1) {
    return place.run<int>([answer] { return answer; }, kPhase, caller);
  }

  BackgroundOutcome hold(const Call& caller) {
    const auto wait = [shared = shared] {
      shared->begun.open();
      (void)shared->let_go.wait();
      return 0;
    };
    return place.run<int>(wait, kPhase, caller).outcome;
  }

  void leave_one_behind() {
    Cancellation mine;
    std::jthread user([&] {
      CHECK(shared->begun.wait());
      mine.stop(StopReason::cancelled);
    });
    CHECK(hold({mine, Clock::now() + kPatience}) == BackgroundOutcome::stopped);
  }

  Background& place = make_slot();
};

}  // namespace

TEST_SUITE("Call in the background") {
  TEST_CASE_FIXTURE(BackgroundFixture,
                    "A caller that waits gets the answer, and no late answer is reported") {
    shared->let_go.open();

    const BackgroundAnswer<std::string> answer = run_in_background(held(), call);

    CHECK(answer.outcome == BackgroundOutcome::done);
    CHECK(answer.value == "answer");
    CHECK(shared->late_answer.empty());
  }

  TEST_CASE_FIXTURE(BackgroundFixture,
                    "A call that is stopped returns before the work has answered") {
    CHECK(leave(held()) == BackgroundOutcome::stopped);
    CHECK(shared->late_answer.empty());
  }

  TEST_CASE_FIXTURE(BackgroundFixture,
                    "A call whose deadline passes returns before the work has answered") {
    const Call short_call{cancellation, Clock::now() + Milliseconds(20)};

    CHECK(run_in_background(held(), short_call).outcome == BackgroundOutcome::stopped);
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "A late answer is passed to the handler for late answers") {
    CHECK(leave(held()) == BackgroundOutcome::stopped);
    shared->let_go.open();

    CHECK(shared->late.wait());
    CHECK(shared->late_answer == "answer");
  }

  TEST_CASE_FIXTURE(BackgroundFixture,
                    "Work that goes into overtime gives its caller an error and goes on") {
    Trace trace(Trace::Level::verbose);
    BackgroundWork<std::string> work = held();
    work.work = [held = work.work](const Call& asking) {
      REQUIRE(asking.overtime != nullptr);
      CHECK(asking.within(Milliseconds(1)).overtime == asking.overtime);
      CHECK(asking.without_overtime().overtime == nullptr);
      asking.trace->verbose("before");
      asking.overtime->begin(make_error(ErrorCode::timed_out, "Too late"));
      return held(asking);
    };

    const BackgroundAnswer<std::string> answer =
        run_in_background(std::move(work), {cancellation, call.deadline, &trace});

    REQUIRE(answer.outcome == BackgroundOutcome::stopped);
    CHECK(answer.late.value().message == "Too late.");
    CHECK(trace.take().size() == 1);
    CHECK(shared->late_answer.empty());
    shared->let_go.open();
    CHECK(shared->late.wait());
    CHECK(shared->late_answer == "answer");
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "A thread whose work is done does the next") {
    const auto thread_of_next = [&] {
      const BackgroundWork<pid_t> work{[](const Call& /*call*/) { return gettid(); }};
      return run_in_background(work, call).value.value_or(0);
    };
    // It may not be back for the next yet.
    CHECK(becomes([&] { return thread_of_next() == thread_of_next(); }));
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "Work that runs out of memory tells its caller so") {
    const auto run_out = [](const Call& /*call*/) -> std::string { throw std::bad_alloc(); };

    CHECK_THROWS_AS(run_in_background<std::string>({run_out}, call), std::bad_alloc);
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "The handler of a late answer hears that there is none") {
    BackgroundWork<std::string> work = held();
    work.work = [held = work.work](const Call& asking) -> std::string {
      (void)held(asking);
      throw std::bad_alloc();
    };
    CHECK(leave(std::move(work)) == BackgroundOutcome::stopped);
    shared->let_go.open();

    CHECK(shared->late.wait());
    CHECK(shared->late_answer == "none");
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "Where memory runs out, work is done or never begun") {
    std::atomic<int> runs{0};
    const auto count = [&](const Call& /*call*/) { return ++runs; };

    const size_t times = times_out_of_memory([&] {
      const BackgroundAnswer<int> answer = run_in_background<int>({count}, call);
      if (answer.outcome == BackgroundOutcome::no_thread) throw std::bad_alloc();
    });

    CHECK(times > 1);
    CHECK(runs == 1);
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "A stop ends work that awaits no answer") {
    bool has_heard_one = false;
    SUBCASE("Nothing was asked for") {}
    SUBCASE("An answer has come before") { has_heard_one = true; }
    const auto answer = stopped_during(*this, [has_heard_one](const Call& asking, Shared& seen) {
      const Event nothing;
      if (has_heard_one) {
        CHECK(asking.overtime->hold_stop({"the answer"}));
        asking.overtime->let_stop_through();
      }
      seen.begun.open();
      CHECK(wait_for(nothing, asking) == WaitResult::stopped);
    });
    CHECK(answer.value == StopReason::closed);
  }

  TEST_CASE_FIXTURE(BackgroundFixture,
                    "A stop gives the caller of work that awaits an answer an error") {
    const auto answer = stopped_during(*this, [](const Call& asking, Shared& seen) {
      CHECK(asking.overtime->hold_stop({"the answer"}));
      seen.begun.open();
      (void)seen.let_go.wait();
      CHECK(asking.cancellation.reason() == StopReason::none);
      // Nothing more is asked for, of whatever comes of the answer.
      CHECK_FALSE(asking.overtime->hold_stop({"another answer"}));
      CHECK(asking.cancellation.reason() == StopReason::closed);
      seen.late.open();
    });
    REQUIRE(answer.late);
    CHECK(answer.late->code == ErrorCode::closed);
    CHECK(contains(answer.late->message, "during the answer"));
    CHECK(answer.late->outcome == Outcome::unknown);
    shared->let_go.open();
    CHECK(shared->late.wait());
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "A stop that is held back takes no memory") {
    size_t allocations = 0;
    do {
      CAPTURE(allocations);
      BackgroundState state(call, kPatience);
      REQUIRE(state.hold_stop({"the answer of a server with a long name"}));
      const auto stop = [&] {
        const ScarceMemory scarce(allocations++);
        state.stop(StopReason::closed);
      };

      CHECK_NOTHROW(stop());

      const std::optional<Error> late = state.take_late_error();
      REQUIRE(late);
      CHECK(late->code == (ScarceMemory::ran_out() ? ErrorCode::internal : ErrorCode::closed));
      CHECK(late->outcome == Outcome::unknown);
    } while (ScarceMemory::ran_out());
    CHECK(allocations > 2);
  }

  TEST_CASE_FIXTURE(BackgroundFixture,
                    "A stop that was held back ends the work once it is let through") {
    const auto answer = stopped_during(*this, [](const Call& asking, Shared& seen) {
      CHECK(asking.overtime->hold_stop({"the answer"}));
      seen.begun.open();
      (void)seen.let_go.wait();
      asking.overtime->let_stop_through();
      CHECK(asking.cancellation.reason() == StopReason::closed);
      seen.late.open();
    });
    CHECK(answer.late);
    shared->let_go.open();
    CHECK(shared->late.wait());
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "Work without patience has no overtime") {
    const auto look = [](const Call& asking) { return asking.overtime == nullptr; };
    CHECK(run_in_background<bool>({look}, call).value == true);
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "Abandoned work is stopped when its patience is over") {
    Milliseconds patience{};
    SUBCASE("The patience lasts 20 ms") { patience = Milliseconds(20); }
    SUBCASE("The patience is zero") { patience = Milliseconds(0); }
    const auto wait_for_stop = [shared = shared](const Call& asking) {
      if (asking.overtime != nullptr) CHECK(asking.overtime->hold_stop({"the answer"}));
      shared->begun.open();
      const Event nothing;
      CHECK(wait_for(nothing, asking) == WaitResult::stopped);
      shared->stopped.open();
      return std::string();
    };

    CHECK(leave({wait_for_stop, nullptr, patience}) == BackgroundOutcome::stopped);

    CHECK(shared->stopped.wait());
  }

  TEST_CASE_FIXTURE(BackgroundFixture,
                    "The objects that the work owns are released before the call returns") {
    const auto token = std::make_shared<int>(1);
    BackgroundWork<int> work{[token](const Call& /*call*/) { return *token; },
                             [token](std::optional<int> /*answer*/, const Call& /*call*/) {}};

    CHECK(run_in_background(std::move(work), call).value == 1);

    CHECK(token.use_count() == 1);
  }

  TEST_CASE_FIXTURE(BackgroundFixture, "A message that the work logs reaches the caller's trace") {
    Trace trace(Trace::Level::verbose);
    const auto speak = [](const Call& asking) {
      asking.trace->verbose("said");
      return 0;
    };

    (void)run_in_background<int>({speak}, {cancellation, Clock::now() + kPatience, &trace});

    const std::vector<Trace::Line> lines = trace.take();
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].text == "said");
  }
}

TEST_SUITE("Slots for calls in the background") {
  TEST_CASE_FIXTURE(PlaceFixture, "One slot serves one call after the other") {
    CHECK(run(call, 1).value == 1);
    CHECK(run(call, 2).value == 2);
  }

  TEST_CASE_FIXTURE(PlaceFixture,
                    "A call that finds no slot free waits for one until its own deadline") {
    std::jthread busy([&] { CHECK(hold(call) == BackgroundOutcome::done); });
    CHECK(shared->begun.wait());

    CHECK(run({cancellation, Clock::now() + Milliseconds(20)}).outcome ==
          BackgroundOutcome::stopped);

    shared->let_go.open();
    CHECK(run(call).outcome == BackgroundOutcome::done);
  }

  TEST_CASE_FIXTURE(PlaceFixture,
                    "A call fails at once while every slot is held by abandoned work") {
    leave_one_behind();

    CHECK(run(call).outcome == BackgroundOutcome::crowded);

    shared->let_go.open();
    CHECK(becomes([&] { return run(call).outcome == BackgroundOutcome::done; }));
  }
}

}  // namespace wsman::testing
