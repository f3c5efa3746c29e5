// A request is sent again only if nothing of it can have been carried out. The server counts.

#include <doctest/doctest.h>

#include "hostile/client.h"
#include "hostile/hostile_server.h"
#include "support/advice.h"
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
    if (!response.ok()) advice = advice_of(response.error());
    (void)transport->close({cancellation});
    seen = HostileServer::instance().await(label, "connections=0");
  }

  Outcome first = kOk;
  Outcome second = kOk;
  std::string advice;  // Of the second.
  Seen seen;
};

const Outcome kLost = outcome_of(ErrorCode::connection_lost);

}  // namespace

TEST_SUITE("Retry of a request") {
  TEST_CASE("An idempotent request is sent again once if a reused connection was lost") {
    for (const char* path : {"/second/end-request", "/second/reset-request"}) {
      for (const bool tls : {false, true}) {
        CAPTURE(path);
        CAPTURE(tls);
        const Twice twice(path, tls, repeatable());
        CHECK(twice.first == kOk);
        CHECK_MESSAGE(twice.second == kOk, twice.advice);
        CHECK(twice.seen.requests == 3);
        CHECK(twice.seen.accepted == 2);
      }
    }
  }

  TEST_CASE("A request that is not idempotent is never sent again") {
    for (const char* path : {"/second/end-request", "/second/reset-request"}) {
      for (const bool tls : {false, true}) {
        CAPTURE(path);
        CAPTURE(tls);
        const Twice twice(path, tls, once_only());
        CHECK(twice.first == kOk);
        CHECK(twice.second == kLost);
        CHECK(twice.advice == "CheckOutcome");
        CHECK(twice.seen.requests == 2);
      }
    }
  }

  TEST_CASE("A request on a new connection is not sent again") {
    for (const bool tls : {false, true}) {
      CAPTURE(tls);
      const Twice twice("/end-request", tls, repeatable());
      CHECK(twice.first == kLost);
      CHECK(twice.second == kLost);
      CHECK(twice.seen.requests == 2);
    }
  }

  TEST_CASE("A request whose response has begun is not sent again") {
    for (const char* path : {"/second/end-head", "/second/reset-body"}) {
      CAPTURE(path);
      const Twice twice(path, true, repeatable());
      CHECK(twice.first == kOk);
      CHECK(twice.second != kOk);
      CHECK(twice.seen.requests == 2);
    }
  }

  TEST_CASE("A request whose time has run out is not sent again") {
    const Twice twice("/second/stall-request", true, repeatable(), kShort);
    CHECK(twice.first == kOk);
    CHECK(twice.second == outcome_of(ErrorCode::timed_out));
    // Not even once, if it ran out before.
    CHECK(twice.seen.requests <= 2);
  }

  TEST_CASE("A request uses a new connection if the server closed the idle one") {
    for (const bool tls : {false, true}) {
      for (const char* path : {"/idle-end", "/reset-idle"}) {
        CAPTURE(path);
        CAPTURE(tls);
        const Twice twice(path, tls, repeatable());
        CHECK(twice.first == kOk);
        CHECK_MESSAGE(twice.second == kOk, twice.advice);
        CHECK(twice.seen.requests == 2);
        CHECK(twice.seen.accepted == 2);
      }
    }
  }

  TEST_CASE("A request that is not idempotent is sent at most once over a closing connection") {
    for (const bool tls : {false, true}) {
      CAPTURE(tls);
      const Twice twice("/idle-end", tls, once_only());
      CHECK(twice.first == kOk);
      // Whether the end was seen before the request was written is the network's affair.
      CHECK(is_among(twice.second, {kOk, kLost}));
      CHECK(twice.seen.requests == (twice.second == kOk ? 2 : 1));
    }
  }

  TEST_CASE("A request after a 401 uses a new connection") {
    for (const bool tls : {false, true}) {
      CAPTURE(tls);
      const Twice twice("/refuse-then-reset", tls, once_only());
      CHECK(twice.first == outcome_of(ErrorCode::access_denied));
      CHECK(twice.second == outcome_of(ErrorCode::access_denied));
      CHECK(twice.seen.requests == 2);
      CHECK(twice.seen.accepted == 2);
    }
  }

  TEST_CASE("A request uses a new connection if the server sent unexpected bytes") {
    for (const char* path : {"/too-long", "/two-answers", "/answer-flood"}) {
      CAPTURE(path);
      const Twice twice(path, false, once_only());
      CHECK(twice.first == kOk);
      CHECK_MESSAGE(twice.second == kOk, twice.advice);
      CHECK(twice.seen.accepted == 2);
    }
  }
}

}  // namespace wsman::testing
