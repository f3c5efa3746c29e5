// One call of a user: its deadline and its stop signal.
#ifndef WSMAN_BASE_CALL_H_
#define WSMAN_BASE_CALL_H_

#include <atomic>
#include <chrono>

#include "base/event.h"
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
  void stop(StopReason reason);
  StopReason reason() const { return reason_.load(); }

  // A descriptor that becomes readable with stop(), for poll(). Without one (Event::descriptor()) a
  // call notices the stop at its next deadline.
  int descriptor() const { return stopped_.descriptor(); }

 private:
  std::atomic<StopReason> reason_{StopReason::none};
  Event stopped_;
};

struct Error;

// Lets an answer be awaited after its time is up, behind the caller's back (base/background.h).
class Overtime {
 public:
  virtual ~Overtime() = default;

  // Gives the caller the error that says that the time is up. The work then goes on until it is
  // told to stop.
  virtual void begin(const Error& late) = 0;
};

// Passed down with every call. The Cancellation outlives it.
struct Call {
  Cancellation& cancellation;
  Clock::time_point deadline = Clock::time_point::max();
  Trace* trace = nullptr;  // Null if no trace is wanted.
  bool is_whole = true;    // The deadline is that of the whole call, not of one phase.
  // The client setting that the deadline comes from, as wsman_settings_set() names it; null for
  // none. Errors name it.
  const char* setting = nullptr;
  Overtime* overtime = nullptr;  // Null: the call ends with its time.

  // The time until the deadline, rounded up; zero if it has passed.
  Milliseconds left() const;

  // The same call with a deadline no later than `from now`, which comes from the client setting.
  Call within(Milliseconds from_now, const char* from_setting = nullptr) const;

  // The same call, which ends with its time.
  Call without_overtime() const;
};

}  // namespace wsman

#endif  // WSMAN_BASE_CALL_H_
