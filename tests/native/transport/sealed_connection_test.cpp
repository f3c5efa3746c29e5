// A lane whose messages are sealed, against servers that change them.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/fake_mechanism.h"
#include "fakes/lane.h"

namespace wsman::testing {
namespace {

std::string answer_with(const Sealed& sealed, const std::string& status = "200 OK") {
  return http_answer(status, write_sealed(kSpnegoProtocol, kSealedType, {sealed}),
                     "Content-Type: " + sealed_content_type(kSpnegoProtocol) + "\r\n");
}

// Authenticates in one leg.
void accept(Peer& peer) {
  (void)peer.read_request();
  (void)peer.send(http_answer("200 OK", ""));
}

LoopbackServer::Script answering(const std::string& octets) {
  return [octets](Peer& peer) {
    accept(peer);
    (void)peer.read_request();
    (void)peer.send(octets);
    (void)peer.wait_for_end();
  };
}

struct SealedLane : Lane {
  explicit SealedLane(LoopbackServer::Script script) : Lane(std::move(script)) {
    plan.tokens = 1;
    plan.seals = true;
    mechanism = std::make_unique<FakeMechanism>(plan);
  }

  FakePlan plan;
};

// What an answer comes to that must not be believed.
void check_refused(const std::string& octets, const std::string& why) {
  SealedLane lane(answering(octets));
  const auto response = lane.exchange();
  CAPTURE(why);
  REQUIRE_FALSE(response.ok());
  CHECK(response.error().code == ErrorCode::protocol);
  CHECK(response.error().wsman_code == 0x803380F9);
  CHECK(contains(response.error().message, why));
  CHECK_FALSE(lane.connection().is_open());
}

}  // namespace

TEST_SUITE("sealed connection") {
  TEST_CASE("sends nothing in clear text and reads what was sealed") {
    std::vector<std::string> heard;
    SealedLane lane([&](Peer& peer) {
      accept(peer);
      for (int number = 1; number <= 3; ++number) {
        heard.push_back(peer.read_request());
        (void)peer.send(answer_with(fake_seal(number, "<answer/>")));
      }
      (void)peer.wait_for_end();
    });
    Trace trace(Trace::Level::verbose);

    for (int i = 0; i < 3; ++i) {
      const auto response = lane.exchange(trace);
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

  TEST_CASE("takes the padding of OMI off, and leaves UTF-16 as it is") {
    SealedLane omi(answering(answer_with(fake_seal(1, {"<a/>\0\0", 6}))));
    CHECK(omi.exchange().value().body == "<a/>");

    const std::string wide("<\0a\0/\0>\0", 8);
    SealedLane utf16(answering(http_answer(
        "200 OK",
        write_sealed(kSpnegoProtocol, "application/soap+xml;charset=UTF-16", {fake_seal(1, wide)}),
        "Content-Type: " + sealed_content_type(kSpnegoProtocol) + "\r\n")));
    CHECK(utf16.exchange().value().body == wide);
  }

  TEST_CASE("reads a sealed fault") {
    SealedLane lane(answering(answer_with(fake_seal(1, "<fault/>"), "500 Internal Server Error")));

    const auto response = lane.exchange();

    REQUIRE(response.ok());
    CHECK(response.value().status == 500);
    CHECK(response.value().body == "<fault/>");
    CHECK(lane.connection().is_open());
  }

  TEST_CASE("believes no answer in clear text") {
    check_refused(http_answer("200 OK", "<ok/>", "Content-Type: application/soap+xml\r\n"),
                  "not encrypted");
    check_refused(http_answer("200 OK", ""), "not encrypted");
  }

  TEST_CASE("takes nothing but the status from a failure in clear text, and ends the context") {
    SealedLane lane(answering(http_answer("500 Internal Server Error", "<fault/>",
                                          "Content-Type: application/soap+xml\r\n")));

    const auto response = lane.exchange();

    REQUIRE(response.ok());
    CHECK(response.value().status == 500);
    CHECK(response.value().body.empty());
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("believes no message that was changed, repeated or cut") {
    check_refused(answer_with(fake_seal(2, "<answer/>")), "signature is wrong");
    Sealed forged = fake_seal(1, "<answer/>");
    forged.signature[0] = 'S';
    check_refused(answer_with(forged), "signature is wrong");
    std::string body = write_sealed(kSpnegoProtocol, kSealedType, {fake_seal(1, "<answer/>")});
    body.erase(body.size() - 30, 3);
    check_refused(http_answer("200 OK", body,
                              "Content-Type: " + sealed_content_type(kSpnegoProtocol) + "\r\n"),
                  "cannot be trusted");
  }

  TEST_CASE("seals anew what a connection lost unheard, and authenticates again once") {
    std::vector<std::string> heard;
    std::atomic<int> visits{0};
    SealedLane lane([&](Peer& peer) {
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
    const Call call{lane.cancellation, Clock::now() + kPatience};

    REQUIRE(lane.connection().exchange("POST", "/wsman", idempotent, call).ok());
    const auto second = lane.connection().exchange("POST", "/wsman", idempotent, call);

    REQUIRE(second.ok());
    CHECK(second.value().body == "<again/>");
    REQUIRE(heard.size() == 2);
    CHECK(contains(heard[0], "sign2"));
    CHECK(contains(heard[1], "sign1"));
    CHECK(lane.plan.begun == 2);
  }

  TEST_CASE("never sends again what may have been carried out") {
    std::atomic<int> visits{0};
    SealedLane lane([&](Peer& peer) {
      ++visits;
      accept(peer);
      (void)peer.read_request();
      (void)peer.send(answer_with(fake_seal(1, "<first/>")));
      (void)peer.read_request();
    });

    REQUIRE(lane.exchange().ok());
    const auto second = lane.exchange();

    REQUIRE_FALSE(second.ok());
    CHECK(second.error().code == ErrorCode::connection_lost);
    CHECK(contains(second.error().message, "is not known"));
    CHECK(visits.load() == 1);
  }

  TEST_CASE("authenticates again, once, to a server that has forgotten it") {
    std::atomic<int> visits{0};
    SealedLane lane([&](Peer& peer) {
      const int visit = ++visits;
      accept(peer);
      (void)peer.read_request();
      if (visit == 1) (void)peer.send(answer_with(fake_seal(1, "<first/>")));
      if (visit == 1) (void)peer.read_request();
      (void)peer.send(http_answer("401 Unauthorized", "", "WWW-Authenticate: Negotiate\r\n"));
      (void)peer.wait_for_end();
    });

    REQUIRE(lane.exchange().ok());
    CHECK(code_of(lane.exchange()) == ErrorCode::access_denied);
    CHECK(visits.load() == 2);
  }
}

TEST_SUITE("bare connection") {
  TEST_CASE("says that clear text was refused, by 401 or by an empty 500") {
    for (const char* status : {"401 Unauthorized", "500 Internal Server Error"}) {
      CAPTURE(status);
      SealedLane lane(answering(http_answer(status, "", "WWW-Authenticate: Negotiate\r\n")));
      lane.plan.seals = false;

      const auto response = lane.exchange();

      REQUIRE_FALSE(response.ok());
      CHECK(response.error().code == ErrorCode::unencrypted);
      CHECK(response.error().wsman_code == 5);
      CHECK(contains(response.error().message, "-NoEncryption"));
    }
  }
}

}  // namespace wsman::testing
