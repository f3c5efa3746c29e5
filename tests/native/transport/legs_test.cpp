// The round trips of an authentication, against servers that do what one test says.
#include "transport/legs.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/fake_mechanism.h"
#include "fakes/lane.h"
#include "fakes/tls_lane.h"
#include "transport/channel_binding.h"

namespace wsman::testing {
namespace {

std::string challenge(const std::string& token) {
  return "WWW-Authenticate: Negotiate" + (token.empty() ? "" : " " + base64(token)) + "\r\n";
}

std::string denial(const std::string& token) {
  return http_answer("401 Unauthorized", "", challenge(token));
}

// Takes `legs` tokens, the last with 200.
bool accept(Peer& peer, int legs, std::vector<std::string>* heard = nullptr) {
  for (int leg = 1; leg <= legs; ++leg) {
    const std::string request = peer.read_request();
    if (heard != nullptr) heard->push_back(request);
    if (!contains(request, base64("token " + std::to_string(leg)))) return false;
    const std::string answer = "answer " + std::to_string(leg);
    const bool sent = leg < legs ? peer.send(denial(answer))
                                 : peer.send(http_answer("200 OK", "", challenge(answer)));
    if (!sent) return false;
  }
  return true;
}

struct FakeLane : Lane {
  explicit FakeLane(LoopbackServer::Script script) : Lane(std::move(script)) {
    mechanism = std::make_unique<FakeMechanism>(plan);
  }

  FakePlan plan;
};

}  // namespace

TEST_SUITE("legs") {
  TEST_CASE("carry tokens without a body, the first unasked, and then the request without one") {
    std::vector<std::string> heard;
    FakeLane lane([&](Peer& peer) {
      if (accept(peer, 2, &heard)) answer_all(peer);
    });
    Trace trace(Trace::Level::verbose);

    REQUIRE(lane.exchange(trace).ok());
    REQUIRE(lane.exchange(trace).ok());

    REQUIRE(heard.size() == 2);
    for (const std::string& leg : heard) {
      CHECK(contains(leg, "\r\nContent-Length: 0\r\n"));
      CHECK(contains(leg, "\r\nAuthorization: Negotiate "));
    }
    CHECK(lane.plan.begun == 1);
    CHECK(lane.plan.last_answer == "answer 2");
    CHECK(lane.server.accepted() == 1);
    const auto lines = trace.take();
    REQUIRE(lines.size() == 2);
    CHECK(contains(lines[1].text, "with Fake in 2 round trips."));
  }

  TEST_CASE("go on where the server has nothing to say and the mechanism knows that") {
    const auto say_nothing = [](Peer& peer) {
      if (!contains(peer.read_request(), base64("token 1"))) return;
      if (!peer.send(denial(""))) return;
      if (!contains(peer.read_request(), base64("token 2"))) return;
      if (!peer.send(http_answer("200 OK", ""))) return;
      answer_all(peer);
    };
    FakeLane lane(say_nothing);
    lane.plan.takes_empty_answer = true;
    CHECK(lane.exchange().ok());

    FakeLane other(say_nothing);
    const auto response = other.exchange();
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);

    FakeLane elsewhere(deny("WWW-Authenticate: Basic realm=\"WSMAN\"\r\n"));
    elsewhere.plan.takes_empty_answer = true;
    CHECK_FALSE(elsewhere.exchange().ok());
  }

  TEST_CASE("end after sixteen, however many tokens the server asks for") {
    std::atomic<int> legs{0};
    FakeLane lane([&](Peer& peer) {
      while (!peer.read_request().empty()) {
        ++legs;
        if (!peer.send(denial("more"))) return;
      }
    });
    lane.plan.tokens = 1000;

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::authentication);
    CHECK(contains(response.error().message, "one token after the other"));
    CHECK(legs.load() == 16);
    CHECK_FALSE(lane.connection().is_open());
  }

  TEST_CASE("name what the server offers in the place of the mechanism") {
    FakeLane lane(deny("WWW-Authenticate: Basic realm=\"WSMAN\"\r\nWWW-Authenticate: Digest\r\n"));

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(contains(response.error().message, "does not offer the authentication Negotiate"));
    CHECK(contains(response.error().message, "Basic, Digest"));
  }

  TEST_CASE("say who was refused, and no word of channels over http") {
    FakeLane lane(deny("WWW-Authenticate: Negotiate\r\n"));
    lane.options.credential.given = true;
    lane.options.credential.user_name = "someone";

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(response.error().wsman_code == 5);
    CHECK(contains(response.error().message, "\"someone\""));
    CHECK_FALSE(contains(response.error().message, "channel"));
  }

  TEST_CASE("try the other way once where there is one") {
    FakeLane lane([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(denial(""));
      if (accept(peer, 2)) answer_all(peer);
    });
    lane.plan.fallbacks = 1;

    CHECK(lane.exchange().ok());
    CHECK(lane.server.accepted() == 1);
  }

  TEST_CASE("refuse a token that is not base64, and one that is garbage") {
    FakeLane odd(deny("WWW-Authenticate: Negotiate Zg\r\n"));
    CHECK(code_of(odd.exchange()) == ErrorCode::authentication);
    FakeLane garbage(deny(challenge("garbage")));
    CHECK(code_of(garbage.exchange()) == ErrorCode::authentication);
  }

  TEST_CASE("are not over because the server says so") {
    FakeLane lane([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "", ""));
      (void)peer.wait_for_end();
    });
    lane.plan.tokens = 2;

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::authentication);
    CHECK(contains(response.error().message, "before it was complete"));
  }

  TEST_CASE("say that a token was too large") {
    for (const char* status : {"400 Bad Request", "413 Too Large", "431 Too Large"}) {
      FakeLane lane([status](Peer& peer) {
        (void)peer.read_request();
        (void)peer.send(http_answer(status, "<h2>Bad Request - Request Too Long</h2>"));
        (void)peer.wait_for_end();
      });
      const auto response = lane.exchange();
      REQUIRE_FALSE(response.ok());
      CHECK(response.error().code == ErrorCode::authentication);
      CHECK(contains(response.error().message, "MaxFieldLength"));
    }
  }

  TEST_CASE("end with a server that hangs up between them") {
    FakeLane lane([](Peer& peer) {
      (void)peer.read_request();
      (void)peer.send(
          http_answer("401 Unauthorized", "", challenge("more") + "Connection: close\r\n"));
    });

    const auto response = lane.exchange();

    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::connection_lost);
    CHECK(contains(response.error().message, "between two steps"));
    CHECK_FALSE(contains(response.error().message, "not known"));
  }

  TEST_CASE("wait no longer than an answer may take") {
    FakeLane lane(stall);
    lane.options.timeouts.receive = kShort;

    CHECK(code_of(lane.exchange()) == ErrorCode::timed_out);
  }

  TEST_CASE("are bound to the certificate that came over TLS") {
    FakePlan plan;
    TlsLane lane(identity(), [](Peer& peer) {
      if (accept(peer, 2)) answer_all(peer);
    });
    lane.mechanism = std::make_unique<FakeMechanism>(plan);

    REQUIRE(lane.exchange().ok());

    CHECK(plan.binding.starts_with("tls-server-end-point:"));
    CHECK(plan.binding.size() == 21 + 32);
  }
}

}  // namespace wsman::testing
