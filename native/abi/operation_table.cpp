#include "abi/operation_table.h"

#include <algorithm>

namespace wsman::abi {
namespace {

// A caller that cancels numbers without a call must not fill the memory.
constexpr size_t kMostRemembered = 1024;

}  // namespace

OperationTable::Operation::Operation(OperationTable& table, uint64_t id)
    : table_(table), id_(id), cancellation_(std::make_shared<Cancellation>()) {
  const std::lock_guard<std::mutex> lock(table_.mutex_);
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
  // A later cancel() finds nothing and is kept as an early one, which does no harm: numbers are
  // never used twice.
  table_.running_.erase(id_);
}

void OperationTable::cancel(uint64_t id) {
  // Shared, because the call may end between the lookup and the stop.
  std::shared_ptr<Cancellation> running;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = running_.find(id);
    if (found != running_.end()) {
      running = found->second;
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
