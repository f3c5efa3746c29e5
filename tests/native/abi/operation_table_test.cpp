#include "abi/operation_table.h"

#include <doctest/doctest.h>
#include <poll.h>

#include <atomic>
#include <thread>

#include "fakes/gate.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

using TableOperation = OperationTable::Operation;

}  // namespace

TEST_SUITE("operation table") {
  TEST_CASE("lets an operation run that nobody cancels") {
    OperationTable table;
    TableOperation operation(table, 1);

    table.cancel(2);

    CHECK(operation.cancellation().reason() == StopReason::none);
  }

  TEST_CASE("stops an operation that runs, and no other") {
    OperationTable table;
    TableOperation first(table, 1);
    TableOperation second(table, 2);

    table.cancel(2);

    CHECK(first.cancellation().reason() == StopReason::none);
    CHECK(second.cancellation().reason() == StopReason::cancelled);
  }

  TEST_CASE("stops an operation that runs on another thread") {
    OperationTable table;
    Gate running;
    bool woken = false;
    std::jthread working([&] {
      TableOperation operation(table, 1);
      running.open();
      pollfd entry{operation.cancellation().descriptor(), POLLIN, 0};
      woken = poll(&entry, 1, static_cast<int>(kPatience.count())) == 1;
    });
    REQUIRE(running.wait());

    table.cancel(1);
    working.join();

    CHECK(woken);
  }

  TEST_CASE("stops an operation that was cancelled before it began, once") {
    OperationTable table;
    table.cancel(1);
    {
      TableOperation operation(table, 1);
      CHECK(operation.cancellation().reason() == StopReason::cancelled);
    }

    TableOperation again(table, 1);
    CHECK(again.cancellation().reason() == StopReason::none);
  }

  TEST_CASE("does nothing for an operation that has ended") {
    OperationTable table;
    { const TableOperation operation(table, 1); }

    table.cancel(1);

    TableOperation another(table, 2);
    CHECK(another.cancellation().reason() == StopReason::none);
  }

  TEST_CASE("keeps the reason of an operation that a teardown stopped") {
    OperationTable table;
    TableOperation operation(table, 1);
    operation.cancellation().stop(StopReason::closed);

    table.cancel(1);

    CHECK(operation.cancellation().reason() == StopReason::closed);
  }

  TEST_CASE("remembers the last 1024 that were cancelled early") {
    OperationTable table;
    for (uint64_t id = 1; id <= 1025; ++id) table.cancel(id);

    TableOperation first(table, 1);
    TableOperation second(table, 2);
    TableOperation last(table, 1025);

    CHECK(first.cancellation().reason() == StopReason::none);
    CHECK(second.cancellation().reason() == StopReason::cancelled);
    CHECK(last.cancellation().reason() == StopReason::cancelled);
  }

  TEST_CASE("loses no stop between threads that begin and threads that cancel") {
    OperationTable table;
    std::atomic<int> stopped{0};
    constexpr uint64_t kRounds = 200;
    for (uint64_t id = 1; id <= kRounds; ++id) {
      Meeting meeting(2);
      std::jthread cancelling([&] {
        (void)meeting.arrive();
        table.cancel(id);
      });
      (void)meeting.arrive();
      TableOperation operation(table, id);
      cancelling.join();
      if (operation.cancellation().reason() == StopReason::cancelled) ++stopped;
    }

    CHECK(stopped == kRounds);
  }
}

}  // namespace wsman::testing
