#include "transport/wait.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

namespace wsman {
namespace {

constexpr uint32_t kNetworkTimedOut = 0x80338126;
constexpr uint32_t kOperationAborted = 0x000003E3;

int poll_timeout(const Call& call) {
  const Milliseconds left = call.left();
  return left.count() > INT_MAX ? INT_MAX : static_cast<int>(left.count());
}

short events_for(WaitFor what) {
  if (what == WaitFor::readable) return POLLIN;
  return what == WaitFor::writable ? POLLOUT : POLLIN | POLLOUT;
}

}  // namespace

WaitResult wait_for(int descriptor, WaitFor what, const Call& call) {
  std::array<pollfd, 2> entries{pollfd{descriptor, events_for(what), 0},
                                pollfd{call.cancellation.descriptor(), POLLIN, 0}};
  for (;;) {
    const WaitResult before = look_at(call);
    if (before != WaitResult::ready) return before;
    const int ready = poll(entries.data(), entries.size(), poll_timeout(call));
    if (ready < 0 && errno == EINTR) continue;
    if (call.cancellation.reason() != StopReason::none) return WaitResult::stopped;
    if (ready > 0) return WaitResult::ready;  // An error counts as ready: the next read reports it.
  }
}

WaitResult look_at(const Call& call) {
  if (call.cancellation.reason() != StopReason::none) return WaitResult::stopped;
  return call.left() == Milliseconds::zero() ? WaitResult::timed_out : WaitResult::ready;
}

Error stopped_error(WaitResult result, const Call& call, const Phase& phase) {
  if (result == WaitResult::timed_out) {
    const auto waited = std::chrono::round<Milliseconds>(Clock::now() - phase.started);
    const std::string sentence = "The time ran out after " + std::to_string(waited.count()) +
                                 " ms during " + phase.name +
                                 (call.is_whole ? ", because the whole call had no more" : "");
    return {ErrorCode::timed_out,
            with_code(sentence, kNetworkTimedOut) +
                ". Check that the computer is up and reachable, or allow more time.",
            kNetworkTimedOut,
            {}};
  }
  if (call.cancellation.reason() == StopReason::closed) {
    return {ErrorCode::closed,
            "The session was closed during " + phase.name + ".",
            kOperationAborted,
            {}};
  }
  return {ErrorCode::cancelled,
          "The operation was stopped during " + phase.name + ".",
          kOperationAborted,
          {}};
}

}  // namespace wsman
