#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "fakes/gate.h"
#include "fakes/lane.h"
#include "support/bounds.h"
#include "transport/connection.h"

namespace wsman::testing {
TEST_SUITE("closing a connection") {
  TEST_CASE("hangs up once, also when repeated") {
    Gate ended;
    Lane lane([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      if (peer.wait_for_end()) ended.open();
    });
    REQUIRE(lane.exchange().ok());

    const CloseOutcome first = lane.close();
    const CloseOutcome second = lane.close();

    CHECK(first.closed == 1);
    CHECK(first.graceful);
    CHECK(first.secrets_wiped);
    CHECK(second.closed == 0);
    CHECK(second.graceful);
    CHECK(ended.wait());
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("that was never open finds nothing") {
    Lane lane(answer_all);

    const CloseOutcome outcome = lane.close();

    CHECK(outcome.closed == 0);
    CHECK(outcome.graceful);
    CHECK(lane.server.accepted() == 0);
  }

  TEST_CASE("refuses every exchange afterwards, without traffic") {
    Lane lane(answer_all);
    REQUIRE(lane.exchange().ok());
    (void)lane.close();

    CHECK(code_of(lane.exchange()) == ErrorCode::closed);
    CHECK(lane.server.accepted() == 1);
  }

  TEST_CASE("waits for a running exchange that was stopped, then hangs up") {
    Gate asked;
    Lane lane([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)peer.wait_for_end();
    });
    Result<HttpResponse> response = HttpResponse{};
    std::jthread exchanging([&] { response = lane.exchange(); });
    REQUIRE(asked.wait());

    lane.cancellation.stop(StopReason::closed);
    const CloseOutcome outcome = lane.close();
    exchanging.join();

    CHECK(code_of(response) == ErrorCode::closed);
    CHECK(outcome.secrets_wiped);
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("leaves a running exchange that was not stopped at its deadline") {
    Gate asked;
    Gate answer;
    Lane lane([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)answer.wait();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      (void)peer.wait_for_end();
    });
    std::jthread exchanging([&] { (void)lane.exchange(); });
    REQUIRE(asked.wait());
    const Clock::time_point start = Clock::now();

    const CloseOutcome outcome = lane.close(Milliseconds(50));

    CHECK(since(start) < bound(Milliseconds(50) + kPromptly));
    CHECK_FALSE(outcome.graceful);
    CHECK_FALSE(outcome.secrets_wiped);
    answer.open();
    exchanging.join();
    CHECK_FALSE(lane.connection().is_open());
    CHECK(lane.close().secrets_wiped);
  }

  TEST_CASE("leaves a running exchange soon when the closing itself is stopped") {
    Gate asked;
    Gate answer;
    Lane lane([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)answer.wait();
    });
    std::jthread exchanging([&] { (void)lane.exchange(); });
    REQUIRE(asked.wait());
    lane.closing.stop(StopReason::cancelled);
    const Clock::time_point start = Clock::now();

    (void)lane.close();

    CHECK(since(start) < bound(kPromptly));
    answer.open();
    exchanging.join();
  }
}

}  // namespace wsman::testing
