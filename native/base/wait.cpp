#include "base/wait.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include "base/codes.h"

namespace wsman {
namespace {

// How long a wait lasts that something may end without waking it.
constexpr Milliseconds kLook{100};

int poll_timeout(const Call& call, bool may_miss) {
  // poll() takes an int. A wait that is longer is made of several, because the caller loops.
  const Milliseconds most = may_miss ? kLook : Milliseconds(INT_MAX);
  return static_cast<int>(std::min(call.left(), most).count());
}

short events_for(WaitFor what) {
  if (what == WaitFor::readable) return POLLIN;
  return what == WaitFor::writable ? POLLOUT : POLLIN | POLLOUT;
}

// `event` is what the descriptor belongs to, null for a socket.
WaitResult wait_for(int descriptor, const Event* event, WaitFor what, const Call& call) {
  // poll() passes over an entry with a negative descriptor.
  std::array<pollfd, 2> entries{pollfd{descriptor, events_for(what), 0},
                                pollfd{call.cancellation.descriptor(), POLLIN, 0}};
  const bool may_miss = entries[0].fd < 0 || entries[1].fd < 0;
  for (;;) {
    const WaitResult before = look_at(call);
    if (before != WaitResult::ready) return before;
    if (event != nullptr && event->is_set_unseen()) return WaitResult::ready;
    const int ready = poll(entries.data(), entries.size(), poll_timeout(call, may_miss));
    // The host has signal handlers, as the .NET runtime does. The deadline is read again.
    if (ready < 0 && errno == EINTR) continue;
    if (call.cancellation.reason() != StopReason::none) return WaitResult::stopped;
    if (ready > 0) return WaitResult::ready;  // An error counts as ready: the next read reports it.
    // EINVAL and ENOMEM do not pass by themselves: to ask again would use a core until the
    // deadline.
    if (ready < 0) return WaitResult::failed;
  }
}

}  // namespace

WaitResult wait_for(int descriptor, WaitFor what, const Call& call) {
  return wait_for(descriptor, nullptr, what, call);
}

WaitResult wait_for(const Event& event, const Call& call) {
  return wait_for(event.descriptor(), &event, WaitFor::readable, call);
}

WaitResult look_at(const Call& call) {
  if (call.cancellation.reason() != StopReason::none) return WaitResult::stopped;
  return call.left() == Milliseconds::zero() ? WaitResult::timed_out : WaitResult::ready;
}

Error stopped_error(WaitResult result, const Call& call, const Phase& phase) {
  // The user sees which bound to raise: that of this phase, or that of the whole call.
  if (result == WaitResult::timed_out) {
    const auto waited = std::chrono::round<Milliseconds>(Clock::now() - phase.started);
    const std::string sentence = "WinRM cannot complete the operation: it timed out after " +
                                 std::to_string(waited.count()) + " ms during " + phase.name +
                                 (call.is_whole ? ", because the whole call had no more" : "");
    return make_error(
        ErrorCode::timed_out, code::kNetworkTimedOut, sentence,
        {call.setting == nullptr ? Advice(AdviceKey::allow_more_time)
                                 : Advice(AdviceKey::allow_more_time_by_setting, {call.setting})});
  }
  if (result != WaitResult::stopped) {
    return make_error(ErrorCode::internal, "The system could not wait during " + phase.name);
  }
  return stopped_error(call.cancellation.reason(), phase);
}

Error stopped_error(StopReason reason, const Phase& phase) {
  if (reason == StopReason::closed) {
    return make_error(ErrorCode::closed, code::kOperationAborted,
                      "The session was closed during " + phase.name);
  }
  return make_error(ErrorCode::cancelled, code::kOperationAborted,
                    "The operation was stopped during " + phase.name);
}

}  // namespace wsman
