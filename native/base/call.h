// One call of a user: by when it must be back, and whether it was told to stop.
#ifndef WSMAN_BASE_CALL_H_
#define WSMAN_BASE_CALL_H_

#include <atomic>
#include <chrono>

#include "base/trace.h"

namespace wsman {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

// Why a call was told to stop.
enum class StopReason {
  none,
  cancelled,  // By the user.
  closed,     // By the teardown of the session it runs in.
};

// The stop signal of one call. stop() may come from any thread, before, during or after the call;
// the first reason stays.
class Cancellation {
 public:
  Cancellation();
  ~Cancellation();
  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;

  void stop(StopReason reason);
  StopReason reason() const { return reason_.load(); }

  // A descriptor that becomes readable with stop(), for poll(). Never read from. -1 if the process
  // has no descriptor left: a call then notices the stop at its next deadline.
  int descriptor() const { return read_end_; }

 private:
  std::atomic<StopReason> reason_{StopReason::none};
  int read_end_ = -1;
  int write_end_ = -1;
};

// What is handed down with every call. The Cancellation outlives it.
struct Call {
  Cancellation& cancellation;
  Clock::time_point deadline = Clock::time_point::max();
  Trace* trace = nullptr;  // Null where nobody listens.
  bool is_whole = true;    // The deadline is that of the whole call, not of a part of it.

  // What is left until the deadline; zero if it passed.
  Milliseconds left() const;

  // How long to wait for something that nobody announces, until it is looked again whether the call
  // was stopped.
  Milliseconds until_next_look() const;

  // The same call with a deadline no later than `from now`.
  Call within(Milliseconds from_now) const;
};

}  // namespace wsman

#endif  // WSMAN_BASE_CALL_H_
