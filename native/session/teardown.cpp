#include "session/teardown.h"

#include <algorithm>
#include <utility>

#include "base/wait.h"
#include "session/server_cleanup.h"

namespace wsman::session {
namespace {

// The cleanup leaves one part in so many of its time to the goodbye.
constexpr int kPartForGoodbye = 20;

double milliseconds_between(Clock::time_point start, Clock::time_point end) {
  return std::chrono::duration<double, std::milli>(end - start).count();
}

// "1 shell", "2 shells".
std::string counted(int count, const char* thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

}  // namespace

// The steps of one ending. A friend of Session, so that nothing else can move its state.
class Teardown {
 public:
  Teardown(Session& session, const Call& call, size_t most_at_once)
      : session_(session), call_(call), most_at_once_(most_at_once) {}

  TeardownReport run() {
    report_.started = std::chrono::system_clock::now();
    tell([&] {
      report_.computer_name = session_.info().computer_name;
      report_.connection_uri = session_.info().endpoint.url();
      report_.user_name = session_.info().user_name;
    });
    // A second caller returns only when the session is closed, as the first does.
    if (!begin()) {
      await_other();
      tell_left();
      return std::move(report_);
    }
    cancel_operations();
    clean_up_server();
    await_output();
    close_connections();
    finish();
    report_.elapsed_ms = milliseconds_between(started_, Clock::now());
    return std::move(report_);
  }

 private:
  // What `telling` adds to the report, as far as there is memory. No step depends on it.
  template <typename Telling>
  void tell(const Telling& telling) {
    try {
      telling();
    } catch (const std::bad_alloc&) {
      report_.graceful = false;
    }
  }

  // Moves the session from opened or broken to closing. False if another caller has begun.
  bool begin() {
    const std::lock_guard<std::mutex> lock(session_.mutex_);
    // State and order of the endings are decided under the lock: of several callers one goes on.
    if (session_.state_ == State::closing || session_.state_ == State::closed) return false;
    // Remembered, because closing hides it: a refused credential is not sent again, which could
    // lock an account.
    broken_ = session_.state_ == State::broken;
    session_.state_ = State::closing;
    // Now, because the cleanup may open further ones.
    report_.connections_closed = session_.transport_->connections();
    return true;
  }

  void await_other() {
    std::unique_lock<std::mutex> lock(session_.mutex_);
    const auto is_closed = [this] { return session_.state_ == State::closed; };
    if (session_.changed_.wait(lock, call_.within(call_.left() / 2), is_closed)) return;
    // Who does not wait any more hurries nobody.
    if (look_at(call_) == WaitResult::stopped) return;
    // The other one may have more time to hear answers than there is: the process may end behind
    // this call. Without them it goes on to the cleanup.
    cut_answers();
    (void)session_.changed_.wait(lock, call_, is_closed);
  }

  // Stops the running operations and waits for them: an operation holds its connection until it
  // returns, which its own wait guarantees within moments of the stop. An answer that is on its way
  // is heard out, for half of the time there is.
  void cancel_operations() {
    const Clock::time_point start = Clock::now();
    std::unique_lock<std::mutex> lock(session_.mutex_);
    report_.operations_cancelled =
        static_cast<int>(session_.running_.size() - count_running(AnswerComes::of_ending));
    if (session_.running_.empty()) return;
    for (const Session::Running* running : session_.running_) {
      // What is on its way to its end need not be asked for again.
      if (running->comes() != AnswerComes::of_ending) running->stop();
    }
    leave_one_connection();
    const auto all_back = [this] {
      return count_running(AnswerComes::when_done) + count_running(AnswerComes::of_ending) == 0;
    };
    const bool heard = session_.changed_.wait(lock, call_.within(call_.left() / 2), all_back);
    if (!heard) cut_answers();
    // The other half: whatever does not return in it keeps its connection, which is cut when it
    // does.
    const bool idle = heard || session_.changed_.wait(lock, call_, all_back);
    lock.unlock();
    add_step("cancel", start, Clock::now(), idle ? "ok" : "an operation did not stop in time");
    if (!idle) warn_of_operation();
  }

  // The cleanup ends the commands whose output is awaited, and needs a connection for that.
  void leave_one_connection() {
    const size_t awaiting = count_running(AnswerComes::with_output);
    if (awaiting >= kMostConnections)
      cut_running(AnswerComes::with_output, awaiting - (kMostConnections - 1));
  }

  // A command that was terminated has its output answered. Nobody else's does.
  void await_output() {
    std::unique_lock<std::mutex> lock(session_.mutex_);
    const auto all_back = [this] { return session_.running_.empty(); };
    if (all_back()) return;
    if (report_.commands_terminated > 0)
      (void)session_.changed_.wait(lock, call_.within(call_.left() / 2), all_back);
    for (const Session::Running* running : session_.running_) running->cut();
    const bool idle = session_.changed_.wait(lock, call_, all_back);
    lock.unlock();
    if (!idle) warn_of_operation();
  }

