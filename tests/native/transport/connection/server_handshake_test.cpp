// The round trips of an authentication, against servers that do what one test says.
#include "transport/connection/server_handshake.h"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "fakes/fake_mechanism.h"
#include "fakes/gate.h"
#include "fakes/loopback_connection.h"
#include "fakes/tls_connection.h"
#include "support/advice.h"
#include "transport/tls/channel_binding.h"

namespace wsman::testing {
namespace {

std::string challenge(const std::string& token) {
  return "WWW-Authenticate: Negotiate" + (token.empty() ? "" : " " + base64(token)) + "\r\n";
}

std::string denial(const std::string& token) {
  return http_answer("401 Unauthorized", "", challenge(token));
}

// Takes `round_trips` tokens, the last with 200.
bool accept(Peer& peer, int round_trips, std::vector<std::string>* heard = nullptr) {
  for (int trip = 1; trip <= round_trips; ++trip) {
    const std::string request = peer.read_request();
    if (heard != nullptr) heard->push_back(request);
    if (!contains(request, base64("token " + std::to_string(trip)))) return false;
    const std::string answer = "answer " + std::to_string(trip);
    const bool sent = trip < round_trips ? peer.send(denial(answer))
                                         : peer.send(http_answer("200 OK", "", challenge(answer)));
    if (!sent) return false;
  }
  return true;
}

void refuse_and_close(Peer& peer) {
  (void)peer.read_request();
  (void)peer.send(http_answer("401 Unauthorized", "", challenge("") + "Connection: close\r\n"));
}

struct FakeMechanismConnection : LoopbackConnection {
  explicit FakeMechanismConnection(LoopbackServer::Script script)
      : LoopbackConnection(std::move(script)) {
    mechanism = std::make_unique<FakeMechanism>(plan);
  }

  FakePlan plan;
};

}  // namespace

TEST_SUITE("Handshake with a server") {
  TEST_CASE("Tokens are sent without a body, and the request after them without a token") {
    std::vector<std::string> heard;
    FakeMechanismConnection client([&](Peer& peer) {
      if (accept(peer, 2, &heard)) answer_all(peer);
    });
    Trace trace(Trace::Level::verbose);

    REQUIRE(client.exchange(trace).ok());
    REQUIRE(client.exchange(trace).ok());

    REQUIRE(heard.size() == 2);
    for (const std::string& request : heard) {
      CHECK(contains(request, "\r\nContent-Length: 0\r\n"));
      CHECK(contains(request, "\r\nAuthorization: Negotiate "));
    }
    CHECK(client.plan.begun == 1);
    CHECK(client.plan.last_answer == "answer 2");
    CHECK(client.server.accepted() == 1);
    const auto lines = trace.take();
    REQUIRE(lines.size() == 2);
    CHECK(contains(lines[1].text, "with Fake in 2 round trips."));
  }

  TEST_CASE("The handshake goes on without a server token if the mechanism expects that") {
    const auto say_nothing = [](Peer& peer) {
      if (!contains(peer.read_request(), base64("token 1"))) return;
      if (!peer.send(denial(""))) return;
      if (!contains(peer.read_request(), base64("token 2"))) return;
      if (!peer.send(http_answer("200 OK", ""))) return;
      answer_all(peer);
    };
    FakeMechanismConnection client(say_nothing);
    client.plan.takes_empty_answer = true;
    CHECK(client.exchange().ok());

    FakeMechanismConnection other(say_nothing);
    const auto response = other.exchange();
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);

    FakeMechanismConnection elsewhere(deny("WWW-Authenticate: Basic realm=\"WSMAN\"\r\n"));
    elsewhere.plan.takes_empty_answer = true;
    CHECK_FALSE(elsewhere.exchange().ok());
  }

