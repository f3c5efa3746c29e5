#include "base/background.h"

#include <condition_variable>
#include <list>
#include <new>
#include <utility>

namespace wsman {
namespace {

// Work that is told to stop returns within this time, unless an answer is on its way.
constexpr Milliseconds kMoments{100};

// The time for which a thread without work is kept: longer than from one request of a loop to the
// next. After a longer pause a new thread is no more than a part of it.
constexpr Milliseconds kKept{20};

// The threads that do work elsewhere. Never destroyed, because they may outlive main().
class Workers {
 public:
  bool give(std::function<void()> work) {
    if (give_to_idle(work)) return true;
    // Without the mutex: a busy system takes its time to begin a thread.
    std::optional<std::thread> thread = start_thread([this, work = std::move(work)]() mutable {
      std::exchange(work, nullptr)();
      work_on();
    });
    if (thread) thread->detach();
    return thread.has_value();
  }

 private:
  bool give_to_idle(std::function<void()>& work) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (idle_ <= waiting_.size()) return false;
      waiting_.push_back(std::move(work));
    }
    // Without the mutex, which the other thread takes as soon as it wakes.
    given_.notify_one();
    return true;
  }

  void work_on() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      ++idle_;
      const bool given = given_.wait_for(lock, kKept, [this] { return !waiting_.empty(); });
      --idle_;
      if (!given) return;
      // The list is taken apart without memory: none may be left here.
      std::list<std::function<void()>> work;
      work.splice(work.begin(), waiting_, waiting_.begin());
      lock.unlock();
      work.front()();
      work.clear();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable given_;
  std::list<std::function<void()>> waiting_;
  size_t idle_ = 0;
};

Workers& workers() {
  static auto* const all = new Workers;
  return *all;
}

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
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ended_ = true;
    over_.notify_all();
  }
  news_.set();
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
  std::unique_lock<std::mutex> lock(mutex_);
  left_ = !finished_;
  // The thread has nothing left to do but to let go of what it had of the caller, and to say so.
  while (finished_ && !ended_) {
    Cancellation never;
    (void)over_.wait(lock, {never, Clock::now() + kMoments}, [this] { return ended_; });
  }
  // Of a call that is left behind, the lines that there are by now. trace_ exists only if
  // call.trace does.
  try {
    if (trace_) call.trace->take_over(*trace_);
  } catch (const std::bad_alloc&) {
    // The answer is worth more than the lines.
  }
  return finished_;
}

void BackgroundState::stop_after(Milliseconds patience) {
  // The stop of the user's call is over by now; only the time bounds this wait.
  Cancellation never;
  std::unique_lock<std::mutex> lock(mutex_);
  if (over_.wait(lock, {never, Clock::now() + patience}, [this] { return ended_; })) return;
  cancellation_.stop(StopReason::cancelled);
}

bool do_elsewhere(std::function<void()> work) {
  try {
    return workers().give(std::move(work));
  } catch (const std::bad_alloc&) {
    return false;
  }
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
