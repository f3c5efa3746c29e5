// An event with a descriptor, so that poll() can wait for it.
#ifndef WSMAN_BASE_EVENT_H_
#define WSMAN_BASE_EVENT_H_

#include <atomic>

namespace wsman {

// Is set once and stays set. Safe from any thread.
class Event {
 public:
  Event();
  ~Event();
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  // Safe to repeat.
  void set();

  // Becomes readable with set(), for poll(); nothing reads from it. -1 if the process had no
  // descriptor left: set() wakes no waiter then, and each looks now and then (wait_for()).
  int descriptor() const { return read_end_; }

  // Whether one without a descriptor is set.
  bool is_set_unseen() const { return is_set_unseen_.load(); }

 private:
  std::atomic<bool> is_set_unseen_{false};
  int read_end_ = -1;
  int write_end_ = -1;
};

}  // namespace wsman

#endif  // WSMAN_BASE_EVENT_H_
