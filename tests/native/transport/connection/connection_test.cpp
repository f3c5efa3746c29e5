#include "transport/connection/connection.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/gate.h"
#include "fakes/loopback_connection.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
TEST_SUITE("Connection") {
  TEST_CASE("A connection is opened by the first exchange and kept for the next") {
    LoopbackConnection client(answer_all);
    CHECK_FALSE(client.connection().is_open());

    for (int i = 0; i < 3; ++i) {
      const auto response = client.exchange();
      REQUIRE(response.ok());
      CHECK(response.value().body == "<ok/>");
      CHECK(client.connection().is_open());
    }

    CHECK(client.server.accepted() == 1);
  }

  TEST_CASE("The trace has the address of a new connection once") {
    LoopbackConnection client(answer_all);
    Trace trace(Trace::Level::verbose);

    for (int i = 0; i < 2; ++i) REQUIRE(client.exchange(trace).ok());

    const auto lines = trace.take();
    const std::string where = "127.0.0.1:" + std::to_string(client.server.port());
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].level == Trace::Level::verbose);
    CHECK(lines[0].text == "Connected to " + where + " (127.0.0.1), without TLS.");
  }

  TEST_CASE("The request is sent as the codec writes it") {
    std::string received;
    {
      LoopbackConnection client([&](Peer& peer) {
        received = peer.read_request();
        (void)peer.send(http_answer("200 OK", "<ok/>"));
        (void)peer.wait_for_end();
      });
      REQUIRE(client.exchange().ok());
    }

    CHECK(contains(received, "POST /wsman HTTP/1.1\r\nHost: 127.0.0.1:"));
    CHECK(contains(received, "\r\n\r\n<question/>"));
    CHECK_FALSE(contains(received, "Authorization"));
  }

  TEST_CASE("A connection that the peer has closed is opened again") {
    Gate ended;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      peer.hang_up();
      ended.open();
    });
    REQUIRE(client.exchange().ok());
    REQUIRE(ended.wait());

    CHECK(client.exchange().ok());
    CHECK(client.server.accepted() == 2);
  }

  TEST_CASE("A connection with unexpected bytes is not used again") {
    Gate sent;
    LoopbackConnection client([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      (void)peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
      sent.open();
      (void)peer.wait_for_end();
    });
    REQUIRE(client.exchange().ok());
    REQUIRE(sent.wait());

    const auto second = client.exchange();

    REQUIRE(second.ok());
    CHECK(second.value().body == "<ok/>");
    CHECK(client.server.accepted() == 2);
  }

  TEST_CASE("A connection that the response ends is closed after the response is read") {
    LoopbackConnection client([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>", "Connection: close\r\n"));
      (void)peer.wait_for_end();
    });

    CHECK(client.exchange().ok());
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("Every HTTP status but 401 is returned as a response") {
    LoopbackConnection client([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("302 Found", "", "Location: http://else.test/\r\n"));
      (void)peer.wait_for_end();
    });

    const auto response = client.exchange();

    REQUIRE(response.ok());
    CHECK(response.value().status == 302);
    CHECK(response.value().location == "http://else.test/");
    CHECK(client.server.accepted() == 1);
  }
}

TEST_SUITE("Access denied") {
  TEST_CASE("The error names the user and the mechanisms that the server accepts") {
    LoopbackConnection client(
        deny("WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=\"WSMAN\"\r\n"));
    give_credential(client.options);

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(response.error().wsman_code == 5);
    CHECK(contains(response.error().message, "Access is denied by "));
    CHECK(contains(response.error().message, " to the user \"someone\""));
    CHECK(contains(response.error().message, "It accepts the authentication Negotiate, Basic."));
    CHECK(advice_of(response.error()) ==
          "CheckCredential CheckLocalAccount UseNegotiateBeyondAscii");
    CHECK_FALSE(contains(response.error().message, "pass phrase"));
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("The error names each mechanism once, whatever its parameters hold") {
    LoopbackConnection client(
        deny("WWW-Authenticate: Negotiate, Basic realm=\"a, Digest b\", negotiate\r\n"));
    give_credential(client.options);

    const Error error = client.exchange().error();

    CHECK(contains(error.message, "It accepts the authentication Negotiate, Basic."));
    CHECK(contains(advice_of(error), "CheckCredential"));
  }

  TEST_CASE("An account of the server's own may be filtered there, and one of a domain is not") {
    for (const char* user : {"someone", ".\\someone", "SERVER01\\someone", "DOMAIN\\someone",
                             "someone@domain.example"}) {
      CAPTURE(user);
      LoopbackConnection client(deny("WWW-Authenticate: Negotiate, Basic realm=\"x\"\r\n"));
      give_credential(client.options);
      client.options.endpoint.host = "server01.domain.example";
      client.lookup = [](const std::string&, uint16_t port) {
        return net::system_lookup("127.0.0.1", port);
      };
      client.options.credential.user_name = user;

      const bool is_domains = contains(user, "omain") || contains(user, "DOMAIN");

      CHECK(contains(advice_of(client.exchange().error()), "CheckLocalAccount") != is_domains);
    }
  }

  TEST_CASE("The challenge is read without regard to case") {
    LoopbackConnection client(deny("WWW-Authenticate: basic realm=\"WSMAN\"\r\n"));
    give_credential(client.options);

    CHECK(advice_of(client.exchange().error()) == "CheckCredential");
  }

  TEST_CASE("The error names the mechanism that a server wants instead") {
    LoopbackConnection client(deny("WWW-Authenticate: Kerberos\r\n"));
    give_credential(client.options);

    const Error error = client.exchange().error();

    CHECK(contains(error.message, "It accepts the authentication Kerberos."));
    CHECK(advice_of(error) == "MatchAuthentication");
  }

  TEST_CASE("A server that accepts what is of web servers alone is none of WS-Management") {
    for (const AuthenticationKind kind : {AuthenticationKind::basic, AuthenticationKind::digest}) {
      CAPTURE(static_cast<int>(kind));
      LoopbackConnection client(deny("WWW-Authenticate: Bearer realm=\"api\"\r\n"));
      give_credential(client.options);
      client.options.authentication = kind;

      const Error error = client.exchange().error();

      CHECK(contains(error.message, "It accepts the authentication Bearer."));
      CHECK(advice_of(error) == "CheckAddress");
    }
  }

  TEST_CASE("The error says so if the server named no mechanism") {
    LoopbackConnection client(deny(""));

    CHECK(contains(client.exchange().error().message, "It named no authentication"));
  }

  TEST_CASE("A credential that is refused without a word may be wrong") {
    LoopbackConnection client(deny(""));
    give_credential(client.options);

    const Error error = client.exchange().error();

    CHECK(contains(error.message, " to the user \"someone\""));
    CHECK(advice_of(error) == "CheckCredential");
  }
}

}  // namespace wsman::testing
