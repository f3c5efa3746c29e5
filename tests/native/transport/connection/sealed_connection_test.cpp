// A connection whose messages are sealed, against servers that change them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/fake_mechanism.h"
#include "fakes/loopback_connection.h"
#include "support/advice.h"

namespace wsman::testing {
namespace {

std::string answer_with(const http::Sealed& sealed, const std::string& status = "200 OK",
                        const std::string& type = kSealedType) {
  return http_answer(status, http::write_sealed(kSpnegoProtocol, type, {sealed}),
                     "Content-Type: " + http::sealed_content_type(kSpnegoProtocol) + "\r\n");
}

// Authenticates in one round trip.
void accept(Peer& peer) {
  (void)peer.read_request();
  (void)peer.send(http_answer("200 OK", ""));
}

LoopbackServer::Script answering(const std::string& bytes) {
  return [bytes](Peer& peer) {
    accept(peer);
    (void)peer.read_request();
    (void)peer.send(bytes);
    (void)peer.wait_for_end();
  };
}

struct SealedConnection : LoopbackConnection {
  explicit SealedConnection(LoopbackServer::Script script) : LoopbackConnection(std::move(script)) {
    plan.tokens = 1;
    plan.seals = true;
    mechanism = std::make_unique<FakeMechanism>(plan);
  }

