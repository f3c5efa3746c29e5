#include "transport/connection.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/gate.h"
#include "fakes/lane.h"
#include "support/bounds.h"

namespace wsman::testing {
TEST_SUITE("connection") {
  TEST_CASE("opens with the first exchange and is kept for the next") {
    Lane lane(answer_all);
    CHECK_FALSE(lane.connection().is_open());

    for (int i = 0; i < 3; ++i) {
      const auto response = lane.exchange();
      REQUIRE(response.ok());
      CHECK(response.value().body == "<ok/>");
      CHECK(lane.connection().is_open());
    }

    CHECK(lane.server.accepted() == 1);
  }

  TEST_CASE("tells whoever listens where it connected to, once") {
    Lane lane(answer_all);
    Trace trace(Trace::Level::verbose);

    for (int i = 0; i < 2; ++i) REQUIRE(lane.exchange(trace).ok());

    const auto lines = trace.take();
    const std::string where = "127.0.0.1:" + std::to_string(lane.server.port());
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].level == Trace::Level::verbose);
    CHECK(lines[0].text == "Connected to " + where + " (127.0.0.1), without TLS.");
  }

  TEST_CASE("sends what the codec writes") {
    std::string received;
    {
      Lane lane([&](Peer& peer) {
        received = peer.read_request();
        (void)peer.send(http_answer("200 OK", "<ok/>"));
        (void)peer.wait_for_end();
      });
      REQUIRE(lane.exchange().ok());
    }

    CHECK(contains(received, "POST /wsman HTTP/1.1\r\nHost: 127.0.0.1:"));
    CHECK(contains(received, "\r\n\r\n<question/>"));
    CHECK_FALSE(contains(received, "Authorization"));
  }

  TEST_CASE("that the peer has ended is opened again") {
    Gate ended;
    Lane lane([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      peer.hang_up();
      ended.open();
    });
    REQUIRE(lane.exchange().ok());
    REQUIRE(ended.wait());

    CHECK(lane.exchange().ok());
    CHECK(lane.server.accepted() == 2);
  }

  TEST_CASE("on which octets came unasked is not used again") {
    Gate sent;
    Lane lane([&](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>"));
      (void)peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
      sent.open();
      (void)peer.wait_for_end();
    });
    REQUIRE(lane.exchange().ok());
    REQUIRE(sent.wait());

    const auto second = lane.exchange();

    REQUIRE(second.ok());
    CHECK(second.value().body == "<ok/>");
    CHECK(lane.server.accepted() == 2);
  }

  TEST_CASE("that the answer ends is closed, and the answer is a value") {
    Lane lane([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>", "Connection: close\r\n"));
      (void)peer.wait_for_end();
    });

    CHECK(lane.exchange().ok());
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("gives any status but 401 as a value") {
    Lane lane([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("302 Found", "", "Location: http://else.test/\r\n"));
      (void)peer.wait_for_end();
    });

    const auto response = lane.exchange();

    REQUIRE(response.ok());
    CHECK(response.value().status == 302);
    CHECK(response.value().location == "http://else.test/");
    CHECK(lane.server.accepted() == 1);
  }
}

TEST_SUITE("connection that is denied access") {
  TEST_CASE("names the user and what the server accepts") {
    Lane lane(deny("WWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=\"WSMAN\"\r\n"));
    give_credential(lane.options);

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(response.error().wsman_code == 5);
    CHECK(contains(response.error().message, "denied access to the user \"someone\""));
    CHECK(contains(response.error().message, "It accepts the authentication Negotiate, Basic."));
    CHECK(contains(response.error().message, "Check the user name and the password."));
    CHECK_FALSE(contains(response.error().message, "pass phrase"));
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("names every scheme of a line once, whatever its parameters hold") {
    Lane lane(deny("WWW-Authenticate: Negotiate, Basic realm=\"a, Digest b\", negotiate\r\n"));
    give_credential(lane.options);

    const std::string message = lane.exchange().error().message;

    CHECK(contains(message, "It accepts the authentication Negotiate, Basic."));
    CHECK(contains(message, "Check the user name and the password."));
  }

  TEST_CASE("reads the challenge without regard to case") {
    Lane lane(deny("WWW-Authenticate: basic realm=\"WSMAN\"\r\n"));
    give_credential(lane.options);

    CHECK(contains(lane.exchange().error().message, "Check the user name and the password."));
  }

  TEST_CASE("by a server that wants another authentication says which") {
    Lane lane(deny("WWW-Authenticate: Kerberos\r\n"));
    give_credential(lane.options);

    const std::string message = lane.exchange().error().message;

    CHECK(contains(message, "It accepts the authentication Kerberos."));
    CHECK(contains(message, "Use -Authentication and -Credential to match."));
  }

  TEST_CASE("by a server that says nothing says so") {
    Lane lane(deny(""));

    CHECK(contains(lane.exchange().error().message, "It named no authentication"));
  }
}

}  // namespace wsman::testing
