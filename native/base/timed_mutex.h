// A mutex with a bounded wait.
#ifndef WSMAN_BASE_TIMED_MUTEX_H_
#define WSMAN_BASE_TIMED_MUTEX_H_

#include <mutex>
#include <utility>

#include "base/call.h"
#include "base/condition.h"

namespace wsman {

// A mutex whose lock() waits within the bounds of a call. To be used with std::lock_guard and
// std::adopt_lock.
class TimedMutex {
 public:
  // False if the call was stopped or its deadline passed while another call held the lock.
  bool lock(const Call& call) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!unlocked_.wait(lock, call, [this] { return !locked_; })) return false;
    locked_ = true;
    return true;
  }

  // False if another call holds the lock.
  bool try_lock() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return !std::exchange(locked_, true);
  }

  void unlock() {
    const std::lock_guard<std::mutex> lock(mutex_);
    locked_ = false;
    unlocked_.notify_all();
  }

 private:
  std::mutex mutex_;
  Condition unlocked_;
  bool locked_ = false;
};

}  // namespace wsman

#endif  // WSMAN_BASE_TIMED_MUTEX_H_
