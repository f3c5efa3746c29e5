// Waiting, within the bounds of a call, for a condition that other threads change.
#ifndef WSMAN_BASE_CONDITION_H_
#define WSMAN_BASE_CONDITION_H_

#include <mutex>

#include "base/call.h"
#include "base/event.h"

namespace wsman {

// Like std::condition_variable, with a wait that also ends with the stop signal or the deadline of
// a call. All users of one Condition share one mutex.
class Condition {
 public:
  // Waits until `holds()` is true. Returns false if it is not when the call is stopped or its
  // deadline passes.
  template <typename Predicate>
  bool wait(std::unique_lock<std::mutex>& lock, const Call& call, const Predicate& holds) {
    while (!holds()) {
      if (!wait_for_change(lock, call)) return holds();
    }
    return true;
  }

  // To be called under the mutex, so that no waiter leaves meanwhile.
  void notify_all() {
    for (Waiter* waiter = waiting_; waiter != nullptr; waiter = waiter->next) waiter->changed.set();
  }

 private:
  // On the stack of its caller: a wait takes no memory, so that a teardown can wait where there is
  // none.
  struct Waiter {
    Event changed;
    Waiter* next;
  };

  bool wait_for_change(std::unique_lock<std::mutex>& lock, const Call& call);

  Waiter* waiting_ = nullptr;
};

}  // namespace wsman

#endif  // WSMAN_BASE_CONDITION_H_