  FakePlan plan;
};

// Answers once, and then as a server that has lost the security context.
LoopbackServer::Script losing_the_context(std::atomic<int>& visits) {
  return [&visits](Peer& peer) {
    const int visit = ++visits;
    accept(peer);
    (void)peer.read_request();
    if (visit == 1) (void)peer.send(answer_with(fake_seal(1, "<first/>")));
    if (visit == 1) (void)peer.read_request();
    (void)peer.send(http_answer("401 Unauthorized", "", "WWW-Authenticate: Negotiate\r\n"));
    (void)peer.wait_for_end();
  };
}

// What an answer comes to that must not be believed.
void check_refused(const std::string& bytes, const std::string& why) {
  SealedConnection client(answering(bytes));
  const auto response = client.exchange();
  CAPTURE(why);
  REQUIRE_FALSE(response.ok());
  CHECK(response.error().code == ErrorCode::protocol);
  CHECK(response.error().wsman_code == 0x803380F9);
  CHECK(contains(response.error().message, why));
  CHECK_FALSE(client.connection().is_open());
}

}  // namespace

TEST_SUITE("Sealed connection") {
  TEST_CASE("Requests are sent sealed, and sealed responses are read") {
    std::vector<std::string> heard;
    SealedConnection client([&](Peer& peer) {
      accept(peer);
      for (int number = 1; number <= 3; ++number) {
        heard.push_back(peer.read_request());
        (void)peer.send(answer_with(fake_seal(number, "<answer/>")));
      }
      (void)peer.wait_for_end();
    });
    Trace trace(Trace::Level::verbose);

    for (int i = 0; i < 3; ++i) {
      const auto response = client.exchange(trace);
      REQUIRE(response.ok());
      CHECK(response.value().body == "<answer/>");
      CHECK(response.value().content_type == "application/soap+xml");
    }

    REQUIRE(heard.size() == 3);
    for (const std::string& request : heard) {
      CHECK_FALSE(contains(request, "<question/>"));
      CHECK_FALSE(contains(request, "Authorization"));
      CHECK(contains(request, "Content-Type: multipart/encrypted;protocol=\"" + kSpnegoProtocol));
      CHECK(
          contains(request, "OriginalContent: type=application/soap+xml;charset=UTF-8;Length=11"));
    }
    CHECK(contains(heard[2], "sign3"));
    CHECK(contains(trace.take().at(1).text, "in 1 round trip; messages are encrypted."));
  }

  TEST_CASE("The padding of OMI is removed, and UTF-16 is left as it is") {
    SealedConnection omi(answering(answer_with(fake_seal(1, {"<a/>\0\0", 6}))));
    CHECK(omi.exchange().value().body == "<a/>");

    const std::string wide("<\0a\0/\0>\0", 8);
    SealedConnection utf16(answering(
        answer_with(fake_seal(1, wide), "200 OK", "application/soap+xml;charset=UTF-16")));
    CHECK(utf16.exchange().value().body == wide);
  }

  TEST_CASE("The charset of a sealed response is not believed, since it is not sealed") {
    const std::string text = "<a>\xC3\xBC</a>";
    for (const char* charset : {"UTF-8", "ISO-8859-1", "UTF-16"}) {
      CAPTURE(charset);
      SealedConnection client(answering(answer_with(
          fake_seal(1, text), "200 OK", std::string("application/soap+xml;charset=") + charset)));

      const auto response = client.exchange();

      REQUIRE(response.ok());
      CHECK(response.value().body == text);
      CHECK(response.value().charset.empty());
    }
  }

  TEST_CASE("A sealed fault is read") {
    SealedConnection client(
        answering(answer_with(fake_seal(1, "<fault/>"), "500 Internal Server Error")));

    const auto response = client.exchange();

    REQUIRE(response.ok());
    CHECK(response.value().status == 500);
    CHECK(response.value().body == "<fault/>");
    CHECK(client.connection().is_open());
  }

  TEST_CASE("The status of a sealed response proves nothing, since it is not sealed") {
    for (const char* status : {"200 OK", "503 Busy", "302 Elsewhere\r\nLocation: http://evil/"}) {
      CAPTURE(status);
      SealedConnection client(answering(answer_with(fake_seal(1, "<answer/>"), status)));

      const auto response = client.exchange();

      REQUIRE(response.ok());
      CHECK(response.value().is_unproved);
      CHECK(response.value().location.empty());
    }
  }

  TEST_CASE("A response in clear text is refused") {
    check_refused(http_answer("200 OK", "<ok/>", "Content-Type: application/soap+xml\r\n"),
                  "not encrypted");
    check_refused(http_answer("200 OK", ""), "not encrypted");
  }

  TEST_CASE("An error in clear text gives its status alone, unproved, and ends the context") {
    SealedConnection client(answering(http_answer("500 Internal Server Error", "<fault/>",
                                                  "Content-Type: application/soap+xml\r\n")));

    const auto response = client.exchange();

    REQUIRE(response.ok());
    CHECK(response.value().status == 500);
    CHECK(response.value().is_unproved);
    CHECK(response.value().body.empty());
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A message that was changed, repeated or truncated is refused") {
    check_refused(answer_with(fake_seal(2, "<answer/>")), "signature is wrong");
    http::Sealed forged = fake_seal(1, "<answer/>");
    forged.signature[0] = 'S';
    check_refused(answer_with(forged), "signature is wrong");
    std::string body =
        http::write_sealed(kSpnegoProtocol, kSealedType, {fake_seal(1, "<answer/>")});
    body.erase(body.size() - 30, 3);
    check_refused(
        http_answer("200 OK", body,
                    "Content-Type: " + http::sealed_content_type(kSpnegoProtocol) + "\r\n"),
        "cannot be trusted");
  }

  TEST_CASE("A request on a lost connection is sealed again after one new authentication") {
    std::vector<std::string> heard;
    std::atomic<int> visits{0};
    SealedConnection client([&](Peer& peer) {
      accept(peer);
      const int visit = ++visits;
      if (visit == 1) {
        (void)peer.read_request();
        (void)peer.send(answer_with(fake_seal(1, "<first/>")));
      }
      heard.push_back(peer.read_request());
      if (visit > 1) (void)peer.send(answer_with(fake_seal(1, "<again/>")));
      if (visit > 1) (void)peer.wait_for_end();
    });
    HttpRequest idempotent = kRequest;
    idempotent.idempotent = true;
    const Call call{client.cancellation, Clock::now() + kPatience};

    REQUIRE(client.connection().exchange("POST", "/wsman", idempotent, call).ok());
    const auto second = client.connection().exchange("POST", "/wsman", idempotent, call);

    REQUIRE(second.ok());
    CHECK(second.value().body == "<again/>");
    REQUIRE(heard.size() == 2);
    CHECK(contains(heard[0], "sign2"));
    CHECK(contains(heard[1], "sign1"));
    CHECK(client.plan.begun == 2);
  }

  TEST_CASE("A request that may have been carried out is not sent again") {
    std::atomic<int> visits{0};
    SealedConnection client([&](Peer& peer) {
      ++visits;
      accept(peer);
      (void)peer.read_request();
      (void)peer.send(answer_with(fake_seal(1, "<first/>")));
      (void)peer.read_request();
    });

    REQUIRE(client.exchange().ok());
    const auto second = client.exchange();

    REQUIRE_FALSE(second.ok());
    CHECK(second.error().code == ErrorCode::connection_lost);
    CHECK(advice_of(second.error()) == "CheckOutcome");
    CHECK(visits.load() == 1);
  }

  TEST_CASE("A server that has lost the security context is authenticated to once more") {
    std::atomic<int> visits{0};
    SealedConnection client(losing_the_context(visits));
    HttpRequest idempotent = kRequest;
    idempotent.idempotent = true;
    const Call call{client.cancellation, Clock::now() + kPatience};

    REQUIRE(client.connection().exchange("POST", "/wsman", idempotent, call).ok());
    const auto again = client.connection().exchange("POST", "/wsman", idempotent, call);

    REQUIRE_FALSE(again.ok());
    CHECK(again.error().code == ErrorCode::access_denied);
    CHECK(again.error().outcome == Outcome::unknown);
    CHECK(advice_of(again.error()) == "CheckRights LookForBalancer");
    CHECK(visits.load() == 2);
  }

  // Anybody on the way may have written the refusal, and the server may have done its work.
  TEST_CASE("A refusal in clear text has no request sent again that may not be done twice") {
    std::atomic<int> visits{0};
    SealedConnection client(losing_the_context(visits));

    REQUIRE(client.exchange().ok());
    const auto again = client.exchange();

    REQUIRE_FALSE(again.ok());
    CHECK(again.error().code == ErrorCode::connection_lost);
    CHECK(again.error().outcome == Outcome::unknown);
    CHECK(contains(again.error().message, "with HTTP 401 in clear text"));
    CHECK(advice_of(again.error()) == "CheckRights LookForBalancer CheckOutcome");
    CHECK(visits.load() == 1);
    CHECK_FALSE(client.connection().is_open());
  }

  TEST_CASE("A refusal right after the authentication says that connections may be mixed") {
    std::atomic<int> visits{0};
    SealedConnection client([&](Peer& peer) {
      ++visits;
      accept(peer);
      (void)peer.read_request();
      (void)peer.send(http_answer("401 Unauthorized", "", "WWW-Authenticate: Negotiate\r\n"));
      (void)peer.wait_for_end();
    });

    const auto refused = client.exchange();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::access_denied);
    CHECK(refused.error().outcome == Outcome::unknown);
    CHECK(contains(refused.error().message, "accepted a moment before"));
    CHECK(advice_of(refused.error()) == "CheckRights LookForBalancer CheckOutcome");
    CHECK(visits.load() == 1);
  }
}

