#include "transport/tls.h"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fakes/gate.h"
#include "fakes/tls_lane.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

const TlsIdentity& elsewhere() {
  static const TlsIdentity made("IP:127.0.0.99,DNS:other.test");
  return made;
}

void answer(Peer& peer) {
  (void)peer.read_request();
  (void)peer.send(http_answer("200 OK", "<ok/>"));
}

}  // namespace

TEST_SUITE("tls") {
  TEST_CASE("carries exchanges over one connection") {
    TlsLane lane(identity(), answer_all);

    for (int i = 0; i < 3; ++i) {
      const auto response = lane.exchange();
      REQUIRE(response.ok());
      CHECK(response.value().body == "<ok/>");
    }

    CHECK(lane.server.accepted() == 1);
  }

  TEST_CASE("carries what is larger than a record, both ways") {
    std::atomic<size_t> received{0};
    const std::string large(300000, 'x');
    TlsLane lane(identity(), [&](Peer& peer) {
      received = peer.read_request().size();
      (void)peer.send(http_answer("200 OK", large));
      (void)peer.wait_for_end();
    });
    const HttpRequest request{"text/xml", large, false};

    const auto response = lane.connection().exchange("POST", "/wsman", request,
                                                     {lane.cancellation, Clock::now() + kPatience});

    REQUIRE(response.ok());
    CHECK(response.value().body == large);
    CHECK(received > large.size());
  }

  TEST_CASE("shows the server's own certificate and the version") {
    TlsLane lane(identity(), [](Peer& peer) { (void)peer.wait_for_end(); });
    TlsSessions sessions;
    unsigned char* octets = nullptr;
    const int size = i2d_X509(identity().certificate(), &octets);
    const std::string expected(reinterpret_cast<char*>(octets), static_cast<size_t>(size));
    OPENSSL_free(octets);
    const Call call{lane.cancellation, Clock::now() + kPatience};
    const auto addresses = resolve("127.0.0.1", lane.server.port(), lane.lookup, call);
    REQUIRE(addresses.ok());

    const auto socket =
        Socket::connect(addresses.value(), lane.options.endpoint, lane.options.timeouts, call);
    REQUIRE(socket.ok());
    auto stream = TlsStream::handshake(socket.value(), lane.options, sessions, call);

    REQUIRE(stream.ok());
    CHECK(stream.value().leaf_certificate() == expected);
    CHECK(stream.value().version() == "TLS 1.3");
    CHECK(stream.value().say_goodbye(socket.value(), call));
  }

  TEST_CASE("that the peer has ended is opened again") {
    Gate ended;
    TlsLane lane(identity(), [&](Peer& peer) {
      answer(peer);
      peer.hang_up();
      ended.open();
    });
    REQUIRE(lane.exchange().ok());
    REQUIRE(ended.wait());

    CHECK(lane.exchange().ok());
    CHECK(lane.server.accepted() == 2);
  }
}

TEST_SUITE("tls goodbye") {
  TEST_CASE("is said, so that the peer sees an orderly end") {
    Gate in_order;
    TlsLane lane(identity(), [&](Peer& peer) {
      answer(peer);
      if (peer.wait_for_end()) in_order.open();
    });
    REQUIRE(lane.exchange().ok());

    const CloseOutcome outcome = lane.close();

    CHECK(outcome.closed == 1);
    CHECK(outcome.graceful);
    CHECK(in_order.wait());
  }

  TEST_CASE("is not waited for longer than its bound when the peer says none") {
    Gate over;
    TlsLane lane(identity(), [&](Peer& peer) {
      answer(peer);
      (void)over.wait();
    });
    lane.options.timeouts.close = Milliseconds(50);
    REQUIRE(lane.exchange().ok());
    const Clock::time_point start = Clock::now();

    const CloseOutcome outcome = lane.close();
    const Milliseconds took = since(start);
    over.open();

    CHECK(outcome.closed == 1);
    CHECK(outcome.graceful);
    CHECK(took < bound(Milliseconds(50) + kPromptly));
  }

  TEST_CASE("to a peer that is gone takes no time") {
    Gate answered;
    Gate gone;
    TlsLane lane(identity(), [&](Peer& peer) {
      answer(peer);
      (void)answered.wait();
      peer.reset();
      gone.open();
    });
    lane.options.timeouts.close = kPatience;
    REQUIRE(lane.exchange().ok());
    answered.open();
    REQUIRE(gone.wait());
    const Clock::time_point start = Clock::now();

    const CloseOutcome outcome = lane.close();

    CHECK(outcome.closed == 1);
    CHECK(outcome.secrets_wiped);
    CHECK(since(start) < bound(kPromptly));
  }
}

