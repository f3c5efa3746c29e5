#include "base/call.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#if defined(__linux__)
#include <sys/eventfd.h>
#endif

namespace wsman {

#if defined(__linux__)
Cancellation::Cancellation() : read_end_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  write_end_ = read_end_;
}
#else
Cancellation::Cancellation() {
  std::array<int, 2> ends{-1, -1};
  if (pipe(ends.data()) != 0) return;
  for (const int end : ends) {
    (void)fcntl(end, F_SETFD, FD_CLOEXEC);
    (void)fcntl(end, F_SETFL, O_NONBLOCK);
  }
  read_end_ = ends[0];
  write_end_ = ends[1];
}
#endif

Cancellation::~Cancellation() {
  if (read_end_ >= 0) (void)close(read_end_);
  if (write_end_ >= 0 && write_end_ != read_end_) (void)close(write_end_);
}

void Cancellation::stop(StopReason reason) {
  StopReason none = StopReason::none;
  if (!reason_.compare_exchange_strong(none, reason)) return;
  const uint64_t one = 1;  // An eventfd takes eight octets; a pipe does not mind.
  if (write_end_ >= 0) (void)!write(write_end_, &one, sizeof one);
}

Milliseconds Call::left() const {
  if (deadline == Clock::time_point::max()) return Milliseconds::max();
  const auto rest = std::chrono::ceil<Milliseconds>(deadline - Clock::now());
  return std::max(rest, Milliseconds::zero());
}

Milliseconds Call::until_next_look() const { return std::min(Milliseconds(20), left()); }

Call Call::within(Milliseconds from_now) const {
  const Clock::time_point bound = Clock::now() + from_now;
  if (deadline <= bound) return *this;
  return {cancellation, bound, trace, false};
}

}  // namespace wsman
