#include "base/background.h"

#include <new>
#include <utility>

namespace wsman {
namespace {

// Work that is told to stop returns within this time, unless an answer is on its way.
constexpr Milliseconds kMoments{100};

}  // namespace

BackgroundState::BackgroundState(const Call& call, Milliseconds patience)
    : deadline_(call.deadline),
      is_whole_(call.is_whole),
      setting_(call.setting),
      may_be_late_(patience > Milliseconds::zero()) {
  // The work writes into a trace of its own, because the caller's ends with the caller.
  if (call.trace != nullptr) trace_.emplace(call.trace->wanted());
}

Call BackgroundState::work_call() {
  return {cancellation_, deadline_, trace_ ? &*trace_ : nullptr,
          is_whole_,     setting_,  may_be_late_ ? this : nullptr};
}

bool BackgroundState::hold_stop(const Phase& phase) {
  const std::lock_guard<std::mutex> lock(mutex_);
  // Nothing more is sent for a caller who has an error already.
  if (told_ != StopReason::none || late_ || left_) {
    cancellation_.stop(told_ != StopReason::none ? told_ : StopReason::cancelled);
    return false;
  }
  answering_ = phase;
  return true;
}

void BackgroundState::let_stop_through() {
  const std::lock_guard<std::mutex> lock(mutex_);
  answering_.reset();
  if (told_ != StopReason::none) cancellation_.stop(told_);
}

void BackgroundState::begin(const Error& late) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    // A caller that has left needs no error, and may be looking here.
    if (!left_) late_ = late;
  }
  news_.set();
}

void BackgroundState::stop(StopReason reason) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (told_ == StopReason::none) told_ = reason;
    // Under the mutex: hold_stop() finds a stop that came before it, and this one that after it.
    if (!answering_) return cancellation_.stop(reason);
    if (!left_ && !late_) {
      // Without memory for the sentence the caller is told that.
      const auto told = [&]() -> Status { return stopped_error(reason, *answering_); };
      Status gone = or_out_of_memory(told);
      late_ = std::move(gone.error());
      // The request is on its way, and the server may be at it.
      late_->outcome = Outcome::unknown;
    }
  }
  news_.set();
}

bool BackgroundState::finish() {
  const std::lock_guard<std::mutex> lock(mutex_);
  // finished_ and left_ are set under one mutex, so exactly one side owns the answer: the caller,
  // or take_late.
  finished_ = true;
  return !left_;
}

void BackgroundState::announce_end() {
  news_.set();
  over_.set();
}

bool BackgroundState::await(const Call& call) {
  // The result of the wait does not decide: an answer that arrives together with the stop or the
  // deadline is taken, because dropping it could lose what it names on the server.
  (void)wait_for(news_, call);
  const StopReason told = call.cancellation.reason();
  if (told != StopReason::none && may_be_late_) {
    stop(told);
    // For the error of the work, which knows how far it has come.
    Cancellation never;
    (void)wait_for(news_, {never, Clock::now() + kMoments});
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  left_ = !finished_;
  // Of a call that is left behind, the lines that there are by now. trace_ exists only if
  // call.trace does.
  try {
    if (trace_) call.trace->take_over(*trace_);
  } catch (const std::bad_alloc&) {
    // The thread has to be joined or detached, so the lines are lost.
  }
  return finished_;
}

void BackgroundState::stop_after(Milliseconds patience) {
  // The stop of the user's call is over by now; only the time bounds this wait.
  Cancellation never;
  if (wait_for(over_, {never, Clock::now() + patience}) == WaitResult::ready) return;
  cancellation_.stop(StopReason::cancelled);
}

void leave_behind(const std::shared_ptr<BackgroundState>& task, Milliseconds patience) {
  // A second thread watches the time, because the caller is to be back at once and the work may not
  // look at any deadline before it is stopped.
  std::optional<std::thread> watcher;
  if (patience > Milliseconds::zero()) {
    watcher = start_thread([task, patience] { task->stop_after(patience); });
  }
  // Without a watcher the work would not be stopped when its time is over, so it is stopped now.
  if (watcher) return watcher->detach();
  task->stop_after(Milliseconds::zero());
}

}  // namespace wsman
