// A call that runs on a thread of its own while the test does something to it.
#ifndef WSMAN_TESTS_E2E_HOSTILE_RUNNING_H_
#define WSMAN_TESTS_E2E_HOSTILE_RUNNING_H_

#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "base/call.h"
#include "hostile/client.h"

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

#endif  // WSMAN_TESTS_E2E_HOSTILE_RUNNING_H_
