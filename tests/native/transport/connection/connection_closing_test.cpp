#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "fakes/gate.h"
#include "fakes/loopback_connection.h"
#include "support/bounds.h"
#include "transport/connection/connection.h"

namespace wsman::testing {
TEST_SUITE("Close of a connection") {
  TEST_CASE("A connection that is closed twice hangs up once") {
    Gate ended;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      if (peer.wait_for_end()) ended.open();
    });
    REQUIRE(client.exchange().ok());

    const CloseOutcome first = client.close();
    const CloseOutcome second = client.close();

    CHECK(first.closed == 1);
    CHECK(first.graceful);
    CHECK(first.secrets_wiped);
    CHECK(second.closed == 0);
    CHECK(second.graceful);
    CHECK(ended.wait());
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A connection that was never opened has nothing to close") {
    LoopbackConnection client(answer_all);

    const CloseOutcome outcome = client.close();

    CHECK(outcome.closed == 0);
    CHECK(outcome.graceful);
    CHECK(client.server.accepted() == 0);
  }

  TEST_CASE("A closed connection refuses every exchange without traffic") {
    LoopbackConnection client(answer_all);
    REQUIRE(client.exchange().ok());
    (void)client.close();

    CHECK(code_of(client.exchange()) == ErrorCode::closed);
    CHECK(client.server.accepted() == 1);
  }

  TEST_CASE("A close waits for a stopped exchange to end") {
    Gate asked;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)peer.wait_for_end();
    });
    Result<HttpResponse> response = HttpResponse{};
    std::jthread exchanging([&] { response = client.exchange(); });
    REQUIRE(asked.wait());

    client.cancellation.stop(StopReason::closed);
    const CloseOutcome outcome = client.close();
    exchanging.join();

    CHECK(code_of(response) == ErrorCode::closed);
    CHECK(outcome.secrets_wiped);
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A close does not wait past its deadline for an exchange that was not stopped") {
    Gate asked;
    Gate answer;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)answer.wait();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      (void)peer.wait_for_end();
    });
    std::jthread exchanging([&] { (void)client.exchange(); });
    REQUIRE(asked.wait());
    const Clock::time_point start = Clock::now();

    const CloseOutcome outcome = client.close(Milliseconds(50));

    CHECK(since(start) < bound(Milliseconds(50) + kPromptly));
    CHECK_FALSE(outcome.graceful);
    CHECK_FALSE(outcome.secrets_wiped);
    answer.open();
    exchanging.join();
    CHECK_FALSE(client.connection().is_open());
    CHECK(client.close().secrets_wiped);
  }

  TEST_CASE("A close that is stopped does not wait for the running exchange") {
    Gate asked;
    Gate answer;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)answer.wait();
    });
    std::jthread exchanging([&] { (void)client.exchange(); });
    REQUIRE(asked.wait());
    client.closing.stop(StopReason::cancelled);
    const Clock::time_point start = Clock::now();

    (void)client.close();

    CHECK(since(start) < bound(kPromptly));
    answer.open();
    exchanging.join();
  }
}

}  // namespace wsman::testing
