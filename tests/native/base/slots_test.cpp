#include "base/slots.h"

#include <doctest/doctest.h>

#include <optional>
#include <thread>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

const Phase kWait{"the wait for a free connection to server01"};

TEST_SUITE("Slots") {
  TEST_CASE("The free slot with the lowest number is taken first") {
    Slots slots(3);
    Cancellation none;
    std::optional<Slots::Use> first(std::move(slots.take(kWait, {none}).value()));
    const Slots::Use second = std::move(slots.take(kWait, {none}).value());
    CHECK(first->index() == 0);
    CHECK(second.index() == 1);

    first.reset();

    CHECK(slots.take(kWait, {none}).value().index() == 0);
  }

  TEST_CASE("A free slot that is preferred is taken before a lower one") {
    size_t preferred = 2;
    Slots slots(4, [&](size_t index) { return index >= preferred; });
    Cancellation none;

    const Slots::Use first = std::move(slots.take(kWait, {none}).value());
    const Slots::Use second = std::move(slots.take(kWait, {none}).value());
    const Slots::Use third = std::move(slots.take(kWait, {none}).value());

    CHECK(first.index() == 2);
    CHECK(second.index() == 3);
    CHECK(third.index() == 0);
  }

  TEST_CASE("A caller waits until a slot is free") {
    Slots slots(1);
    Cancellation none;
    std::optional<Slots::Use> held(std::move(slots.take(kWait, {none}).value()));
    std::optional<size_t> got;
    std::thread waiter([&] {
      Result<Slots::Use> use = slots.take(kWait, {none, Clock::now() + kPatience});
      if (use.ok()) got = use.value().index();
    });

    held.reset();
    waiter.join();

    CHECK(got == 0U);
    CHECK(slots.take(kWait, {none}).ok());
  }

  TEST_CASE("A caller that finds no slot by its deadline gets an error that names the wait") {
    Slots slots(1);
    Cancellation none;
    const Slots::Use held = std::move(slots.take(kWait, {none}).value());

    const Result<Slots::Use> late = slots.take(kWait, {none, Clock::now() + Milliseconds(20)});

    REQUIRE_FALSE(late.ok());
    CHECK(late.error().code == ErrorCode::timed_out);
    CHECK(late.error().message.find("a free connection to server01") != std::string::npos);
  }

  TEST_CASE("A caller that is stopped takes no slot from others") {
    Slots slots(1);
    Cancellation none;
    Cancellation stopped;
    std::optional<Slots::Use> held(std::move(slots.take(kWait, {none}).value()));
    stopped.stop(StopReason::cancelled);

    const Result<Slots::Use> refused = slots.take(kWait, {stopped});
    held.reset();

    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::cancelled);
    CHECK(slots.take(kWait, {none}).ok());
  }

  TEST_CASE("A caller whose call is over takes no slot, even if one is free") {
    Slots slots(1);
    Cancellation own;
    Call call{own};
    ErrorCode expected = ErrorCode::timed_out;
    SUBCASE("It was stopped") {
      own.stop(StopReason::cancelled);
      expected = ErrorCode::cancelled;
    }
    SUBCASE("Its time is up") { call.deadline = Clock::now(); }

    const Result<Slots::Use> refused = slots.take(kWait, call);

    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == expected);
  }
}

}  // namespace
}  // namespace wsman::testing