  TEST_CASE("The handshake ends after sixteen round trips") {
    std::atomic<int> round_trips{0};
    FakeMechanismConnection client([&](Peer& peer) {
      while (!peer.read_request().empty()) {
        ++round_trips;
        if (!peer.send(denial("more"))) return;
      }
    });
    client.plan.tokens = 1000;

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::authentication);
    CHECK(contains(response.error().message, "one token after the other"));
    CHECK(round_trips.load() == 16);
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A missing mechanism is an error that names those the server offers") {
    FakeMechanismConnection client(
        deny("WWW-Authenticate: Basic realm=\"WSMAN\"\r\nWWW-Authenticate: Digest\r\n"));

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(contains(response.error().message, "does not offer the authentication Negotiate"));
    CHECK(contains(response.error().message, "Basic, Digest"));
  }

  TEST_CASE("The error names the user, and over http does not mention channel binding") {
    FakeMechanismConnection client(deny("WWW-Authenticate: Negotiate\r\n"));
    client.options.credential.given = true;
    client.options.credential.user_name = "someone";

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(response.error().wsman_code == 5);
    CHECK(contains(response.error().message, "\"someone\""));
    CHECK_FALSE(contains(advice_of(response.error()), "LookForOtherCertificate"));
  }

  TEST_CASE("A refusal of a further token may come from another connection") {
    int tokens = 0;
    SUBCASE("The first token is refused") { tokens = 0; }
    SUBCASE("The second token is refused") { tokens = 1; }
    FakeMechanismConnection client([tokens](Peer& peer) {
      for (int i = 0; i < tokens; ++i) {
        (void)peer.read_request();
        (void)peer.send(denial("answer"));
      }
      (void)peer.read_request();
      (void)peer.send(denial(""));
      (void)peer.wait_for_end();
    });
    give_credential(client.options);

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(contains(advice_of(response.error()), "CheckCredential"));
    CHECK(contains(advice_of(response.error()), "CheckOneConnection(Negotiate)") == (tokens == 1));
  }

  TEST_CASE("The fallback of a mechanism is tried once") {
    FakeMechanismConnection client([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(denial(""));
      if (accept(peer, 2)) answer_all(peer);
    });
    client.plan.fallbacks = 1;

    CHECK(client.exchange().ok());
    CHECK(client.server.accepted() == 1);
  }

  TEST_CASE("The fallback of a mechanism takes another connection if the refusal closes one") {
    std::atomic<int> connections{0};
    FakeMechanismConnection client([&](Peer& peer) {
      if (++connections == 1) return refuse_and_close(peer);
      if (accept(peer, 2)) answer_all(peer);
    });
    client.plan.fallbacks = 1;

    CHECK(client.exchange().ok());
    CHECK(client.server.accepted() == 2);
    CHECK(client.plan.begun == 1);
  }

  TEST_CASE("A fallback that cannot reach the computer again says why") {
    FakeMechanismConnection client(refuse_and_close);
    client.plan.fallbacks = 1;
    client.options.endpoint.host = "somewhere";
    int lookups = 0;
    client.lookup = [&](const std::string& /*host*/, uint16_t port) {
      return ++lookups == 1 ? net::system_lookup("127.0.0.1", port)
                            : net::LookupResult{{}, "the name is gone"};
    };

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::name_resolution);
    CHECK(response.error().outcome == Outcome::not_done);
  }

  TEST_CASE("A fallback goes on only with the server that the context is bound to") {
    const TlsIdentity other("other", identity());
    for (const bool is_same : {true, false}) {
      CAPTURE(is_same);
      FakePlan plan;
      plan.fallbacks = 1;
      std::atomic<int> connections{0};
      std::atomic<bool> was_asked{false};
      Gate over;
      TlsConnection client([&](Peer& peer) {
        const bool is_first = ++connections == 1;
        if (!peer.accept_tls((is_first || is_same ? identity() : other).context())) return;
        if (is_first) return refuse_and_close(peer);
        if (is_same && accept(peer, 2)) answer_all(peer);
        if (!is_same) was_asked = !peer.read_request().empty();
        over.open();
      });
      client.options.trusted_ca_path = identity().file();
      client.mechanism = std::make_unique<FakeMechanism>(plan);

      const auto response = client.exchange();

      CHECK(response.ok() == is_same);
      if (!is_same) CHECK(code_of(response) == ErrorCode::connection_lost);
      (void)client.close();
      CHECK(over.wait());
      CHECK_FALSE(was_asked);
      CHECK(client.server.accepted() == 2);
    }
  }

  TEST_CASE("A token that is not base64 or not valid is refused") {
    FakeMechanismConnection odd(deny("WWW-Authenticate: Negotiate Zg\r\n"));
    CHECK(code_of(odd.exchange()) == ErrorCode::authentication);
    FakeMechanismConnection garbage(deny(challenge("garbage")));
    CHECK(code_of(garbage.exchange()) == ErrorCode::authentication);
  }

  TEST_CASE("A success status before the mechanism is complete is an error") {
    FakeMechanismConnection client([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "", ""));
      (void)peer.wait_for_end();
    });
    client.plan.tokens = 2;

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::authentication);
    CHECK(contains(response.error().message, "before it was complete"));
  }

  TEST_CASE("A token that is too large is reported as such") {
    for (const char* status : {"400 Bad Request", "413 Too Large", "431 Too Large"}) {
      FakeMechanismConnection client([status](Peer& peer) {
        (void)peer.read_request();
        (void)peer.send(http_answer(status, "<h2>Bad Request - Request Too Long</h2>"));
        (void)peer.wait_for_end();
      });
      client.plan.padding = 6000;
      const auto response = client.exchange();
      REQUIRE_FALSE(response.ok());
      CHECK(response.error().code == ErrorCode::authentication);
      CHECK(advice_of(response.error()) == "RaiseHeadLimits");
    }
  }

  TEST_CASE("An answer that has nothing to do with the authentication is given as it is") {
    for (const char* status : {"302 Found", "400 Bad Request", "404 Not Found", "503 Busy"}) {
      CAPTURE(status);
      FakeMechanismConnection client([status](Peer& peer) {
        (void)peer.read_request();
        (void)peer.send(http_answer(status, "<s:Envelope/>", "Location: https://elsewhere/\r\n"));
        (void)peer.wait_for_end();
      });

      const auto response = client.exchange();

      REQUIRE(response.ok());
      CHECK(response.value().status == std::stoi(status));
      CHECK(response.value().location == "https://elsewhere/");
      CHECK(response.value().body.empty());
      CHECK(response.value().is_before_request);
      CHECK_FALSE(client.connection().is_open());
    }
  }

  TEST_CASE("A token that is refused as a bad request is followed by another mechanism") {
    FakeMechanismConnection client([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("400 Bad Request", ""));
      if (accept(peer, 2)) answer_all(peer);
    });
    client.plan.fallbacks = 1;

    CHECK(client.exchange().ok());
    CHECK(client.server.accepted() == 1);
  }

  TEST_CASE("A server that hangs up between round trips ends the handshake") {
    FakeMechanismConnection client([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(
          http_answer("401 Unauthorized", "", challenge("more") + "Connection: close\r\n"));
    });

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::connection_lost);
    CHECK(contains(response.error().message, "between two steps"));
    CHECK(advice_of(response.error()).empty());
  }

  TEST_CASE("The handshake waits no longer than the time to reach the computer, and names that") {
    FakeMechanismConnection client(stall);
    client.options.authentication = AuthenticationKind::negotiate;
    client.options.timeouts.reach = kShort;

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::timed_out);
    CHECK(advice_of(response.error()) == "AllowMoreTimeBySetting(ConnectTimeoutms)");
  }

  TEST_CASE("The handshake is bound to the certificate of the TLS connection") {
    FakePlan plan;
    TlsConnection client(identity(), [](Peer& peer) {
      if (accept(peer, 2)) answer_all(peer);
    });
    client.mechanism = std::make_unique<FakeMechanism>(plan);

    REQUIRE(client.exchange().ok());

    CHECK(plan.binding.starts_with("tls-server-end-point:"));
    CHECK(plan.binding.size() == 21 + 32);
  }
}

}  // namespace wsman::testing
