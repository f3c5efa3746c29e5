#include "session/teardown.h"

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>

#include "fakes/fake_session.h"
#include "fakes/gate.h"
#include "fakes/together.h"
#include "support/bounds.h"
#include "support/scarce_memory.h"

namespace wsman::testing {
TEST_SUITE("Teardown") {
  TEST_CASE_FIXTURE(FakeSession,
                    "A teardown of an idle session closes its connection and reports that") {
    REQUIRE(exchange(call).ok());
    const auto before = std::chrono::system_clock::now();

    const session::TeardownReport report = session::close_session(session, call);

    CHECK(session.state() == session::State::closed);
    CHECK(report.computer_name == "server01");
    CHECK(report.connection_uri == kServer.url());
    CHECK(report.started >= before);
    CHECK(report.started <= std::chrono::system_clock::now());
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

  TEST_CASE_FIXTURE(FakeSession,
                    "A teardown of a session that never connected closes no connection") {
    const session::TeardownReport report = session::close_session(session, call);

    CHECK(session.state() == session::State::closed);
    CHECK(report.graceful);
    CHECK(report.connections_closed == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "A teardown of a session without server objects reports none") {
    const session::TeardownReport report = session::close_session(session, call);

    CHECK(report.commands_terminated + report.commands_abandoned == 0);
    CHECK(report.shells_deleted + report.shells_abandoned == 0);
    CHECK(report.enumerations_released + report.enumerations_abandoned == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "A second teardown closes nothing and reports nothing") {
    REQUIRE(exchange(call).ok());
    (void)session::close_session(session, call);

    const session::TeardownReport second = session::close_session(session, call);

    CHECK(server->closes == 1);
    CHECK(second.computer_name == "server01");
    CHECK(second.connections_closed == 0);
    CHECK(second.operations_cancelled == 0);
    CHECK(second.steps.empty());
    CHECK(second.warnings.empty());
  }

  TEST_CASE("Where memory runs out, a teardown closes the connection and tells what may be left") {
    size_t allocations = 0;
    do {
      CAPTURE(allocations);
      FakeSession one;
      REQUIRE(one.exchange(one.call).ok());
      one.server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
        return make_error(ErrorCode::connection_lost, "Lost");
      };
      one.session.server_objects().add_shell({{}, "S1", {{"C1"}}});
      (void)one.session.server_objects().add({{}, "E1", {}});
      const auto close = [&] {
        const ScarceMemory scarce(allocations++);
        return session::close_session(one.session, one.call, 1);
      };

      const session::TeardownReport report = close();

      CHECK(one.session.state() == session::State::closed);
      CHECK(one.server->hang_ups == 1);
      CHECK(report.abandoned() == 3);
      CHECK_FALSE(report.graceful);
    } while (ScarceMemory::ran_out());
    CHECK(allocations > 20);
  }

  TEST_CASE_FIXTURE(FakeSession, "A second teardown tells what the first has left on the server") {
    session.server_objects().add_shell({{}, "S1", {}});
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return make_error(ErrorCode::connection_lost, "Lost");
    };
    REQUIRE(session::close_session(session, call).shells_abandoned == 1);
    const int before = server->exchanges;

    const session::TeardownReport second = session::close_session(session, call);

    CHECK(second.shells_abandoned == 1);
    CHECK_FALSE(second.graceful);
    CHECK(server->exchanges == before);
  }

  TEST_CASE_FIXTURE(FakeSession, "Eight teardowns at once close the connection once") {
    REQUIRE(exchange(call).ok());
    std::atomic<int> closed{0};
    std::atomic<int> seen_closed{0};

    together(8, [&](int) {
      closed += session::close_session(session, call).connections_closed;
      if (session.state() == session::State::closed) ++seen_closed;
    });

    CHECK(server->closes == 1);
    CHECK(closed == 1);
    CHECK(seen_closed == 8);
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "A teardown waits for another one, but not past its own deadline") {
    Gate closing;
    Gate let_go;
    server->on_close = [&](const Call&) {
      closing.open();
      (void)let_go.wait();
      return CloseOutcome{};
    };
    std::jthread first([&] { (void)session::close_session(session, call); });
    REQUIRE(closing.wait());
    const Clock::time_point start = Clock::now();

    const session::TeardownReport second =
        session::close_session(session, call.within(Milliseconds(50)));

    CHECK(second.connections_closed == 0);
    CHECK(since(start) >= Milliseconds(50));
    CHECK(since(start) < bound(Milliseconds(50) + kPromptly));
    CHECK(session.state() == session::State::closing);
    let_go.open();
    first.join();
    CHECK(session.state() == session::State::closed);
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "A teardown passes its deadline and its cancellation to the transport") {
    Clock::time_point deadline;
    const Cancellation* handed = nullptr;
    server->on_close = [&](const Call& closing) {
      deadline = closing.deadline;
      handed = &closing.cancellation;
      return CloseOutcome{};
    };

    (void)session::close_session(session, call);

    CHECK(deadline == call.deadline);
    CHECK(handed == &cancellation);
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "A connection that cannot close gracefully adds a warning to the report") {
    server->on_close = [](const Call&) { return CloseOutcome{0, false, true}; };
    REQUIRE(exchange(call).ok());

    const session::TeardownReport report = session::close_session(session, call);

    CHECK(session.state() == session::State::closed);
    CHECK_FALSE(report.graceful);
    CHECK(report.connections_closed == 1);
    CHECK(result_of(report, "close") == "cut");
    REQUIRE(report.warnings.size() == 1);
    CHECK(contains(report.warnings[0], "server01 (port 5986)"));
  }

  TEST_CASE_FIXTURE(FakeSession, "A step of a teardown has its start and its duration") {
    REQUIRE(exchange(call).ok());
    server->on_close = [](const Call& closing) {
      // Until its time is up, so that the step lasts.
      (void)stall({}, closing);
      return CloseOutcome{};
    };

    const session::TeardownReport report =
        session::close_session(session, call.within(Milliseconds(50)));

    REQUIRE(report.steps.size() == 1);
    CHECK(report.steps[0].start_ms >= 0);
    CHECK(report.steps[0].milliseconds >= 40);
    CHECK(report.steps[0].start_ms + report.steps[0].milliseconds <= report.elapsed_ms);
  }

  TEST_CASE_FIXTURE(FakeSession, "A teardown reports a secret that was not wiped") {
    server->on_close = [](const Call&) { return CloseOutcome{0, true, false}; };

    CHECK_FALSE(session::close_session(session, call).secrets_wiped);
  }

  TEST_CASE_FIXTURE(FakeSession, "A teardown without a deadline ends") {
    Cancellation own;

    CHECK(session::close_session(session, {own}).graceful);
    CHECK(session.state() == session::State::closed);
  }

  TEST_CASE_FIXTURE(FakeSession, "A teardown whose deadline has passed still closes the session") {
    REQUIRE(exchange(call).ok());
    Cancellation own;

    const session::TeardownReport report =
        session::close_session(session, {own, Clock::now() - Milliseconds(1)});

    CHECK(session.state() == session::State::closed);
    CHECK(report.connections_closed == 1);
    CHECK(server->hang_ups == 1);
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "A teardown that was stopped before it began still closes the session") {
    REQUIRE(exchange(call).ok());
    cancellation.stop(StopReason::cancelled);

    const session::TeardownReport report = session::close_session(session, call);

    CHECK(session.state() == session::State::closed);
    CHECK(report.connections_closed == 1);
    CHECK(server->hang_ups == 1);
  }

  TEST_CASE_FIXTURE(FakeSession, "A teardown whose call is over sends nothing") {
    constexpr int kEnumerations = 20;
    for (int i = 0; i < kEnumerations; ++i) (void)session.server_objects().add({{}, "E", {}});
    std::string why;
    SUBCASE("It was stopped") {
      cancellation.stop(StopReason::cancelled);
      why = "stopped during the cleanup on server01";
    }
    SUBCASE("Its time is up") {
      call.deadline = Clock::now();
      why = "timed out after";
    }

    const session::TeardownReport report = session::close_session(session, call);

    CHECK(server->exchanges == 0);
    CHECK(report.enumerations_abandoned == kEnumerations);
    REQUIRE(report.warnings.size() == 1);
    CHECK(contains(report.warnings[0], why));
  }
}

}  // namespace wsman::testing