TEST_SUITE("tls handshake") {
  TEST_CASE("with an unknown authority is refused, and nothing is sent") {
    std::atomic<bool> asked{false};
    TlsLane lane(identity(), [&](Peer& peer) { asked = !peer.read_request().empty(); });
    lane.options.trusted_ca_path = "";

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::certificate);
    CHECK(contains(response.error().message, "its certificate authority is not trusted here"));
    CHECK_FALSE(contains(response.error().message, "made out to"));
    CHECK_FALSE(lane.connection().is_open());
    CHECK_FALSE(asked);
  }

  TEST_CASE("with a certificate for another name is refused") {
    TlsLane lane(elsewhere(), answer_all);

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::certificate);
    CHECK(contains(response.error().message, "it is not made out to \"127.0.0.1\""));
    CHECK(contains(response.error().message, "names: 127.0.0.99, other.test"));
    CHECK_FALSE(contains(response.error().message, "not trusted"));
  }

  TEST_CASE("that fails both checks names both, and each option forgives one alone") {
    for (const bool skip_ca : {false, true}) {
      for (const bool skip_cn : {false, true}) {
        CAPTURE(skip_ca);
        CAPTURE(skip_cn);
        TlsLane lane(elsewhere(), answer_all);
        lane.options.trusted_ca_path = "";
        lane.options.checks = {skip_ca, skip_cn, false};
        const auto response = lane.exchange();
        CHECK(response.ok() == (skip_ca && skip_cn));
        if (response.ok()) continue;
        CHECK(contains(response.error().message, "not trusted") == !skip_ca);
        CHECK(contains(response.error().message, "made out to") == !skip_cn);
      }
    }
  }

  TEST_CASE("with a server that speaks none fails with tls") {
    TlsLane lane([](Peer& peer) { (void)peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::tls);
    CHECK(contains(response.error().message, "-UseSSL"));
  }

  TEST_CASE("that the server breaks off fails with tls") {
    TlsLane lane([](Peer&) {});

    CHECK(code_of(lane.exchange()) == ErrorCode::tls);
  }

  TEST_CASE("with a server that says nothing ends at its deadline, and names it") {
    TlsLane lane([](Peer& peer) { (void)peer.wait_for_end(); });
    lane.options.timeouts.tls = kShort;

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "the TLS handshake with 127.0.0.1 (port "));
  }

  TEST_CASE("ends soon after a stop") {
    Gate reached;
    TlsLane lane([&](Peer& peer) {
      reached.open();
      (void)peer.wait_for_end();
    });
    Clock::time_point stopped;
    std::jthread stopping([&] {
      (void)reached.wait();
      stopped = Clock::now();
      lane.cancellation.stop(StopReason::cancelled);
    });

    const auto response = lane.exchange();
    const Clock::time_point back = Clock::now();
    stopping.join();

    CHECK(code_of(response) == ErrorCode::cancelled);
    CHECK(back - stopped < bound(kPromptly));
  }

  TEST_CASE("obeys SSL_CERT_FILE and SSL_CERT_DIR") {
    const ScratchFolder folder;
    std::array<char, 32> name{};  // What OpenSSL looks for in a folder.
    (void)std::snprintf(name.data(), name.size(), "%08lx.0",
                        X509_subject_name_hash(identity().certificate()));
    std::filesystem::copy_file(identity().file(), folder.file(name.data()));
    const std::vector<std::pair<const char*, std::string>> variables{
        {"SSL_CERT_FILE", identity().file()}, {"SSL_CERT_DIR", folder.path()}};
    for (const auto& variable : variables) {
      CAPTURE(variable.first);
      for (const bool set : {true, false}) {
        if (set) setenv(variable.first, variable.second.c_str(), 1);
        if (!set) unsetenv(variable.first);
        TlsLane lane(identity(), answer_all);
        lane.options.trusted_ca_path = "";
        CHECK(lane.exchange().ok() == set);
      }
    }
  }

  TEST_CASE("fails when the authorities cannot be read, naming their path") {
    TlsLane lane(identity(), answer_all);
    lane.options.trusted_ca_path = "/nonexistent/ca.pem";

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::certificate);
    CHECK(contains(response.error().message, "/nonexistent/ca.pem"));
  }
}

}  // namespace wsman::testing
