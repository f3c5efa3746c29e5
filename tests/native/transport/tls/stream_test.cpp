#include "transport/tls/stream.h"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fakes/client_keys.h"
#include "fakes/gate.h"
#include "fakes/tls_connection.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"
#include "transport/tls/certified_key.h"
#include "transport/tls/trust_store.h"

namespace wsman::testing {
namespace {

const TlsIdentity& elsewhere() {
  static const TlsIdentity made("IP:127.0.0.99,DNS:other.test");
  return made;
}

// Tells when a request waits to be sent on: a stop is let through before each attempt, and then
// while the socket takes no more.
class Blocked : public Overtime {
 public:
  bool hold_stop(const Phase& /*phase*/) override { return true; }
  void let_stop_through() override {
    if (++times_ == 2) gate.open();
  }
  void begin(const Error& /*late*/) override {}
  void stop(StopReason /*reason*/) override {}

  Gate gate;

 private:
  int times_ = 0;
};

// Of this thread.
Milliseconds processor_time() {
  timespec used{};
  (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return Milliseconds(used.tv_sec * 1000 + used.tv_nsec / 1000000);
}

void give_certificate(TransportOptions& options) {
  const ClientKeys keys;
  ClientCertificate certificate;
  certificate.chain = {keys.der()};
  certificate.private_key.append(keys.private_key());
  options.authentication = AuthenticationKind::client_certificate;
  options.certified_key = tls::CertifiedKey::load(std::move(certificate)).value();
}

void answer(Peer& peer) {
  (void)peer.read_request();
  (void)peer.send(http_answer("200 OK", "<ok/>"));
}

}  // namespace

TEST_SUITE("TLS stream") {
  TEST_CASE("A name outside ASCII is looked up, sent and verified as its A-labels") {
    const TlsIdentity munich("DNS:xn--mnchen-3ya.example");
    std::string asked;
    std::string request;
    TlsConnection client(munich, [&](Peer& peer) {
      request = peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      (void)peer.wait_for_end();
    });
    client.options.endpoint.host = "xn--mnchen-3ya.example";
    client.options.endpoint.typed = "m\xC3\xBCnchen.example";
    client.lookup = [&](const std::string& host, uint16_t port) {
      asked = host;
      return net::system_lookup("127.0.0.1", port);
    };

    CHECK(client.exchange().ok());
    (void)client.close();

    CHECK(asked == "xn--mnchen-3ya.example");
    CHECK(contains(request, "\r\nHost: xn--mnchen-3ya.example:"));
  }

  TEST_CASE("A certificate for another name than one outside ASCII is told of both its forms") {
    TlsConnection client(elsewhere(), answer_all);
    client.options.endpoint.host = "xn--mnchen-3ya.example";
    client.options.endpoint.typed = "m\xC3\xBCnchen.example";
    client.lookup = [](const std::string&, uint16_t port) {
      return net::system_lookup("127.0.0.1", port);
    };

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(contains(response.error().message, "The certificate of m\xC3\xBCnchen.example (port "));
    CHECK(contains(response.error().message,
                   "made out to \"m\xC3\xBCnchen.example\" (xn--mnchen-3ya.example)"));
  }

  TEST_CASE("Several exchanges use one connection") {
    TlsConnection client(identity(), answer_all);

    for (int i = 0; i < 3; ++i) {
      const auto response = client.exchange();
      REQUIRE(response.ok());
      CHECK(response.value().body == "<ok/>");
    }

    CHECK(client.server.accepted() == 1);
  }

  TEST_CASE("Messages larger than a record are carried both ways") {
    std::atomic<size_t> received{0};
    const std::string large(300000, 'x');
    TlsConnection client(identity(), [&](Peer& peer) {
      received = peer.read_request().size();
      (void)peer.send(http_answer("200 OK", large));
      (void)peer.wait_for_end();
    });
    const HttpRequest request{"text/xml", large, false};

    const auto response = client.connection().exchange(
        "POST", "/wsman", request, {client.cancellation, Clock::now() + kPatience});

    REQUIRE(response.ok());
    CHECK(response.value().body == large);
    CHECK(received > large.size());
  }

  TEST_CASE("The stream gives the server's certificate and the TLS version") {
    TlsConnection client(identity(), [](Peer& peer) { (void)peer.wait_for_end(); });
    tls::SessionCache sessions;
    unsigned char* bytes = nullptr;
    const int size = i2d_X509(identity().certificate(), &bytes);
    const std::string expected(reinterpret_cast<char*>(bytes), static_cast<size_t>(size));
    OPENSSL_free(bytes);
    const Call call{client.cancellation, Clock::now() + kPatience};
    const auto addresses = net::resolve(client.options.endpoint, client.lookup, call);
    REQUIRE(addresses.ok());

    const auto socket = net::Socket::connect(addresses.value(), client.options.endpoint, call);
    REQUIRE(socket.ok());
    auto stream = tls::Stream::handshake(socket.value(), client.options, sessions, call);

    REQUIRE(stream.ok());
    CHECK(stream.value().leaf_certificate() == expected);
    CHECK(stream.value().version() == "TLS 1.3");
    CHECK(stream.value().say_goodbye(socket.value(), call));
  }

  TEST_CASE("A TLS connection that the peer has closed is opened again") {
    Gate ended;
    TlsConnection client(identity(), [&](Peer& peer) {
      answer(peer);
      peer.hang_up();
      ended.open();
    });
    REQUIRE(client.exchange().ok());
    REQUIRE(ended.wait());

    CHECK(client.exchange().ok());
    CHECK(client.server.accepted() == 2);
  }
}

TEST_SUITE("TLS renegotiation") {
  TEST_CASE("A client certificate is shown in the middle to the same server, and to no other") {
    const TlsIdentity first("IP:127.0.0.1");
    const TlsIdentity second("IP:127.0.0.1");
    const ScratchFolder folder;
    // Either would be accepted at the beginning.
    const std::string both =
        folder.write("both.pem", content_of(first.file()) + content_of(second.file()));
    REQUIRE(SSL_CTX_set_max_proto_version(first.context(), TLS1_2_VERSION) == 1);
    for (const TlsIdentity* asking : {&first, &second}) {
      const bool is_same = asking == &first;
      CAPTURE(is_same);
      std::atomic<bool> seen{false};
      Gate over;
      TlsConnection client(first, [&](Peer& peer) {
        (void)peer.read_request();
        const bool shaken = peer.shake_hands_again(asking->context());
        seen = peer.has_client_certificate();
        if (shaken) (void)peer.send(http_answer("200 OK", "<ok/>"));
        over.open();
      });
      client.options.trusted_ca_path = both;
      give_certificate(client.options);

      const auto response = client.exchange();

      CHECK(over.wait());
      CHECK(response.ok() == is_same);
      CHECK(seen == is_same);
      // It had the request before.
      if (!response.ok()) CHECK(response.error().outcome == Outcome::unknown);
    }
  }

  TEST_CASE("A server that asks for another handshake and leaves it there costs no processor") {
    const TlsIdentity old("IP:127.0.0.1");
    REQUIRE(SSL_CTX_set_max_proto_version(old.context(), TLS1_2_VERSION) == 1);
    std::atomic<bool> asked{false};
    Blocked blocked;
    TlsConnection client(old, [&](Peer& peer) {
      asked = peer.ask_for_handshake() && blocked.gate.wait();
      peer.leave_tls();
      (void)peer.wait_for_end();
    });
    give_certificate(client.options);
    client.options.timeouts.send = Milliseconds(2000);
    HttpRequest large = kRequest;
    // More than sockets hold, so that it is not sent as a whole before the answer is looked for.
    large.body.assign(16 << 20, 'x');
    Call call{client.cancellation, Clock::now() + kPatience};
    call.overtime = &blocked;
    const Milliseconds before = processor_time();

    const auto response = client.connection().exchange("POST", "/wsman", large, call);

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "the sending of the request"));
    CHECK(asked);
    CHECK(processor_time() - before < client.options.timeouts.send / 2);
  }
}

