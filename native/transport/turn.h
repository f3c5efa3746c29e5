// One at a time, with a bounded wait.
#ifndef WSMAN_TRANSPORT_TURN_H_
#define WSMAN_TRANSPORT_TURN_H_

#include <condition_variable>
#include <mutex>

#include "base/call.h"

namespace wsman {

// What std::timed_mutex is, out of parts that the thread sanitizer can see: it does not know the
// bounded lock of the original and would report all that it guards. Goes with std::lock_guard and
// std::unique_lock.
class Turn {
 public:
  void lock() {
    std::unique_lock<std::mutex> lock(mutex_);
    free_.wait(lock, [this] { return !taken_; });
    taken_ = true;
  }

  bool try_lock_until(Clock::time_point deadline) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!free_.wait_until(lock, deadline, [this] { return !taken_; })) return false;
    taken_ = true;
    return true;
  }

  void unlock() {
    // Notified under the lock: whoever takes the turn next may destroy it.
    const std::lock_guard<std::mutex> lock(mutex_);
    taken_ = false;
    free_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  bool taken_ = false;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_TURN_H_
