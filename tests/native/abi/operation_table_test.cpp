#include "abi/operation_table.h"

#include <doctest/doctest.h>
#include <poll.h>

#include <atomic>
#include <memory>
#include <set>
#include <thread>

#include "fakes/gate.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

using TableOperation = abi::OperationTable::Operation;

}  // namespace

TEST_SUITE("Operation table") {
  TEST_CASE("An operation runs on when another number is cancelled") {
    abi::OperationTable table;
    TableOperation operation(table, 1);

    table.cancel(2);

    CHECK(operation.cancellation().reason() == StopReason::none);
  }

  TEST_CASE("Cancelling one operation stops no other") {
    abi::OperationTable table;
    TableOperation first(table, 1);
    TableOperation second(table, 2);

    table.cancel(2);

    CHECK(first.cancellation().reason() == StopReason::none);
    CHECK(second.cancellation().reason() == StopReason::cancelled);
  }

  TEST_CASE("An operation on another thread is stopped") {
    abi::OperationTable table;
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

  TEST_CASE("An operation that is cancelled before it begins is stopped once") {
    abi::OperationTable table;
    table.cancel(1);
    {
      TableOperation operation(table, 1);
      CHECK(operation.cancellation().reason() == StopReason::cancelled);
    }

    TableOperation again(table, 1);
    CHECK(again.cancellation().reason() == StopReason::none);
  }

  TEST_CASE("An operation that comes after a stopped one is not stopped") {
    for (const bool cancelled : {true, false}) {
      CAPTURE(cancelled);
      abi::OperationTable table;
      for (uint64_t id = 1; id < 5; ++id) {
        TableOperation operation(table, id);
        CHECK(operation.cancellation().reason() == StopReason::none);
        if (cancelled) table.cancel(id);
        if (!cancelled) operation.cancellation().stop(StopReason::closed);
      }
    }
  }

  TEST_CASE("Operations that follow each other share descriptors") {
    abi::OperationTable table;
    std::set<int> descriptors;
    for (uint64_t id = 1; id < 100; id += 2) {
      TableOperation one(table, id);
      TableOperation other(table, id + 1);
      CHECK(one.cancellation().descriptor() != other.cancellation().descriptor());
      descriptors.insert({one.cancellation().descriptor(), other.cancellation().descriptor()});
    }
    CHECK(descriptors.size() == 2);
  }

  TEST_CASE("Operations of a caller that uses a number twice end") {
    abi::OperationTable table;
    auto first = std::make_unique<TableOperation>(table, 5);
    auto second = std::make_unique<TableOperation>(table, 5);
    first.reset();
    CHECK(second->cancellation().reason() == StopReason::none);
    second.reset();
    TableOperation third(table, 5);
    CHECK(third.cancellation().reason() == StopReason::none);
  }

  TEST_CASE("Cancelling an operation that has ended does nothing") {
    abi::OperationTable table;
    { const TableOperation operation(table, 1); }

    table.cancel(1);

    TableOperation another(table, 2);
    CHECK(another.cancellation().reason() == StopReason::none);
  }

  TEST_CASE("An operation that a teardown stopped keeps that reason when it is cancelled") {
    abi::OperationTable table;
    TableOperation operation(table, 1);
    operation.cancellation().stop(StopReason::closed);

    table.cancel(1);

    CHECK(operation.cancellation().reason() == StopReason::closed);
  }

  TEST_CASE("The last 1024 early cancellations are remembered") {
    abi::OperationTable table;
    for (uint64_t id = 1; id <= 1025; ++id) table.cancel(id);

    TableOperation first(table, 1);
    TableOperation second(table, 2);
    TableOperation last(table, 1025);

    CHECK(first.cancellation().reason() == StopReason::none);
    CHECK(second.cancellation().reason() == StopReason::cancelled);
    CHECK(last.cancellation().reason() == StopReason::cancelled);
  }

  TEST_CASE("No cancellation is lost while operations begin on another thread") {
    abi::OperationTable table;
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
