#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "fakes/fake_session.h"
#include "fakes/gate.h"
#include "session/teardown.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// Of an operation whose answer is on its way: a stop is held back, and only a cut ends it.
struct HeldBack : Overtime {
  bool hold_stop(const Phase& /*phase*/) override { return true; }
  void let_stop_through() override {}
  void begin(const Error& /*late*/) override {}
  void stop(StopReason /*reason*/) override {}
};

// A session in which operations run while it is torn down.
struct Busy : FakeSession {
  // Starts an operation and returns once it runs. `obedient` ends when it is told to stop, or cut
  // where `overtime` holds a stop back; the others when the test opens `let_go`.
  void start(bool obedient, Overtime* overtime = nullptr) {
    Gate entered;
    threads.emplace_back([this, &entered, obedient, overtime] {
      Cancellation own;
      Call running{own, Clock::now() + 10 * kPatience};
      running.overtime = overtime;
      const auto response = session.run<HttpResponse>(running, [&](const message::Context&) {
        ++at_work;
        entered.open();
        Result<HttpResponse> outcome = obedient ? stall({}, running) : wait_for_test();
        --at_work;
        return outcome;
      });
      if (!response.ok() && response.error().code == ErrorCode::closed) ++told_closed;
      ++ended;
    });
    REQUIRE(entered.wait());
  }

  Result<HttpResponse> wait_for_test() {
    (void)let_go.wait();
    return HttpResponse{};
  }

  void finish() {
    let_go.open();
    threads.clear();
  }

  ~Busy() { finish(); }

  Gate let_go;
  HeldBack answering;
  std::atomic<int> told_closed{0};
  std::atomic<int> ended{0};
  std::atomic<int> at_work{0};
  std::vector<std::jthread> threads;
};

}  // namespace

TEST_SUITE("Teardown of a busy session") {
  TEST_CASE_FIXTURE(Busy, "A teardown stops the operation in progress and waits for its end") {
    start(true);
    bool idle_at_close = false;
    server->on_close = [&](const Call&) {
      idle_at_close = at_work == 0;
      return CloseOutcome{};
    };

    const session::TeardownReport report = session::close_session(session, call);

    CHECK(report.operations_cancelled == 1);
    CHECK(report.graceful);
    CHECK(report.steps.size() == 2);
    CHECK(report.steps[0].step == "cancel");
    CHECK(result_of(report, "cancel") == "ok");
    CHECK(result_of(report, "close") == "ok");
    CHECK(report.elapsed_ms < static_cast<double>(bound(kPromptly).count()));
    finish();
    CHECK(told_closed == 1);
    CHECK(idle_at_close);
  }

  TEST_CASE_FIXTURE(Busy, "A teardown stops every operation in progress") {
    for (int i = 0; i < 5; ++i) start(true);

    const session::TeardownReport report = session::close_session(session, call);
    finish();

    CHECK(report.operations_cancelled == 5);
    CHECK(told_closed == 5);
  }

  TEST_CASE_FIXTURE(Busy, "A teardown waits for an operation until its deadline and no longer") {
    start(false);
    const Clock::time_point started = Clock::now();

    const session::TeardownReport report =
        session::close_session(session, call.within(Milliseconds(50)));

    CHECK(since(started) >= Milliseconds(50));
    CHECK(since(started) < bound(Milliseconds(50) + kPromptly));
    CHECK(session.state() == session::State::closed);
    CHECK_FALSE(report.graceful);
    CHECK(report.operations_cancelled == 1);
    CHECK(result_of(report, "cancel") != "ok");
    CHECK(server->closes == 1);
    CHECK(ended == 0);
  }

  TEST_CASE_FIXTURE(Busy, "A teardown with less time makes the one that has begun go on") {
    start(true, &answering);
    session.server_objects().add_shell({{}, "S1", {}});
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return soap_answer(envelope_with(""));
    };
    session::TeardownReport first;
    std::jthread closing([&] {
      // It would hear the answer for longer than this test waits for anything.
      first = session::close_session(session, {cancellation, Clock::now() + 5 * kPatience});
    });
    REQUIRE(becomes([&] { return session.state() == session::State::closing; }));

    (void)session::close_session(session, call.within(Milliseconds(50)));

    CHECK(becomes([&] { return session.state() == session::State::closed; }));
    cancellation.stop(StopReason::cancelled);
    closing.join();
    CHECK(first.shells_deleted == 1);
    CHECK(first.graceful);
  }

  TEST_CASE_FIXTURE(Busy, "A second teardown that is stopped does not hurry the first") {
    start(true, &answering);
    session.server_objects().add_shell({{}, "S1", {}});
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return soap_answer(envelope_with(""));
    };
    std::jthread closing([&] {
      (void)session::close_session(session, {cancellation, Clock::now() + 5 * kPatience});
    });
    REQUIRE(becomes([&] { return session.state() == session::State::closing; }));
    Cancellation stopped;
    stopped.stop(StopReason::cancelled);

    (void)session::close_session(session, {stopped, Clock::now() + kPatience});

    CHECK(session.state() == session::State::closing);
    CHECK(ended == 0);
    cancellation.stop(StopReason::cancelled);
    closing.join();
  }

  TEST_CASE_FIXTURE(Busy, "A teardown warns of an operation that did not stop") {
    start(false);

    const session::TeardownReport report =
        session::close_session(session, call.within(Milliseconds(1)));

    CHECK_FALSE(report.warnings.empty());
  }

  TEST_CASE_FIXTURE(Busy,
                    "A teardown that is stopped leaves the operation and closes the connection") {
    start(false);
    cancellation.stop(StopReason::cancelled);
    const Clock::time_point started = Clock::now();

    const session::TeardownReport report = session::close_session(session, call);

    CHECK(since(started) < bound(kPromptly));
    CHECK(session.state() == session::State::closed);
    CHECK_FALSE(report.graceful);
    CHECK(server->closes == 1);
  }

  TEST_CASE_FIXTURE(Busy,
                    "An operation that its user stopped keeps that reason during a teardown") {
    Cancellation own;
    Gate entered;
    server->on_exchange = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      entered.open();
      (void)let_go.wait();
      return soap_answer("late");
    };
    std::jthread running([&] { (void)exchange({own, Clock::now() + kPatience}); });
    REQUIRE(entered.wait());
    own.stop(StopReason::cancelled);

    (void)session::close_session(session, call.within(Milliseconds(1)));

    CHECK(own.reason() == StopReason::cancelled);
    let_go.open();
  }
}

}  // namespace wsman::testing
