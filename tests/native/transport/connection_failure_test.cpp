#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "fakes/gate.h"
#include "fakes/lane.h"
#include "support/bounds.h"
#include "transport/connection.h"

namespace wsman::testing {
namespace {

// Sends chunks faster than they are read, until the client hangs up.
void flood(Peer& peer, Gate& begun) {
  std::string many;
  for (int i = 0; i < 10000; ++i) many += "1\r\nx\r\n";
  (void)peer.read_request();
  (void)peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + many);
  begun.open();
  while (peer.send(many)) {
  }
}

}  // namespace

TEST_SUITE("connection that fails") {
  TEST_CASE("because nobody listens says so") {
    Lane lane(answer_all);
    lane.options.endpoint.port = refused_port();

    CHECK(code_of(lane.exchange()) == ErrorCode::cannot_connect);
    CHECK_FALSE(lane.connection().is_open());
    CHECK(lane.close().closed == 0);
  }

  TEST_CASE("because the peer hangs up instead of answering is lost, not asked again") {
    Lane lane([](Peer& peer) { (void)peer.read_request(); });

    CHECK(code_of(lane.exchange()) == ErrorCode::connection_lost);
    CHECK_FALSE(lane.connection().is_open());
    CHECK(lane.server.accepted() == 1);
  }

  TEST_CASE("because the peer resets is lost") {
    Lane lane([](Peer& peer) {
      (void)peer.read_request();
      peer.reset();
    });

    CHECK(code_of(lane.exchange()) == ErrorCode::connection_lost);
  }

  TEST_CASE("in the middle of the answer is lost") {
    Lane lane([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    });

    CHECK(code_of(lane.exchange()) == ErrorCode::connection_lost);
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("because the answer is no HTTP is closed") {
    Lane lane([](Peer& peer) {
      (void)peer.send("SSH-2.0-OpenSSH_9.2\r\n");
      (void)peer.wait_for_end();
    });

    CHECK(code_of(lane.exchange()) == ErrorCode::protocol);
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("because the answer is too large is closed") {
    Lane lane([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", std::string(2000, 'x')));
      (void)peer.wait_for_end();
    });
    lane.options.max_body_octets = 1000;

    CHECK(code_of(lane.exchange()) == ErrorCode::limit);
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("can be used again") {
    int requests = 0;
    Lane lane([&](Peer& peer) {
      (void)peer.read_request();
      if (++requests > 1) (void)peer.send(http_answer("200 OK", "<ok/>"));
    });
    CHECK_FALSE(lane.exchange().ok());

    CHECK(lane.exchange().ok());
  }
}

TEST_SUITE("connection that waits") {
  TEST_CASE("for an answer ends at the deadline of the call, and says whose it was") {
    Lane lane(stall);
    const Clock::time_point start = Clock::now();

    const auto response = lane.exchange({lane.cancellation, start + kShort});

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "127.0.0.1 (port "));
    CHECK(contains(response.error().message, "because the whole call had no more"));
    CHECK(since(start) >= kShort);
    CHECK(since(start) < bound(kShort + kPromptly));
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("for an answer ends at the bound of the phase, and names it") {
    Lane lane(stall);
    lane.options.timeouts.receive = kShort;

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "the wait for the answer of 127.0.0.1 (port "));
    CHECK(milliseconds_in(response.error().message) >= kShort.count());
  }

  TEST_CASE("for the end of a flood has one deadline, not one for each piece") {
    Gate flooding;
    Lane lane([&](Peer& peer) { flood(peer, flooding); });
    lane.options.max_body_octets = 1U << 30;
    lane.options.timeouts.receive = kShort;
    const Clock::time_point start = Clock::now();

    const auto response = lane.exchange();

    CHECK(code_of(response) == ErrorCode::timed_out);
    CHECK(since(start) < bound(kShort + kPromptly));
  }

  TEST_CASE("for the end of a flood ends soon after a stop") {
    Gate flooding;
    Lane lane([&](Peer& peer) { flood(peer, flooding); });
    lane.options.max_body_octets = 1U << 30;
    Clock::time_point stopped;
    std::jthread stopping([&] {
      (void)flooding.wait();
      stopped = Clock::now();
      lane.cancellation.stop(StopReason::cancelled);
    });

    const auto response = lane.exchange();
    const Clock::time_point back = Clock::now();
    stopping.join();

    CHECK(code_of(response) == ErrorCode::cancelled);
    CHECK(back - stopped < bound(kPromptly));
  }

  TEST_CASE("for an answer ends soon after a stop") {
    Gate asked;
    Lane lane([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)peer.wait_for_end();
    });
    Clock::time_point stopped;
    std::jthread stopping([&] {
      (void)asked.wait();
      stopped = Clock::now();
      lane.cancellation.stop(StopReason::cancelled);
    });

    const auto response = lane.exchange();
    const Clock::time_point back = Clock::now();
    stopping.join();

    CHECK(code_of(response) == ErrorCode::cancelled);
    CHECK(back - stopped < bound(kPromptly));
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("to send to a peer that does not read ends at its bound") {
    Gate over;
    Lane lane([&](Peer&) { (void)over.wait(); });
    lane.options.timeouts.send = kShort;
    const HttpRequest large{"text/xml", std::string(32 << 20, 'x'), false};

    const auto response = lane.connection().exchange("POST", "/wsman", large,
                                                     {lane.cancellation, Clock::now() + kPatience});
    over.open();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "the sending of the request to 127.0.0.1"));
  }

  TEST_CASE("was stopped before it began sends nothing") {
    Lane lane(answer_all);
    lane.cancellation.stop(StopReason::cancelled);

    CHECK(code_of(lane.exchange()) == ErrorCode::cancelled);
    CHECK_FALSE(lane.connection().is_open());
  }
}

}  // namespace wsman::testing
