// A request is sent again only if nothing of it can have been carried out. The server counts.

#include <doctest/doctest.h>

#include "hostile/client.h"
#include "hostile/hostile_server.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// Two exchanges over one transport, and what the server saw of them.
struct Twice {
  // The second one may take so long.
  Twice(const std::string& path, bool tls, const HttpRequest& request,
        Milliseconds time = kPatience) {
    const std::string label = HostileServer::new_label();
    const auto transport =
        transport_for(options_for({tls ? "tls" : "plain", tls, path + "?" + label}));
    Cancellation cancellation;
    first = outcome_of(transport->exchange(request, {cancellation}));
    const auto response = transport->exchange(request, {cancellation, Clock::now() + time});
    second = outcome_of(response);
    message = message_of(response);
    (void)transport->close({cancellation});
    seen = HostileServer::instance().await(label, "connections=0");
  }

  Outcome first = kOk;
  Outcome second = kOk;
  std::string message;
  Seen seen;
};

const Outcome kLost = outcome_of(ErrorCode::connection_lost);

}  // namespace

TEST_SUITE("a request") {
  TEST_CASE(
      "that may be repeated is sent again, once, if a used connection died before an answer") {
    for (const char* path : {"/second/end-request", "/second/reset-request"}) {
      for (const bool tls : {false, true}) {
        CAPTURE(path);
        CAPTURE(tls);
        const Twice twice(path, tls, repeatable());
        CHECK(twice.first == kOk);
        CHECK_MESSAGE(twice.second == kOk, twice.message);
        CHECK(twice.seen.requests == 3);
        CHECK(twice.seen.accepted == 2);
      }
    }
  }

  TEST_CASE("that must not be repeated is never sent again") {
    for (const char* path : {"/second/end-request", "/second/reset-request"}) {
      for (const bool tls : {false, true}) {
        CAPTURE(path);
        CAPTURE(tls);
        const Twice twice(path, tls, once_only());
        CHECK(twice.first == kOk);
        CHECK(twice.second == kLost);
        CHECK(twice.message.find("it is not sent again") != std::string::npos);
        CHECK(twice.seen.requests == 2);
      }
    }
  }

  TEST_CASE("is not sent again on a connection that was new") {
    for (const bool tls : {false, true}) {
      CAPTURE(tls);
      const Twice twice("/end-request", tls, repeatable());
      CHECK(twice.first == kLost);
      CHECK(twice.second == kLost);
      CHECK(twice.seen.requests == 2);
    }
  }

  TEST_CASE("is not sent again once some of the answer was heard") {
    for (const char* path : {"/second/end-head", "/second/reset-body"}) {
      CAPTURE(path);
      const Twice twice(path, true, repeatable());
      CHECK(twice.first == kOk);
      CHECK(twice.second != kOk);
      CHECK(twice.seen.requests == 2);
    }
  }

  TEST_CASE("is not sent again once its time ran out") {
    const Twice twice("/second/stall-request", true, repeatable(), kShort);
    CHECK(twice.first == kOk);
    CHECK(twice.second == outcome_of(ErrorCode::timed_out));
    // Not even once, if it ran out before.
    CHECK(twice.seen.requests <= 2);
  }

  TEST_CASE("finds another connection if the server ended the idle one") {
    for (const bool tls : {false, true}) {
      for (const char* path : {"/idle-end", "/reset-idle"}) {
        CAPTURE(path);
        CAPTURE(tls);
        const Twice twice(path, tls, repeatable());
        CHECK(twice.first == kOk);
        CHECK_MESSAGE(twice.second == kOk, twice.message);
        CHECK(twice.seen.requests == 2);
        CHECK(twice.seen.accepted == 2);
      }
    }
  }

  TEST_CASE(
      "that must not be repeated is sent at most once to a server that ends idle connections") {
    for (const bool tls : {false, true}) {
      CAPTURE(tls);
      const Twice twice("/idle-end", tls, once_only());
      CHECK(twice.first == kOk);
      // Whether the end was seen before the request was written is the network's affair.
      CHECK(is_among(twice.second, {kOk, kLost}));
      CHECK(twice.seen.requests == (twice.second == kOk ? 2 : 1));
    }
  }

  TEST_CASE("after a 401 goes over a new connection, because the old one may be of no use") {
    for (const bool tls : {false, true}) {
      CAPTURE(tls);
      const Twice twice("/refuse-then-reset", tls, once_only());
      CHECK(twice.first == outcome_of(ErrorCode::access_denied));
      CHECK(twice.second == outcome_of(ErrorCode::access_denied));
      CHECK(twice.seen.requests == 2);
      CHECK(twice.seen.accepted == 2);
    }
  }

  TEST_CASE("goes over a new connection if more came than was asked for") {
    for (const char* path : {"/too-long", "/two-answers", "/answer-flood"}) {
      CAPTURE(path);
      const Twice twice(path, false, once_only());
      CHECK(twice.first == kOk);
      CHECK_MESSAGE(twice.second == kOk, twice.message);
      CHECK(twice.seen.accepted == 2);
    }
  }
}

}  // namespace wsman::testing
