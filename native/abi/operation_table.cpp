#include "abi/operation_table.h"

#include <algorithm>

namespace wsman {
namespace {

constexpr size_t kMostRemembered = 1024;

}  // namespace

OperationTable::Operation::Operation(OperationTable& table, uint64_t id)
    : table_(table), id_(id), cancellation_(std::make_shared<Cancellation>()) {
  const std::lock_guard<std::mutex> lock(table_.mutex_);
  auto& early = table_.cancelled_early_;
  const auto found = std::find(early.begin(), early.end(), id);
  if (found != early.end()) {
    early.erase(found);
    cancellation_->stop(StopReason::cancelled);
  }
  table_.running_[id] = cancellation_;
}

OperationTable::Operation::~Operation() {
  const std::lock_guard<std::mutex> lock(table_.mutex_);
  table_.running_.erase(id_);
}

void OperationTable::cancel(uint64_t id) {
  std::shared_ptr<Cancellation> running;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = running_.find(id);
    if (found != running_.end()) {
      running = found->second;
    } else {
      cancelled_early_.push_back(id);
      if (cancelled_early_.size() > kMostRemembered) cancelled_early_.pop_front();
    }
  }
  if (running) running->stop(StopReason::cancelled);
}

}  // namespace wsman
