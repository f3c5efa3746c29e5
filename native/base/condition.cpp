#include "base/condition.h"

#include "base/wait.h"

namespace wsman {

bool Condition::wait_for_change(std::unique_lock<std::mutex>& lock, const Call& call) {
  // Each wait has an Event of its own, because an Event cannot be reset. It is registered before
  // the mutex is released, so a change in between is not missed.
  Event changed;
  waiting_.push_back(&changed);
  lock.unlock();
  const WaitResult waited = wait_for(changed, call);
  lock.lock();
  // Under the mutex, as notify_all() is: it never sets an Event that is gone.
  std::erase(waiting_, &changed);
  return waited == WaitResult::ready;
}

}  // namespace wsman
