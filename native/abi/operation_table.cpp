#include "abi/operation_table.h"

#include <algorithm>

namespace wsman::abi {
namespace {

// A caller that cancels numbers without a call must not fill the memory.
constexpr size_t kMostRemembered = 1024;

}  // namespace

OperationTable::OperationTable() {
  idle_.reserve(kMostIdle);
  while (idle_.size() < kMostIdle) idle_.push_back(std::make_shared<Cancellation>());
}

OperationTable::Operation::Operation(OperationTable& table, uint64_t id) : table_(table), id_(id) {
  const std::lock_guard<std::mutex> lock(table_.mutex_);
  if (table_.idle_.empty()) {
    cancellation_ = std::make_shared<Cancellation>();
  } else {
    cancellation_ = std::move(table_.idle_.back());
    table_.idle_.pop_back();
  }
  auto& early = table_.cancelled_early_;
  // The cancelling thread can be faster than the call: Ctrl+C may come before the call is in the
  // table.
  const auto found = std::find(early.begin(), early.end(), id);
  if (found != early.end()) {
    early.erase(found);
    cancellation_->stop(StopReason::cancelled);
  }
  table_.running_[id] = cancellation_;
}

OperationTable::Operation::~Operation() {
  const std::lock_guard<std::mutex> lock(table_.mutex_);
  const auto found = table_.running_.find(id_);
  // A caller that uses a number twice has one entry for both.
  if (found == table_.running_.end()) return;
  const bool is_fresh = found->second == cancellation_;
  // A later cancel() finds nothing and is kept as an early one, which does no harm: numbers are
  // never used twice.
  table_.running_.erase(found);
  // One that cancel() took may be stopped later than here, and one that was stopped stays so. One
  // without a descriptor is of no use where there are some again.
  if (is_fresh && cancellation_->reason() == StopReason::none && cancellation_->descriptor() >= 0 &&
      table_.idle_.size() < kMostIdle) {
    table_.idle_.push_back(std::move(cancellation_));
  }
}

void OperationTable::cancel(uint64_t id) {
  // Shared, because the call may end between the lookup and the stop. Taken out, because one stop
  // is enough, and so that the end of the call knows of it.
  std::shared_ptr<Cancellation> running;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = running_.find(id);
    if (found != running_.end()) {
      running = std::move(found->second);
    } else {
      // Not begun or ended: the table cannot tell, so the number is kept for a while.
      cancelled_early_.push_back(id);
      if (cancelled_early_.size() > kMostRemembered) cancelled_early_.pop_front();
    }
  }
  // Without the lock: a stop wakes waiting threads, which may end their calls and need the table.
  if (running) running->stop(StopReason::cancelled);
}

}  // namespace wsman::abi
