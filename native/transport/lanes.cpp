#include "transport/lanes.h"

#include <algorithm>
#include <utility>

namespace wsman {

Lanes::Use::~Use() {
  if (lanes_ != nullptr) lanes_->give_back(index_);
}

Lanes::Use::Use(Use&& other) noexcept
    : lanes_(std::exchange(other.lanes_, nullptr)), index_(other.index_) {}

Result<Lanes::Use> Lanes::take(const Phase& phase, const Call& call) {
  std::unique_lock<std::mutex> lock(mutex_);
  const std::optional<size_t> free = lowest_free();
  if (free) {
    free_[*free] = false;
    return Use(*this, *free);
  }
  Waiter waiter;
  waiters_.push_back(&waiter);
  lock.unlock();
  const WaitResult waited = wait_for(waiter.turn.descriptor(), WaitFor::readable, call);
  lock.lock();
  if (waiter.index) {
    Use use(*this, *waiter.index);
    lock.unlock();
    // A stop that came together with the turn: the lane goes to the next in line.
    if (waited == WaitResult::stopped) return stopped_error(waited, call, phase);
    return use;
  }
  waiters_.remove(&waiter);
  return stopped_error(waited, call, phase);
}

std::optional<size_t> Lanes::lowest_free() const {
  const auto found = std::find(free_.begin(), free_.end(), true);
  if (found == free_.end()) return std::nullopt;
  return static_cast<size_t>(found - free_.begin());
}

void Lanes::give_back(size_t index) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (waiters_.empty()) {
    free_[index] = true;
    return;
  }
  Waiter* next = waiters_.front();
  waiters_.pop_front();
  next->index = index;
  next->turn.stop(StopReason::cancelled);
}

}  // namespace wsman