TEST_SUITE("TLS close_notify") {
  TEST_CASE("A close sends close_notify") {
    Gate in_order;
    TlsConnection client(identity(), [&](Peer& peer) {
      answer(peer);
      if (peer.wait_for_end()) in_order.open();
    });
    REQUIRE(client.exchange().ok());

    const CloseOutcome outcome = client.close();

    CHECK(outcome.closed == 1);
    CHECK(outcome.graceful);
    CHECK(in_order.wait());
  }

  TEST_CASE("A close waits for the peer's close_notify no longer than its timeout") {
    Gate over;
    TlsConnection client(identity(), [&](Peer& peer) {
      answer(peer);
      (void)over.wait();
    });
    client.options.timeouts.close = Milliseconds(50);
    REQUIRE(client.exchange().ok());
    const Clock::time_point start = Clock::now();

    const CloseOutcome outcome = client.close();
    const Milliseconds took = since(start);
    over.open();

    CHECK(outcome.closed == 1);
    CHECK(outcome.graceful);
    CHECK(took < bound(Milliseconds(50) + kPromptly));
  }

  TEST_CASE("A close does not wait for a peer that has gone") {
    Gate answered;
    Gate gone;
    TlsConnection client(identity(), [&](Peer& peer) {
      answer(peer);
      (void)answered.wait();
      peer.reset();
      gone.open();
    });
    client.options.timeouts.close = kPatience;
    REQUIRE(client.exchange().ok());
    answered.open();
    REQUIRE(gone.wait());
    const Clock::time_point start = Clock::now();

    const CloseOutcome outcome = client.close();

    CHECK(outcome.closed == 1);
    CHECK(outcome.secrets_wiped);
    CHECK(since(start) < bound(kPromptly));
  }
}

