#include "transport/lanes.h"

#include <doctest/doctest.h>

#include <optional>
#include <thread>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

const Phase kWait{"the wait for a free connection to server01"};

TEST_SUITE("lanes") {
  TEST_CASE("gives the lowest free number first") {
    Lanes lanes(3);
    Cancellation none;
    std::optional<Lanes::Use> first(std::move(lanes.take(kWait, {none}).value()));
    const Lanes::Use second = std::move(lanes.take(kWait, {none}).value());
    CHECK(first->index() == 0);
    CHECK(second.index() == 1);

    first.reset();

    CHECK(lanes.take(kWait, {none}).value().index() == 0);
  }

  TEST_CASE("lets a caller wait until one comes back") {
    Lanes lanes(1);
    Cancellation none;
    std::optional<Lanes::Use> held(std::move(lanes.take(kWait, {none}).value()));
    std::optional<size_t> got;
    std::thread waiter([&] {
      Result<Lanes::Use> use = lanes.take(kWait, {none, Clock::now() + kPatience});
      if (use.ok()) got = use.value().index();
    });

    held.reset();
    waiter.join();

    CHECK(got == 0U);
    CHECK(lanes.take(kWait, {none}).ok());
  }

  TEST_CASE("lets nobody wait past the deadline, and names what was waited for") {
    Lanes lanes(1);
    Cancellation none;
    const Lanes::Use held = std::move(lanes.take(kWait, {none}).value());

    const Result<Lanes::Use> late = lanes.take(kWait, {none, Clock::now() + Milliseconds(20)});

    REQUIRE_FALSE(late.ok());
    CHECK(late.error().code == ErrorCode::timed_out);
    CHECK(late.error().message.find("a free connection to server01") != std::string::npos);
  }

  TEST_CASE("lets a stopped caller go, and keeps its place for nobody") {
    Lanes lanes(1);
    Cancellation none;
    Cancellation stopped;
    std::optional<Lanes::Use> held(std::move(lanes.take(kWait, {none}).value()));
    stopped.stop(StopReason::cancelled);

    const Result<Lanes::Use> refused = lanes.take(kWait, {stopped});
    held.reset();

    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::cancelled);
    CHECK(lanes.take(kWait, {none}).ok());
  }
}

}  // namespace
}  // namespace wsman::testing
