// Blocking calls, each on another thread, so that the caller can leave them behind.
//
// Some calls cannot be stopped: getaddrinfo() may ask name servers, and GSSAPI a KDC, without a
// bound. Other calls have an answer on its way, which is heard out although the user has stopped
// them (base/call.h, Overtime). A caller that is stopped, or whose deadline passes, leaves such a
// call behind; so does one whose call goes into overtime. BackgroundWork::take_late decides what
// happens to a late answer.
#ifndef WSMAN_BASE_BACKGROUND_H_
#define WSMAN_BASE_BACKGROUND_H_

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/call.h"
#include "base/condition.h"
#include "base/error.h"
#include "base/event.h"
#include "base/slots.h"
#include "base/trace.h"
#include "base/wait.h"

namespace wsman {

// A call to be made on another thread. Neither function throws but for std::bad_alloc, which `work`
// hands to its caller and which ends take_late. Both own or share all that they use, because they
// may outlive the caller. Their captures are destroyed before the caller learns
// that the call is over.
template <typename T>
struct BackgroundWork {
  // Gets the deadline of the caller, and a stop signal and a trace of its own. With patience it may
  // go into overtime, and without the stop of the caller does not reach it.
  std::function<T(const Call&)> work;

  // Takes the answer if the caller has left, on the same thread; nothing if memory ran out. If
  // empty, the answer is dropped.
  std::function<void(std::optional<T>, const Call&)> take_late = nullptr;

  // The time for which `work` may go on after its caller has left, before it is told to stop. Also
  // the time that `take_late` may take.
  Milliseconds patience{0};
};

enum class BackgroundOutcome {
  done,
  crowded,    // Every place is taken by a call that was left behind.
  no_thread,  // The system has no thread or no descriptor left. Nothing was begun.
  stopped,    // Left behind, or never begun: the caller was stopped, or the time was up.
};

template <typename T>
struct BackgroundAnswer {
  BackgroundOutcome outcome = BackgroundOutcome::done;
  std::optional<T> value = std::nullopt;     // With `done`.
  std::optional<Error> late = std::nullopt;  // With `stopped`, if the answer is still awaited.
};

// The state that a caller shares with its background thread, apart from the work itself. Both hold
// a shared pointer to it, so the last one frees it.
class BackgroundState : public Overtime {
 public:
  BackgroundState(const Call& call, Milliseconds patience);

  // False if the process had no descriptor left. The caller could not be woken then.
  // Nor could the work be stopped, which in overtime has no other end.
  bool is_usable() const { return news_.descriptor() >= 0 && cancellation_.descriptor() >= 0; }

  // For the background thread: the call that `work` gets, and the report that its answer is there.
  // finish() returns false if the caller has left by then.
  Call work_call();
  bool finish();
  void announce_end();

  // For the background thread, within `work`.
  bool hold_stop(const Phase& phase) override;
  void let_stop_through() override;
  void begin(const Error& late) override;

  void stop(StopReason reason) override;

  // For the caller: waits for the answer, and takes over the trace. Passes a stop of `call` on to
  // the work. Returns false if the caller leaves, because `call` was stopped, its deadline passed,
  // or the work went into overtime.
  bool await(const Call& call);

  // After await(): the error of a call whose answer is still awaited.
  std::optional<Error> take_late_error() { return std::move(late_); }

  // Tells the work to stop, unless it ends within `patience`; blocks for as long.
  void stop_after(Milliseconds patience);

 private:
  const Clock::time_point deadline_;
  const bool is_whole_;
  const char* const setting_;
  const bool may_be_late_;
  std::optional<Trace> trace_;
  Cancellation cancellation_;
  Event news_;                      // Set when the work is over, or late.
  std::mutex mutex_;                // Guards what follows.
  Condition over_;                  // Told when ended_ is set.
  std::optional<Phase> answering_;  // An answer is on its way.
  StopReason told_ = StopReason::none;
  std::optional<Error> late_;
  bool finished_ = false;
  bool ended_ = false;  // The thread has let go of all that is the caller's again.
  bool left_ = false;
};

// The state together with the work and its answer.
template <typename T>
class BackgroundTask : public BackgroundState {
 public:
  BackgroundTask(BackgroundWork<T> work, const Call& call)
      : BackgroundState(call, work.patience), work_(std::move(work)) {}