TEST_SUITE("TLS handshake") {
  TEST_CASE("A certificate of an unknown authority is refused before anything is sent") {
    std::atomic<bool> asked{false};
    TlsConnection client(identity(), [&](Peer& peer) { asked = !peer.read_request().empty(); });
    client.options.trusted_ca_path = "";

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::certificate);
    CHECK(contains(response.error().message, "it is signed by an unknown certificate authority"));
    CHECK_FALSE(contains(response.error().message, "made out to"));
    CHECK_FALSE(client.connection().is_open());
    CHECK_FALSE(asked);
  }

  TEST_CASE("A certificate for another name is refused") {
    TlsConnection client(elsewhere(), answer_all);

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::certificate);
    CHECK(contains(response.error().message, "it is not made out to \"127.0.0.1\""));
    CHECK(contains(response.error().message, "names: 127.0.0.99, other.test"));
    CHECK_FALSE(contains(response.error().message, "not trusted"));
  }

  TEST_CASE("A certificate that fails both checks needs both options") {
    for (const bool skip_ca : {false, true}) {
      for (const bool skip_cn : {false, true}) {
        CAPTURE(skip_ca);
        CAPTURE(skip_cn);
        TlsConnection client(elsewhere(), answer_all);
        client.options.trusted_ca_path = "";
        client.options.checks = {skip_ca, skip_cn, false};
        const auto response = client.exchange();
        CHECK(response.ok() == (skip_ca && skip_cn));
        if (response.ok()) continue;
        CHECK(contains(response.error().message, "unknown certificate authority") == !skip_ca);
        CHECK(contains(response.error().message, "made out to") == !skip_cn);
      }
    }
  }

  TEST_CASE("A server without TLS is reported as a TLS error") {
    TlsConnection client([](Peer& peer) { (void)peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::tls);
    CHECK(advice_of(response.error()) == "CheckTlsPort");
  }

  TEST_CASE("A handshake that the server breaks off is a TLS error") {
    TlsConnection client([](Peer&) {});

    CHECK(code_of(client.exchange()) == ErrorCode::tls);
  }

  TEST_CASE("A handshake with a silent server ends at its timeout, and the error names it") {
    TlsConnection client([](Peer& peer) { (void)peer.wait_for_end(); });
    client.options.timeouts.reach = kShort;

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(contains(response.error().message, "the TLS handshake with 127.0.0.1 (port "));
    CHECK(advice_of(response.error()) == "AllowMoreTimeBySetting(ConnectTimeoutms)");
  }

  TEST_CASE("A handshake ends promptly after a stop") {
    Gate reached;
    TlsConnection client([&](Peer& peer) {
      reached.open();
      (void)peer.wait_for_end();
    });
    Clock::time_point stopped;
    std::jthread stopping([&] {
      (void)reached.wait();
      stopped = Clock::now();
      client.cancellation.stop(StopReason::cancelled);
    });

    const auto response = client.exchange();
    const Clock::time_point back = Clock::now();
    stopping.join();

    CHECK(code_of(response) == ErrorCode::cancelled);
    CHECK(back - stopped < bound(kPromptly));
  }

  TEST_CASE("The handshake obeys SSL_CERT_FILE and SSL_CERT_DIR") {
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
        TlsConnection client(identity(), answer_all);
        client.options.trusted_ca_path = "";
        CHECK(client.exchange().ok() == set);
      }
    }
  }

  TEST_CASE("The bundle of the system is read for a chain that ends in no other authority") {
    const TlsIdentity another("another authority", elsewhere());
    for (const bool needed : {true, false}) {
      CAPTURE(needed);
      setenv("SSL_CERT_FILE", (needed ? identity() : another).file().c_str(), 1);
      TlsConnection client(identity(), answer_all);
      client.options.trusted_ca_path = (needed ? another : identity()).file();

      const bool accepted = client.exchange().ok();

      const auto trust = tls::trusted_context(client.options.trusted_ca_path,
                                              {client.cancellation, Clock::now() + kPatience});
      unsetenv("SSL_CERT_FILE");
      CHECK(accepted);
      REQUIRE(trust.ok());
      REQUIRE(trust.value().bundle);
      CHECK(trust.value().bundle->is_read() == needed);
    }
  }

  TEST_CASE("What a certificate lacks is told alike whether the bundle has been read or not") {
    TlsConnection client(elsewhere(), answer_all);
    std::vector<std::string> told;
    for (int i = 0; i < 2; ++i) {
      setenv("SSL_CERT_FILE", elsewhere().file().c_str(), 1);
      client.options.trusted_ca_path = "";
      const auto response = client.exchange();
      unsetenv("SSL_CERT_FILE");
      REQUIRE_FALSE(response.ok());
      told.push_back(response.error().message);
    }
    CHECK(told.front() == told.back());
    CHECK(contains(told.front(), "127.0.0.99"));
    CHECK_FALSE(contains(told.front(), "unknown certificate authority"));
  }

  TEST_CASE("The error for unreadable authorities has their path") {
    TlsConnection client(identity(), answer_all);
    client.options.trusted_ca_path = "/nonexistent/ca.pem";

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::certificate);
    CHECK(contains(response.error().message, "/nonexistent/ca.pem"));
  }
}

}  // namespace wsman::testing
