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

  // A descriptor that becomes readable with stop(), for poll(); or none (Event::descriptor()).
  int descriptor() const { return stopped_.descriptor(); }

 private:
  std::atomic<StopReason> reason_{StopReason::none};
  Event stopped_;
};

struct Error;
struct Phase;

// Lets an answer be awaited behind the caller's back, when its time is up or the call is told to
// stop (base/background.h). While an answer is on its way, a stop is held back: some services end
// when a client closes the socket that they write to, and what a request has made is named by its
// answer alone. The caller gets an error at once; the work goes on until it is cut short, by its
// own Cancellation. Safe from any thread.
class Overtime {
 public:
  virtual ~Overtime() = default;

  // For the work: an answer is on its way, and a stop is held back. `phase` is what the error of a
  // stop names. False if the caller has its error already; the work is then told to stop.
  virtual bool hold_stop(const Phase& phase) = 0;

  // For the work: a stop ends it at once, also one that was held back.
  virtual void let_stop_through() = 0;

  // For the work: gives the caller the error that says that the time is up.
  virtual void begin(const Error& late) = 0;

  // For whoever ends the call. Does not throw.
  virtual void stop(StopReason reason) = 0;
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

  // Tells it to stop, unless an answer is on its way that can be heard out. cut() waits for none.
  void stop(StopReason reason) const;
  void cut(StopReason reason) const { cancellation.stop(reason); }
};

}  // namespace wsman

#endif  // WSMAN_BASE_CALL_H_
