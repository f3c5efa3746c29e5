#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "fakes/gate.h"
#include "fakes/loopback_connection.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "transport/connection/connection.h"

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

TEST_SUITE("Failed exchange") {
  TEST_CASE("A port without a listener is reported as a failed connection") {
    LoopbackConnection client(answer_all);
    client.options.endpoint.port = refused_port();

    CHECK(code_of(client.exchange()) == ErrorCode::cannot_connect);
    CHECK_FALSE(client.connection().is_open());
    CHECK(client.close().closed == 0);
  }

  TEST_CASE("A peer that closes without a response loses the connection, without a retry") {
    LoopbackConnection client([](Peer& peer) { (void)peer.read_request(); });

    CHECK(code_of(client.exchange()) == ErrorCode::connection_lost);
    CHECK_FALSE(client.connection().is_open());
    CHECK(client.server.accepted() == 1);
  }

  TEST_CASE("A reset by the peer is reported as a lost connection") {
    LoopbackConnection client([](Peer& peer) {
      (void)peer.read_request();
      peer.reset();
    });

    CHECK(code_of(client.exchange()) == ErrorCode::connection_lost);
  }

  TEST_CASE("A port of plain http that ends the connection at once may speak TLS") {
    for (const bool resets : {false, true}) {
      CAPTURE(resets);
      LoopbackConnection client([resets](Peer& peer) {
        (void)peer.read_request();
        if (resets) peer.reset();
      });

      const Result<HttpResponse> response = client.exchange();

      REQUIRE(code_of(response) == ErrorCode::connection_lost);
      CHECK(contains(advice_of(response.error()), "UseTlsIfSpoken"));
    }
  }

  TEST_CASE("A port of plain http that answers in TLS is told as one") {
    LoopbackConnection client([](Peer& peer) {
      (void)peer.read_request();
      // A fatal alert of TLS 1.0, decode_error.
      (void)peer.send(std::string("\x15\x03\x01\x00\x02\x02\x32", 7));
      (void)peer.wait_for_end();
    });

    const Result<HttpResponse> response = client.exchange();

    REQUIRE(code_of(response) == ErrorCode::protocol);
    CHECK(contains(response.error().message, "speaks TLS where plain http was asked for"));
    CHECK(advice_of(response.error()) == "UseTls");
  }

  TEST_CASE("A truncated response is reported as a lost connection") {
    LoopbackConnection client([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    });

    const Result<HttpResponse> response = client.exchange();
    REQUIRE(code_of(response) == ErrorCode::connection_lost);
    CHECK_FALSE(contains(advice_of(response.error()), "UseTlsIfSpoken"));
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A response that is not HTTP closes the connection") {
    LoopbackConnection client([](Peer& peer) {
      (void)peer.send("SSH-2.0-OpenSSH_9.2\r\n");
      (void)peer.wait_for_end();
    });

    CHECK(code_of(client.exchange()) == ErrorCode::protocol);
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A response that is too large closes the connection") {
    LoopbackConnection client([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", std::string(2000, 'x')));
      (void)peer.wait_for_end();
    });
    client.options.max_body_bytes = 1000;

    CHECK(code_of(client.exchange()) == ErrorCode::limit);
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A connection can be used again after a failed exchange") {
    int requests = 0;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      if (++requests > 1) (void)peer.send(http_answer("200 OK", "<ok/>"));
    });
    CHECK_FALSE(client.exchange().ok());

    CHECK(client.exchange().ok());
  }
}

TEST_SUITE("Waiting exchange") {
  TEST_CASE("The wait for a response ends at the call's deadline, and the error names the server") {
    LoopbackConnection client(stall);
    const Clock::time_point start = Clock::now();

    const auto response = client.exchange({client.cancellation, start + kShort});

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "127.0.0.1 (port "));
    CHECK(contains(response.error().message, "because the whole call had no more"));
    CHECK(since(start) >= kShort);
    CHECK(since(start) < bound(kShort + kPromptly));
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A request may take longer than it may take to reach the computer") {
    Gate never;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      (void)never.wait_until(Clock::now() + 2 * kShort);
      (void)peer.send(http_answer("200 OK", "late"));
    });
    client.options.timeouts.reach = kShort;

    CHECK(client.exchange().ok());
  }

  TEST_CASE("The wait for a response ends at the receive timeout, and the error names the phase") {
    LoopbackConnection client(stall);
    client.options.timeouts.receive = kShort;

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "the wait for the answer of 127.0.0.1 (port "));
    CHECK(milliseconds_in(response.error().message) >= kShort.count());
  }

  TEST_CASE("An endless response has one deadline, not one for each piece") {
    Gate flooding;
    LoopbackConnection client([&](Peer& peer) { flood(peer, flooding); });
    client.options.max_body_bytes = 1U << 30;
    client.options.timeouts.receive = kShort;
    const Clock::time_point start = Clock::now();

    const auto response = client.exchange();

    CHECK(code_of(response) == ErrorCode::timed_out);
    CHECK(since(start) < bound(kShort + kPromptly));
  }

  TEST_CASE("The reading of an endless response ends promptly after a stop") {
    Gate flooding;
    LoopbackConnection client([&](Peer& peer) { flood(peer, flooding); });
    client.options.max_body_bytes = 1U << 30;
    Clock::time_point stopped;
    std::jthread stopping([&] {
      (void)flooding.wait();
      stopped = Clock::now();
      client.cancellation.stop(StopReason::cancelled);
    });

    const auto response = client.exchange();
    const Clock::time_point back = Clock::now();
    stopping.join();

    CHECK(code_of(response) == ErrorCode::cancelled);
    CHECK(back - stopped < bound(kPromptly));
  }

  TEST_CASE("The wait for a response ends promptly after a stop") {
    Gate asked;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      asked.open();
      (void)peer.wait_for_end();
    });
    Clock::time_point stopped;
    std::jthread stopping([&] {
      (void)asked.wait();
      stopped = Clock::now();
      client.cancellation.stop(StopReason::cancelled);
    });

    const auto response = client.exchange();
    const Clock::time_point back = Clock::now();
    stopping.join();

    CHECK(code_of(response) == ErrorCode::cancelled);
    CHECK(back - stopped < bound(kPromptly));
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("Sending to a peer that does not read ends at the send timeout") {
    Gate over;
    LoopbackConnection client([&](Peer&) { (void)over.wait(); });
    client.options.timeouts.send = kShort;
    const HttpRequest large{"text/xml", std::string(32 << 20, 'x'), false};

    const auto response = client.connection().exchange(
        "POST", "/wsman", large, {client.cancellation, Clock::now() + kPatience});
    over.open();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "the sending of the request to 127.0.0.1"));
  }

  TEST_CASE("An exchange that was stopped before it began sends nothing") {
    LoopbackConnection client(answer_all);
    client.cancellation.stop(StopReason::cancelled);

    CHECK(code_of(client.exchange()) == ErrorCode::cancelled);
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("An exchange that was stopped before it began sends nothing on an open connection") {
    std::string second;
    Gate over;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      second = peer.read_request();
      over.open();
    });
    REQUIRE(client.exchange().ok());
    client.cancellation.stop(StopReason::cancelled);

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::cancelled);
    CHECK(response.error().outcome == Outcome::not_done);
    REQUIRE(over.wait());
    CHECK(second.empty());
  }
}

}  // namespace wsman::testing
