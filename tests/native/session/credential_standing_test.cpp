#include "session/credential_standing.h"

#include <doctest/doctest.h>

#include <atomic>
#include <deque>
#include <mutex>

#include "fakes/fake_service.h"
#include "fakes/fake_session.h"
#include "fakes/gate.h"
#include "fakes/together.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Error refusal() { return make_error(ErrorCode::access_denied, "Denied"); }

// Results for one request after the other; then all succeed.
struct Standing {
  Result<int> ask() {
    return standing.ask<int>(
        [&]() -> Result<int> {
          ++asked;
          if (next.empty()) return asked;
          Error error = make_error(next.front(), "No");
          error.outcome = outcome;
          next.pop_front();
          return error;
        },
        call);
  }

  session::CredentialStanding standing;
  std::deque<ErrorCode> next;
  Outcome outcome = Outcome::not_done;
  int asked = 0;
  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
};

}  // namespace

TEST_SUITE("Standing of a credential") {
  TEST_CASE_FIXTURE(Standing, "A refusal in the middle is followed by one more try") {
    REQUIRE(ask().ok());
    for (int i = 0; i < 3; ++i) {
      next = {ErrorCode::access_denied};
      CHECK(ask().ok());
    }
    CHECK(asked == 7);
    CHECK_FALSE(standing.refusal());
  }

  TEST_CASE_FIXTURE(Standing, "A request that may have been carried out is not tried again") {
    REQUIRE(ask().ok());
    next = {ErrorCode::access_denied};
    outcome = Outcome::unknown;

    CHECK_FALSE(ask().ok());

    CHECK(asked == 2);
    CHECK_FALSE(standing.refusal());
  }

  TEST_CASE_FIXTURE(Standing, "A second refusal in a row is final") {
    REQUIRE(ask().ok());
    next = {ErrorCode::access_denied, ErrorCode::access_denied};

    CHECK_FALSE(ask().ok());

    CHECK(asked == 3);
    CHECK(standing.refusal().value().code == ErrorCode::access_denied);
  }

  TEST_CASE_FIXTURE(Standing, "A credential that was never accepted is not repeated") {
    next = {ErrorCode::connection_lost, ErrorCode::access_denied};
    CHECK_FALSE(ask().ok());
    CHECK_FALSE(standing.refusal());

    CHECK_FALSE(ask().ok());

    CHECK(asked == 2);
    CHECK(standing.refusal());
  }

  TEST_CASE_FIXTURE(Standing, "A fault of the server means that it accepts the credential") {
    next = {ErrorCode::fault, ErrorCode::access_denied};
    CHECK_FALSE(ask().ok());

    CHECK(ask().ok());

    CHECK(asked == 3);
  }

  TEST_CASE_FIXTURE(Standing, "An authentication that failed is final the second time in a row") {
    REQUIRE(ask().ok());
    for (int i = 0; i < 2; ++i) {
      next = {ErrorCode::authentication};
      CHECK_FALSE(ask().ok());
      CHECK(ask().ok());
    }
    CHECK_FALSE(standing.refusal());
    next = {ErrorCode::authentication, ErrorCode::authentication};
    CHECK_FALSE(ask().ok());
    CHECK_FALSE(standing.refusal());
    CHECK_FALSE(ask().ok());
    CHECK(standing.refusal());
    CHECK(asked == 7);
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "Of eight requests that are refused at once a single one is repeated") {
    REQUIRE(exchange(call).ok());
    Meeting all(8);
    std::atomic<int> repeated{0};
    std::atomic<int> first{0};
    server->on_exchange = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      if (++first > 8) ++repeated;
      if (first <= 8) CHECK(all.arrive());
      return refusal();
    };

    together(8, [&](int) { CHECK_FALSE(exchange(call).ok()); });

    CHECK(repeated == 1);
    CHECK(session.state() == session::State::broken);
  }

  TEST_CASE_FIXTURE(
      FakeSession, "Of eight requests that are refused at once none follows a try without answer") {
    REQUIRE(exchange(call).ok());
    Meeting all(8);
    std::atomic<int> requests{0};
    server->on_exchange = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      if (++requests > 8) return make_error(ErrorCode::timed_out, "No answer");
      CHECK(all.arrive());
      return refusal();
    };
    together(8, [&](int) { CHECK_FALSE(exchange(call).ok()); });
    CHECK(requests == 9);
    CHECK(session.state() == session::State::opened);

    server->on_exchange = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      ++requests;
      return refusal();
    };
    CHECK_FALSE(exchange(call).ok());

    // The second refusal in a row.
    CHECK(requests == 10);
    CHECK(session.state() == session::State::broken);
  }

  TEST_CASE_FIXTURE(FakeSession, "Authentications that fail at the same time count once") {
    REQUIRE(exchange(call).ok());
    Meeting all(8);
    server->on_exchange = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      CHECK(all.arrive());
      return make_error(ErrorCode::authentication, "No KDC");
    };

    together(8, [&](int) { CHECK_FALSE(exchange(call).ok()); });

    CHECK(session.state() == session::State::opened);
  }

  TEST_CASE_FIXTURE(FakeSession, "A session that was refused once stays open") {
    REQUIRE(exchange(call).ok());
    std::atomic<int> requests{0};
    server->on_exchange = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      if (++requests == 1) return refusal();
      return soap_answer(identify_answer());
    };

    CHECK(exchange(call).ok());

    CHECK(requests == 2);
    CHECK(session.state() == session::State::opened);
  }

  TEST_CASE_FIXTURE(FakeService, "A teardown goes on after one refusal") {
    const uint64_t id = session();
    REQUIRE(create(in(id), call).ok());
    std::atomic<int> requests{0};
    shells.on_request = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      if (++requests == 1) return refusal();
      return HttpResponse{};
    };

    const session::TeardownReport report = disconnect("server01").value();

    CHECK(requests == 2);
    CHECK(report.shells_deleted == 1);
    CHECK(report.graceful);
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(FakeService, "A teardown that is refused twice in a row asks no more") {
    const uint64_t id = session();
    REQUIRE(create(in(id), call).ok());
    REQUIRE(run_in_shell(in(id), call).ok());
    std::atomic<int> requests{0};
    shells.on_request = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      ++requests;
      return refusal();
    };

    const session::TeardownReport report = disconnect("server01").value();

    CHECK(requests == 2);
    CHECK(report.commands_abandoned == 1);
    CHECK(report.shells_abandoned == 1);
    CHECK_FALSE(report.graceful);
  }
}

}  // namespace wsman::testing
