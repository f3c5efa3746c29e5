// The way through a proxy.
#include "transport/connection/proxy.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/tls_connection.h"
#include "support/advice.h"
#include "transport/http_transport.h"

namespace wsman::testing {
namespace {

constexpr const char* kTarget = "server01.example.com";

const TlsIdentity& target_identity() {
  static const TlsIdentity made(std::string("DNS:") + kTarget);
  return made;
}

TransportOptions options_by(const std::string& address) {
  TransportOptions options;
  options.endpoint = {true, kTarget, 5986, "/wsman"};
  options.trusted_ca_path = target_identity().file();
  options.timeouts.reach = options.timeouts.receive = kPatience;
  options.proxy.emplace();
  options.proxy->authentication = AuthenticationKind::basic;
  options.proxy->credential = {true, "gate", Secret("open sesame")};
  options.proxy->address = address;
  return options;
}

// Every name leads to this computer.
net::LookupResult everything_here(const std::string& /*host*/, uint16_t port) {
  return net::system_lookup("127.0.0.1", port);
}

// A client behind a proxy that does what a test says; once it answers CONNECT with success it is
// the target as well.
struct Proxied {
  explicit Proxied(LoopbackServer::Script script)
      : server(std::move(script)),
        options(options_by("http://proxy.example.com:" + std::to_string(server.port()))) {}

  Result<HttpResponse> ask() {
    if (!transport) {
      auto made = make_http_transport(std::move(options), policy, everything_here);
      if (!made.ok()) return made.error();
      transport = std::move(made.value());
    }
    return transport->exchange(kRequest, {cancellation, Clock::now() + kPatience, &trace});
  }

