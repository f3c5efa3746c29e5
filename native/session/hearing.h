// Answers that are heard even when their user has gone.
//
// Create of a shell, Command and Enumerate leave something on the server that only the answer
// names. A user who stops one of them is back at once; the answer is heard on, and what it names is
// given back.
#ifndef WSMAN_SESSION_HEARING_H_
#define WSMAN_SESSION_HEARING_H_

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/call.h"
#include "base/error.h"
#include "transport/wait.h"

namespace wsman {

// Both functions own all that they use, since they may outlive the call.
template <typename T>
struct Hearing {
  std::function<Result<T>(const Call&)> ask;
  // What came when the user had gone. Not called otherwise.
  std::function<void(const Result<T>&, const Call&)> give_back;
};

// What the two sides of one hearing share.
template <typename T>
class Talk {
 public:
  explicit Talk(const Call& call) : deadline_(call.deadline) {
    if (call.trace != nullptr) trace_.emplace(call.trace->wanted());
  }

  // Neither side can tell the other anything without a descriptor.
  bool can_be_heard() const { return done_.descriptor() >= 0; }
  int done() const { return done_.descriptor(); }

  void run(const Hearing<T>& hearing, Milliseconds patience) {
    Result<T> answer = hearing.ask({cancellation_, deadline_, trace_ ? &*trace_ : nullptr, true});
    const bool gone = !deliver(answer);
    done_.stop(StopReason::cancelled);
    if (!gone) return;
    Cancellation never;
    hearing.give_back(answer, {never, Clock::now() + patience});
  }

  // What came; nothing if the user is gone from now on.
  std::optional<Result<T>> take_or_leave(const Call& call) {
    const std::lock_guard<std::mutex> lock(mutex_);
    gone_ = !answer_;
    if (answer_ && trace_) call.trace->take_over(*trace_);
    return std::move(answer_);
  }

  // Ends the asking when `patience` has passed.
  void await(Milliseconds patience) {
    Cancellation never;
    const Call call{never, Clock::now() + patience};
    if (wait_for(done(), WaitFor::readable, call) != WaitResult::ready) stop();
  }

  void stop() { cancellation_.stop(StopReason::cancelled); }

 private:
  bool deliver(Result<T>& answer) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (gone_) return false;
    answer_.emplace(std::move(answer));
    return true;
  }

  const Clock::time_point deadline_;
  std::optional<Trace> trace_;
  Cancellation cancellation_;  // Of the asking.
  Cancellation done_;          // Readable when the asking is over.
  std::mutex mutex_;           // Guards what follows.
  bool gone_ = false;
  std::optional<Result<T>> answer_;
};

// Asks on a thread of its own and waits for the answer. Nothing if the user stopped `call`, or its
// deadline passed, before the answer came: it is heard for `patience` longer, and whatever comes is
// handed to `give_back`. Where there is no thread to be had, it asks on the caller's.
template <typename T>
std::optional<Result<T>> hear_out(const Hearing<T>& hearing, Milliseconds patience,
                                  const Call& call) {
  const auto talk = std::make_shared<Talk<T>>(call);
  // Nothing is asked for a user who is gone already.
  if (!talk->can_be_heard() || look_at(call) != WaitResult::ready) return hearing.ask(call);
  std::thread asking;
  try {
    asking = std::thread([talk, hearing, patience] { talk->run(hearing, patience); });
  } catch (const std::system_error&) {
    return hearing.ask(call);
  }
  (void)wait_for(talk->done(), WaitFor::readable, call);
  std::optional<Result<T>> answer = talk->take_or_leave(call);
  if (answer) {
    asking.join();
    return answer;
  }
  asking.detach();
  try {
    std::thread([talk, patience] { talk->await(patience); }).detach();
  } catch (const std::system_error&) {
    talk->stop();
  }
  return std::nullopt;
}

}  // namespace wsman

#endif  // WSMAN_SESSION_HEARING_H_
