#include "base/slots.h"

#include <utility>

namespace wsman {

Slots::Use::~Use() {
  if (slots_ != nullptr) slots_->give_back(index_);
}

Slots::Use::Use(Use&& other) noexcept
    : slots_(std::exchange(other.slots_, nullptr)), index_(other.index_) {}

Result<Slots::Use> Slots::take(const Phase& phase, const Call& call) {
  // Whoever has a slot may begin what it cannot stop, such as a lookup.
  const WaitResult before = look_at(call);
  if (before != WaitResult::ready) return stopped_error(before, call, phase);
  std::unique_lock<std::mutex> lock(mutex_);
  const std::optional<size_t> free = best_free();
  if (free) {
    free_[*free] = false;
    return Use(*this, *free);
  }
  // On the stack of the caller, and in the list until a slot is given or the wait has ended.
  Waiter waiter;
  waiters_.push_back(&waiter);
  lock.unlock();
  const WaitResult waited = wait_for(waiter.given, call);
  lock.lock();
  // The index decides, not the wait: give_back() may have given the slot between the end of the
  // wait and the lock.
  if (waiter.index) {
    Use use(*this, *waiter.index);
    // The destructor of `use` takes the mutex.
    lock.unlock();
    // An end of the call that came together with the slot wins, and the next caller in line gets
    // the slot.
    const WaitResult now = look_at(call);
    if (now != WaitResult::ready) return stopped_error(now, call, phase);
    return use;
  }
  waiters_.remove(&waiter);
  return stopped_error(waited, call, phase);
}

std::optional<size_t> Slots::best_free() const {
  std::optional<size_t> lowest;
  for (size_t index = 0; index < free_.size(); ++index) {
    if (!free_[index]) continue;
    if (!is_preferred_ || is_preferred_(index)) return index;
    if (!lowest) lowest = index;
  }
  return lowest;
}

void Slots::give_back(size_t index) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (waiters_.empty()) {
    free_[index] = true;
    return;
  }
  // The slot goes to the next in line without becoming free, so that no newcomer takes it first.
  Waiter* next = waiters_.front();
  waiters_.pop_front();
  next->index = index;
  // Under the mutex: once it is released, the waiter may return and its stack be gone.
  next->given.set();
}

}  // namespace wsman