  LoopbackServer server;
  TransportOptions options;
  authentication::Policy policy;
  Cancellation cancellation;
  Trace trace{Trace::Level::verbose};
  std::unique_ptr<Transport> transport;
};

constexpr const char* kConnected = "HTTP/1.1 200 Connection established\r\n\r\n";

void be_the_target(Peer& peer) {
  if (peer.accept_tls(target_identity().context())) answer_all(peer);
}

std::string proxy_denial(const std::string& challenge, const std::string& further = "") {
  return http_answer("407 Proxy Authentication Required", "<html>no</html>",
                     "Proxy-Authenticate: " + challenge + "\r\n" + further);
}

Error failure(LoopbackServer::Script script) {
  Proxied proxied(std::move(script));
  const auto response = proxied.ask();
  REQUIRE_FALSE(response.ok());
  CHECK(proxied.transport->connections() == 0);
  CHECK_FALSE(contains(response.error().message, "open sesame"));
  return response.error();
}

}  // namespace

TEST_SUITE("Proxy tunnel") {
  TEST_CASE("The proxy gets CONNECT and its own credential, and nothing else in clear text") {
    std::string seen;
    Proxied proxied([&](Peer& peer) {
      seen += peer.read_request();
      (void)peer.send(kConnected);
      be_the_target(peer);
    });
    proxied.options.authentication = AuthenticationKind::basic;
    proxied.options.credential = {true, "someone", Secret("pass phrase")};

    REQUIRE(proxied.ask().ok());
    REQUIRE(proxied.ask().ok());

    CHECK(contains(seen, "CONNECT server01.example.com:5986 HTTP/1.1\r\n"));
    CHECK(contains(seen, "\r\nHost: server01.example.com:5986\r\n"));
    CHECK(contains(seen, "\r\nProxy-Authorization: Basic Z2F0ZTpvcGVuIHNlc2FtZQ==\r\n"));
    CHECK_FALSE(contains(seen, "\r\nAuthorization"));
    CHECK_FALSE(contains(seen, "wsman HTTP"));
    CHECK(proxied.server.accepted() == 1);
    CHECK(contains(proxied.trace.take().at(0).text, "through the proxy proxy.example.com:"));
    CHECK(proxied.transport->close({proxied.cancellation, Clock::now() + kPatience}).secrets_wiped);
  }

  TEST_CASE("Every successful status opens the tunnel, from HTTP/1.0 too") {
    for (const char* answer :
         {"HTTP/1.0 200 OK\r\nProxy-agent: x\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"}) {
      Proxied proxied([&](Peer& peer) {
        (void)peer.read_request();
        (void)peer.send(answer);
        be_the_target(peer);
      });
      CHECK(proxied.ask().ok());
    }
  }

  TEST_CASE("A Digest challenge of the proxy is answered, even after it closed the connection") {
    for (const char* further : {"", "Connection: close\r\n"}) {
      CAPTURE(further);
      std::string seen;
      Proxied proxied([&](Peer& peer) {
        for (;;) {
          const std::string request = peer.read_request();
          if (request.empty()) return;
          seen += request;
          if (contains(request, "Proxy-Authorization: Digest ")) break;
          (void)peer.send(proxy_denial("Digest realm=\"p\", nonce=\"n\", qop=\"auth\"", further));
          if (*further != '\0') return;
        }
        (void)peer.send(kConnected);
        be_the_target(peer);
      });
      proxied.options.proxy->authentication = AuthenticationKind::digest;
      CHECK(proxied.ask().ok());
      CHECK(contains(seen, "uri=\"server01.example.com:5986\""));
    }
  }

  TEST_CASE("A proxy that denies access ends the call, however often it asks") {
    const Error basic = failure([](Peer& peer) {
      while (!peer.read_request().empty()) (void)peer.send(proxy_denial("Basic realm=\"p\""));
    });
    CHECK(basic.code == ErrorCode::access_denied);
    CHECK(contains(basic.message, "the proxy proxy.example.com"));
    CHECK(contains(basic.message, "\"gate\""));
    CHECK(advice_of(basic) == "CheckProxyCredential");

    std::atomic<int> asked{0};
    Proxied endless([&](Peer& peer) {
      while (!peer.read_request().empty()) {
        ++asked;
        (void)peer.send(proxy_denial("Digest realm=\"p\", nonce=\"n\", qop=\"auth\", stale=true"));
      }
    });
    endless.options.proxy->authentication = AuthenticationKind::digest;
    const auto response = endless.ask();
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(asked.load() == 10);
  }

  TEST_CASE("The error for a proxy that is absent, hangs up or refuses names the proxy") {
    TransportOptions options =
        options_by("http://proxy.example.com:" + std::to_string(refused_port()));
    auto transport = make_http_transport(std::move(options), {}, everything_here);
    REQUIRE(transport.ok());
    Cancellation cancellation;
    const auto response =
        transport.value()->exchange(kRequest, {cancellation, Clock::now() + kPatience});
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::cannot_connect);
    CHECK(advice_of(response.error()) == "CheckReachable CheckProxy");

    const Error left = failure([](Peer& peer) { (void)peer.read_request(); });
    CHECK(left.code == ErrorCode::connection_lost);
    CHECK(advice_of(left) == "CheckProxy");

    const Error refused = failure([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("403 Forbidden", "no"));
    });
    CHECK(refused.code == ErrorCode::cannot_connect);
    CHECK(contains(refused.message, "cannot connect to the destination server01.example.com"));
    CHECK(contains(refused.message, "answered 403"));
  }

  TEST_CASE("The wait for a proxy ends at its timeout and promptly after a stop") {
    Proxied silent([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.wait_for_end();
    });
    silent.options.timeouts.reach = kShort;
    const auto late = silent.ask();
    REQUIRE_FALSE(late.ok());
    CHECK(late.error().code == ErrorCode::timed_out);
    CHECK(advice_of(late.error()) == "AllowMoreTimeBySetting(ConnectTimeoutms) CheckProxy");

    Cancellation* stop = nullptr;
    Proxied stopped([&](Peer& peer) {
      (void)peer.read_request();
      stop->stop(StopReason::cancelled);
      (void)peer.wait_for_end();
    });
    stop = &stopped.cancellation;
    const auto response = stopped.ask();
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::cancelled);
    CHECK(stopped.transport->connections() == 0);
  }

  TEST_CASE("A proxy response with unexpected data or a head that is too large is refused") {
    const Error more = failure([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(std::string(kConnected) + "and more");
      (void)peer.wait_for_end();
    });
    CHECK(more.code == ErrorCode::cannot_connect);
    const Error head = failure([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send("HTTP/1.1 407 No\r\nX: " + std::string(70000, 'x') + "\r\n\r\n");
    });
    CHECK(head.code == ErrorCode::limit);
    const Error garbage = failure([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send("SSH-2.0-proxy\r\n\r\n");
    });
    CHECK(garbage.code == ErrorCode::protocol);
  }
}

}  // namespace wsman::testing
