#include "session/teardown.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>

#include "fakes/fake_session.h"
#include "fakes/gate.h"
#include "fakes/together.h"
#include "support/bounds.h"

namespace wsman::testing {
TEST_SUITE("teardown") {
  TEST_CASE_FIXTURE(FakeSession, "of an idle session hangs up, and says so") {
    REQUIRE(exchange(call).ok());

    const TeardownReport report = close_session(session, call);

    CHECK(session.state() == State::closed);
    CHECK(report.computer_name == "server01");
    CHECK(report.graceful);
    CHECK(report.secrets_wiped);
    CHECK(report.connections_closed == 1);
    CHECK(report.operations_cancelled == 0);
    CHECK(report.warnings.empty());
    CHECK(report.steps.size() == 1);
    CHECK(result_of(report, "close") == "ok");
    CHECK(report.elapsed_ms >= report.steps[0].milliseconds);
    CHECK(server->hang_ups == 1);
  }

  TEST_CASE_FIXTURE(FakeSession, "of a session that never connected closes no connection") {
    const TeardownReport report = close_session(session, call);

    CHECK(session.state() == State::closed);
    CHECK(report.graceful);
    CHECK(report.connections_closed == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "has nothing open that this version cannot open") {
    const TeardownReport report = close_session(session, call);

    CHECK(report.commands_terminated + report.commands_abandoned == 0);
    CHECK(report.shells_deleted + report.shells_abandoned == 0);
    CHECK(report.enumerations_released + report.enumerations_abandoned == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "taken twice hangs up once, and reports nothing again") {
    REQUIRE(exchange(call).ok());
    (void)close_session(session, call);

    const TeardownReport second = close_session(session, call);

    CHECK(server->closes == 1);
    CHECK(second.computer_name == "server01");
    CHECK(second.connections_closed == 0);
    CHECK(second.operations_cancelled == 0);
    CHECK(second.steps.empty());
    CHECK(second.warnings.empty());
  }

  TEST_CASE_FIXTURE(FakeSession, "taken by eight threads at once hangs up once") {
    REQUIRE(exchange(call).ok());
    std::atomic<int> closed{0};
    std::atomic<int> seen_closed{0};

    together(8, [&](int) {
      closed += close_session(session, call).connections_closed;
      if (session.state() == State::closed) ++seen_closed;
    });

    CHECK(server->closes == 1);
    CHECK(closed == 1);
    CHECK(seen_closed == 8);
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "that finds another at work waits for it within its own deadline") {
    Gate closing;
    Gate let_go;
    server->on_close = [&](const Call&) {
      closing.open();
      (void)let_go.wait();
      return CloseOutcome{};
    };
    std::jthread first([&] { (void)close_session(session, call); });
    REQUIRE(closing.wait());
    const Clock::time_point start = Clock::now();

    const TeardownReport second = close_session(session, call.within(Milliseconds(50)));

    CHECK(second.connections_closed == 0);
    CHECK(since(start) >= Milliseconds(50));
    CHECK(since(start) < bound(Milliseconds(50) + kPromptly));
    CHECK(session.state() == State::closing);
    let_go.open();
    first.join();
    CHECK(session.state() == State::closed);
  }

  TEST_CASE_FIXTURE(FakeSession, "hands its own call to the transport") {
    Clock::time_point deadline;
    const Cancellation* handed = nullptr;
    server->on_close = [&](const Call& closing) {
      deadline = closing.deadline;
      handed = &closing.cancellation;
      return CloseOutcome{};
    };

    (void)close_session(session, call);

    CHECK(deadline == call.deadline);
    CHECK(handed == &cancellation);
  }

  TEST_CASE_FIXTURE(FakeSession, "that could not say goodbye warns, and is closed all the same") {
    server->on_close = [](const Call&) { return CloseOutcome{0, false, true}; };
    REQUIRE(exchange(call).ok());

    const TeardownReport report = close_session(session, call);

    CHECK(session.state() == State::closed);
    CHECK_FALSE(report.graceful);
    CHECK(report.connections_closed == 1);
    CHECK(result_of(report, "close") == "cut");
    REQUIRE(report.warnings.size() == 1);
    CHECK(contains(report.warnings[0], "server01 (port 5986)"));
  }

  TEST_CASE_FIXTURE(FakeSession, "reports a secret that outlives it") {
    server->on_close = [](const Call&) { return CloseOutcome{0, true, false}; };

    CHECK_FALSE(close_session(session, call).secrets_wiped);
  }

  TEST_CASE_FIXTURE(FakeSession, "without a deadline ends") {
    Cancellation own;

    CHECK(close_session(session, {own}).graceful);
    CHECK(session.state() == State::closed);
  }

  TEST_CASE_FIXTURE(FakeSession, "whose deadline has passed before it began closes all the same") {
    REQUIRE(exchange(call).ok());
    Cancellation own;

    const TeardownReport report = close_session(session, {own, Clock::now() - Milliseconds(1)});

    CHECK(session.state() == State::closed);
    CHECK(report.connections_closed == 1);
    CHECK(server->hang_ups == 1);
  }

  TEST_CASE_FIXTURE(FakeSession, "told to stop before it began closes all the same") {
    REQUIRE(exchange(call).ok());
    cancellation.stop(StopReason::cancelled);

    const TeardownReport report = close_session(session, call);

    CHECK(session.state() == State::closed);
    CHECK(report.connections_closed == 1);
    CHECK(server->hang_ups == 1);
  }
}

}  // namespace wsman::testing
