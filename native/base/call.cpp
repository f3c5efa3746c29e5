#include "base/call.h"

#include <algorithm>

namespace wsman {

void Cancellation::stop(StopReason reason) {
  // The first reason stays, because errors name it. It is stored before the event is set: a waiter
  // that poll() wakes reads the reason next.
  StopReason none = StopReason::none;
  if (!reason_.compare_exchange_strong(none, reason)) return;
  stopped_.set();
}

Milliseconds Call::left() const {
  if (deadline == Clock::time_point::max()) return Milliseconds::max();
  // Rounded up, so that zero means that the deadline has passed and not that less than 1 ms is
  // left.
  const auto rest = std::chrono::ceil<Milliseconds>(deadline - Clock::now());
  return std::max(rest, Milliseconds::zero());
}

Call Call::within(Milliseconds from_now, const char* from_setting) const {
  const Clock::time_point bound = Clock::now() + from_now;
  // The earlier deadline wins and keeps what is known of it, so that the error of a timeout can
  // tell the bound of the phase from that of the whole call, and name its setting.
  if (deadline <= bound) return *this;
  return {cancellation, bound, trace, false, from_setting, overtime};
}

void Call::stop(StopReason reason) const {
  overtime != nullptr ? overtime->stop(reason) : cancellation.stop(reason);
}

Call Call::without_overtime() const { return {cancellation, deadline, trace, is_whole, setting}; }

}  // namespace wsman