  // With the mutex of the session held, as the next one.
  size_t count_running(AnswerComes comes) const {
    return static_cast<size_t>(
        std::count_if(session_.running_.begin(), session_.running_.end(),
                      [&](const Session::Running* running) { return running->comes() == comes; }));
  }

  // All but the output of commands, which the cleanup does not wait for.
  void cut_answers() const {
    cut_running(AnswerComes::when_done, session_.running_.size());
    cut_running(AnswerComes::of_ending, session_.running_.size());
  }

  void cut_running(AnswerComes comes, size_t most) const {
    for (const Session::Running* running : session_.running_) {
      if (most == 0 || running->comes() != comes) continue;
      running->cut();
      --most;
    }
  }

  void warn_of_operation() {
    if (std::exchange(warned_, true)) return;
    report_.graceful = false;
    tell([&] {
      report_.warnings.push_back("An operation on " + session_.info().computer_name +
                                 " did not stop in time: its connection ends when it does.");
    });
  }

  void clean_up_server() {
    const message::Context context{*session_.transport_, session_.info_.endpoint,
                                   session_.info_.headers, true};
    const Call cleanup_call = before_goodbye();
    CleanupResult cleanup;
    try {
      cleanup =
          broken_ ? abandon(session_.server_objects_, "The server does not accept the credential.")
                  : clean_up(session_.server_objects_, session_.standing_, context, most_at_once_,
                             cleanup_call);
    } catch (const std::bad_alloc&) {
      cleanup = abandon(session_.server_objects_, out_of_memory().message);
    }
    take(cleanup);
  }

  // The goodbye comes behind the cleanup, and has a part of the time for itself.
  Call before_goodbye() const {
    if (call_.deadline == Clock::time_point::max()) return call_;
    const Milliseconds left = call_.left();
    return call_.within(left - left / kPartForGoodbye, call_.setting);
  }

  // For a caller who relies on an ending that another one has begun.
  void tell_left() {
    tell([&] { take(abandon(session_.server_objects_, "Another call has ended the session.")); });
  }

  void take(const CleanupResult& cleanup) {
    report_.commands_terminated = cleanup.commands.done;
    report_.commands_abandoned = cleanup.commands.abandoned;
    report_.shells_deleted = cleanup.shells.done;
    report_.shells_abandoned = cleanup.shells.abandoned;
    report_.enumerations_released = cleanup.enumerations.done;
    report_.enumerations_abandoned = cleanup.enumerations.abandoned;
    note("terminate", "command", "the server ends it with its shell", cleanup.commands);
    note("delete", "shell", "the server keeps it until it was idle for long, Windows 2 hours",
         cleanup.shells);
    note("release", "enumeration",
         "the server keeps it until nobody pulled for long, Windows 4 minutes",
         cleanup.enumerations);
  }

  void note(const char* step, const char* thing, const char* what_then, const CleanupCount& count) {
    // A step that had nothing to do is not reported.
    if (count.tried == 0) return;
    report_.graceful = report_.graceful && count.abandoned == 0;
    tell([&] {
      const std::string of =
          std::to_string(count.done) + " of " + counted(count.done + count.abandoned, thing);
      add_step(step, count.began, count.ended, count.abandoned == 0 ? "ok" : of.c_str());
      if (count.abandoned == 0) return;
      report_.warnings.push_back(counted(count.abandoned, thing) + " on " +
                                 session_.info().computer_name + " may be left: " + what_then +
                                 ". " + count.why);
    });
  }

  void close_connections() {
    const Clock::time_point start = Clock::now();
    // Last, because the cleanup needs the connections. It wipes the secrets too.
    const CloseOutcome outcome = session_.transport_->close(call_);
    report_.secrets_wiped = outcome.secrets_wiped;
    if (!outcome.graceful) {
      report_.graceful = false;
      tell([&] {
        report_.warnings.push_back(
            "The connection to " + session_.info().endpoint.display() +
            " was cut without a goodbye: the server did not take it in time.");
      });
    }
    add_step("close", start, Clock::now(), outcome.graceful ? "ok" : "cut");
  }

  void finish() {
    const std::lock_guard<std::mutex> lock(session_.mutex_);
    // Whatever the server did: nothing can hold a session open after its deadline.
    session_.state_ = State::closed;
    session_.changed_.notify_all();
  }

  void add_step(const char* step, Clock::time_point start, Clock::time_point end,
                const char* result) {
    tell([&] {
      report_.steps.push_back(
          {step, milliseconds_between(started_, start), milliseconds_between(start, end), result});
    });
  }

  Session& session_;
  const Call& call_;
  const size_t most_at_once_;
  bool broken_ = false;
  bool warned_ = false;  // Of an operation that did not stop.
  const Clock::time_point started_ = Clock::now();
  TeardownReport report_;
};

TeardownReport close_session(Session& session, const Call& call, size_t most_at_once) noexcept {
  return Teardown(session, call, most_at_once).run();
}

}  // namespace wsman::session
