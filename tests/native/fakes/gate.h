// A gate between threads of one test: closed until opened, waited for within bounds.
#ifndef WSMAN_TESTS_NATIVE_FAKES_GATE_H_
#define WSMAN_TESTS_NATIVE_FAKES_GATE_H_

#include <condition_variable>
#include <mutex>

#include "base/call.h"
#include "support/bounds.h"

namespace wsman::testing {

// Safe from any thread.
class Gate {
 public:
  void open() {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

  // False if the gate is still closed when the patience of a test is at its end.
  bool wait() { return wait_until(Clock::now() + kPatience); }

  bool wait_until(Clock::time_point deadline) {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

// Opens once so many threads have arrived.
class Meeting {
 public:
  explicit Meeting(int expected) : missing_(expected) {}

  // False if not all have come by the deadline.
  bool arrive(Clock::time_point deadline = Clock::now() + kPatience) {
    std::unique_lock<std::mutex> lock(mutex_);
    if (--missing_ <= 0) changed_.notify_all();
    return changed_.wait_until(lock, deadline, [this] { return missing_ <= 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int missing_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_GATE_H_
