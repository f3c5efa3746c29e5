#include "session/teardown.h"

#include <algorithm>
#include <utility>

#include "session/giving_back.h"

namespace wsman {
namespace {

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

// The steps of one ending. A friend of Session, so that nothing else can move its state.
class Teardown {
 public:
  Teardown(Session& session, const Call& call, size_t most_at_once)
      : session_(session), call_(call), most_at_once_(most_at_once) {}

  TeardownReport run() {
    report_.computer_name = session_.info().computer_name;
    if (!begin()) {
      await_other();
      return report_;
    }
    cancel_operations();
    give_back();
    close_connections();
    finish();
    report_.elapsed_ms = milliseconds_since(started_);
    return report_;
  }

 private:
  // From opened or broken to closing. False if somebody else has begun.
  bool begin() {
    const std::lock_guard<std::mutex> lock(session_.mutex_);
    if (session_.state_ == State::closing || session_.state_ == State::closed) return false;
    broken_ = session_.state_ == State::broken;
    session_.state_ = State::closing;
    return true;
  }

  void await_other() {
    std::unique_lock<std::mutex> lock(session_.mutex_);
    wait_until(lock, call_, [this] { return session_.state_ == State::closed; });
  }

  // Tells what runs to stop and waits for it: an operation holds the connection until it is back,
  // which its own wait guarantees within moments of the stop. What leaves something on the server
  // may hear its answer first, for half of the time there is, so that it can be given back.
  void cancel_operations() {
    const Clock::time_point start = Clock::now();
    std::unique_lock<std::mutex> lock(session_.mutex_);
    report_.operations_cancelled = static_cast<int>(session_.running_.size());
    if (session_.running_.empty()) return;
    const auto all_back = [this] { return session_.running_.empty(); };
    stop_running(Leaves::nothing);
    const bool heard = wait_until(lock, call_.within(call_.left() / 2), all_back);
    if (!heard) note_unheard();
    if (!heard) stop_running(Leaves::something);
    const bool idle = heard || wait_until(lock, call_, all_back);
    lock.unlock();
    add_step("cancel", start, idle ? "ok" : "an operation did not stop in time");
    if (idle) return;
    report_.graceful = false;
    report_.warnings.push_back("An operation on " + session_.info().computer_name +
                               " did not stop in time: its connection ends when it does.");
  }

  void stop_running(Leaves leaves) {
    for (const Session::Running* running : session_.running_) {
      if (running->leaves() == leaves) running->stop();
    }
  }

  void note_unheard() {
    const auto leaves_something = [](const Session::Running* running) {
      return running->leaves() == Leaves::something;
    };
    if (std::none_of(session_.running_.begin(), session_.running_.end(), leaves_something)) return;
    report_.graceful = false;
    report_.warnings.push_back("An operation on " + session_.info().computer_name +
                               " was stopped before its answer came: a shell, a command or an "
                               "enumeration that it began may be left until it was idle for long.");
  }

  void give_back() {
    const OperationContext context{*session_.transport_, session_.info_.endpoint,
                                   session_.info_.manner};
    const GivingBack given =
        broken_ ? abandon_all(session_.holdings_, "The server does not accept the credential.")
                : give_back_all(session_.holdings_, context, most_at_once_, call_);
    report_.commands_terminated = given.commands.done;
    report_.commands_abandoned = given.commands.abandoned;
    report_.shells_deleted = given.shells.done;
    report_.shells_abandoned = given.shells.abandoned;
    report_.enumerations_released = given.enumerations.done;
    report_.enumerations_abandoned = given.enumerations.abandoned;
    note("terminate", "command", "the server ends it with its shell", given.commands);
    note("delete", "shell", "the server keeps it until it was idle for long, Windows 2 hours",
         given.shells);
    note("release", "enumeration",
         "the server keeps it until nobody pulled for long, Windows 4 minutes", given.enumerations);
  }

  void note(const char* step, const std::string& thing, const std::string& what_then,
            const GivenBack& given) {
    const int all = given.done + given.abandoned;
    if (all == 0) return;
    const std::string of = std::to_string(given.done) + " of " + std::to_string(all);
    report_.steps.push_back({step, given.milliseconds, given.abandoned == 0 ? "ok" : of});
    if (given.abandoned == 0) return;
    report_.graceful = false;
    const std::string s = given.abandoned == 1 ? "" : "s";
    report_.warnings.push_back(std::to_string(given.abandoned) + " " + thing + s + " on " +
                               session_.info().computer_name + " may be left: " + what_then + ". " +
                               given.why);
  }

  void close_connections() {
    const Clock::time_point start = Clock::now();
    const CloseOutcome outcome = session_.transport_->close(call_);
    report_.connections_closed = outcome.closed;
    report_.secrets_wiped = outcome.secrets_wiped;
    if (!outcome.graceful) {
      report_.graceful = false;
      report_.warnings.push_back("The connection to " + session_.info().endpoint.display() +
                                 " was cut without a goodbye: the server did not take it in time.");
    }
    add_step("close", start, outcome.graceful ? "ok" : "cut");
  }

  void finish() {
    const std::lock_guard<std::mutex> lock(session_.mutex_);
    session_.state_ = State::closed;
    session_.idle_.notify_all();
  }

  // Waits for `condition`, but not past the deadline, nor much longer than a user's stop.
  template <typename Condition>
  bool wait_until(std::unique_lock<std::mutex>& lock, const Call& call, Condition condition) {
    while (!session_.idle_.wait_for(lock, call.until_next_look(), condition)) {
      const bool stopped = call.cancellation.reason() != StopReason::none;
      if (stopped || call.left() == Milliseconds::zero()) return false;
    }
    return true;
  }

  void add_step(const char* step, Clock::time_point start, const char* result) {
    report_.steps.push_back({step, milliseconds_since(start), result});
  }

  Session& session_;
  const Call& call_;
  const size_t most_at_once_;
  bool broken_ = false;
  const Clock::time_point started_ = Clock::now();
  TeardownReport report_;
};

TeardownReport close_session(Session& session, const Call& call, size_t most_at_once) {
  return Teardown(session, call, most_at_once).run();
}

}  // namespace wsman
