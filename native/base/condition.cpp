#include "base/condition.h"

#include "base/wait.h"

namespace wsman {

bool Condition::wait_for_change(std::unique_lock<std::mutex>& lock, const Call& call) {
  // Each wait has an Event of its own, because an Event cannot be reset. It is registered before
  // the mutex is released, so a change in between is not missed.
  Waiter self{{}, waiting_};
  waiting_ = &self;
  lock.unlock();
  const WaitResult waited = wait_for(self.changed, call);
  lock.lock();
  // Under the mutex, as notify_all() is: it never sets an Event that is gone.
  Waiter** place = &waiting_;
  while (*place != &self) place = &(*place)->next;
  *place = self.next;
  return waited == WaitResult::ready;
}

}  // namespace wsman