  void run() {
    try {
      answer_.emplace(work_.work(work_call()));
    } catch (const std::bad_alloc&) {
      answer_.reset();
    }
    work_.work = nullptr;
    const bool heard = finish();
    if (heard) work_.take_late = nullptr;
    announce_end();
    if (heard || !work_.take_late) return;
    Cancellation never;
    try {
      work_.take_late(std::move(answer_), {never, Clock::now() + work_.patience});
    } catch (const std::bad_alloc&) {
      // Nobody is left to be told.
    }
    work_.take_late = nullptr;
  }

  // Throws std::bad_alloc if the work did.
  std::optional<T> take_answer() {
    if (!answer_) throw std::bad_alloc();
    return std::move(answer_);
  }

 private:
  BackgroundWork<T> work_;
  std::optional<T> answer_;
};

// Starts a thread. Returns nothing if the system has no thread or no memory left.
template <typename Body>
std::optional<std::thread> start_thread(Body body) {
  // std::thread reports a failed pthread_create() (EAGAIN at the limit of threads) by an exception.
  try {
    return std::thread(std::move(body));
  } catch (const std::system_error&) {
    return std::nullopt;
  } catch (const std::bad_alloc&) {
    return std::nullopt;
  }
}

// Has another thread do the work, which does not throw. Threads are kept for a moment, because a
// new one for each request of many costs more than sending it. False if the system has no thread or
// no memory left.
bool do_elsewhere(std::function<void()> work);

// Leaves a call behind, and stops it when `patience` is over.
void leave_behind(const std::shared_ptr<BackgroundState>& task, Milliseconds patience);

// Does the work on another thread and waits for its answer.
template <typename T>
BackgroundAnswer<T> run_in_background(BackgroundWork<T> work, const Call& call) {
  const Milliseconds patience = work.patience;
  const auto task = std::make_shared<BackgroundTask<T>>(std::move(work), call);
  if (!task->is_usable()) return {BackgroundOutcome::no_thread};
  if (!do_elsewhere([task] { task->run(); })) return {BackgroundOutcome::no_thread};
  if (task->await(call)) return {BackgroundOutcome::done, task->take_answer()};
  leave_behind(task, patience);
  return {BackgroundOutcome::stopped, std::nullopt, task->take_late_error()};
}

// The threads for one kind of call that cannot be stopped, limited in number. A caller that finds
// no free place waits in line. A caller fails at once if calls that were left behind take every
// place. Never destroyed, because threads that were left behind may return while the process exits.
// Safe from any thread.
class Background {
 public:
  explicit Background(int places) : places_(places), free_(static_cast<size_t>(places)) {}

  // The deadline of `call` includes the wait in line. A late answer is dropped.
  template <typename T>
  BackgroundAnswer<T> run(std::function<T()> work, const Phase& phase, const Call& call);

 private:
  const int places_;
  std::atomic<int> left_behind_{0};
  Slots free_;
};

template <typename T>
BackgroundAnswer<T> Background::run(std::function<T()> work, const Phase& phase, const Call& call) {
  if (left_behind_.load() >= places_) return {BackgroundOutcome::crowded};
  Result<Slots::Use> taken = free_.take(phase, call);
  if (!taken.ok()) return {BackgroundOutcome::stopped};
  // The work holds its place until it returns, even if the caller has left.
  const auto place = std::make_shared<Slots::Use>(std::move(taken.value()));
  BackgroundWork<T> task{
      [work = std::move(work), place](const Call& /*call*/) { return work(); },
      [this](const std::optional<T>& /*answer*/, const Call& /*call*/) { --left_behind_; }};
  BackgroundAnswer<T> answer = run_in_background(std::move(task), call);
  if (answer.outcome == BackgroundOutcome::stopped) ++left_behind_;
  return answer;
}

}  // namespace wsman

#endif  // WSMAN_BASE_BACKGROUND_H_
