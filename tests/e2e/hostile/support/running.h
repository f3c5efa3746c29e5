// A call that runs on a thread of its own while the test does something to it.
#ifndef WSMAN_HOSTILE_TEST_RUNNING_H
#define WSMAN_HOSTILE_TEST_RUNNING_H

#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "base/call.h"
#include "support/client.h"

namespace wsman::testing {

// What a call came to, and when.
struct Ended {
  Outcome outcome = kOk;
  std::string message;
  Clock::time_point at;
};

class Running {
 public:
  using Work = std::function<Ended(const Call& call)>;

  explicit Running(Work work)
      : thread_([this, work = std::move(work)] { ended_ = work({cancellation_}); }) {}
  ~Running() {
    if (thread_.joinable()) thread_.join();
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  Cancellation& cancellation() { return cancellation_; }

  // Waits for the end.
  const Ended& end() {
    thread_.join();
    return ended_;
  }

 private:
  Cancellation cancellation_;
  Ended ended_;
  std::thread thread_;
};

template <typename T>
Ended ended_with(const Result<T>& result) {
  return {outcome_of(result), message_of(result), Clock::now()};
}

}  // namespace wsman::testing

#endif  // WSMAN_HOSTILE_TEST_RUNNING_H