TEST_SUITE("Sealed request without an answer") {
  TEST_CASE("An empty 400 tells that the server has lost the security context") {
    SealedConnection client(answering(http_answer("400 Bad Request", "")));

    const auto response = client.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(contains(response.error().message, "does not know the security context"));
    CHECK(contains(advice_of(response.error()), "LookForBalancer"));
    CHECK_FALSE(client.connection().is_open());
  }
}

TEST_SUITE("Unsealed connection") {
  TEST_CASE("A 401 and an empty 500 are reported as clear text that was refused") {
    for (const char* status : {"401 Unauthorized", "500 Internal Server Error"}) {
      CAPTURE(status);
      SealedConnection client(
          answering(http_answer(status, "", "WWW-Authenticate: Negotiate\r\n")));
      client.plan.seals = false;

      const auto response = client.exchange();

      REQUIRE_FALSE(response.ok());
      CHECK(response.error().code == ErrorCode::unencrypted);
      CHECK(response.error().wsman_code == 5);
      CHECK(advice_of(response.error()) == "EncryptMessages");
      CHECK(response.error().outcome == Outcome::not_done);
    }
  }

  TEST_CASE("An empty 500 after clear text was taken is an answer to the request") {
    SealedConnection client([](Peer& peer) {
      accept(peer);
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<answer/>"));
      (void)peer.read_request();
      (void)peer.send(http_answer("500 Internal Server Error", ""));
      (void)peer.wait_for_end();
    });
    client.plan.seals = false;
    REQUIRE(client.exchange().ok());

    const auto response = client.exchange();

    REQUIRE(response.ok());
    CHECK(response.value().status == 500);
  }
}

}  // namespace wsman::testing
