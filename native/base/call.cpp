#include "base/call.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

#if defined(__linux__)
#include <sys/eventfd.h>
#endif

namespace wsman {

namespace {

// Descriptors of calls that ended unstopped, for the next ones: most calls do.
class Spare {
 public:
  bool take(std::array<int, 2>& ends) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (spare_.empty()) return false;
    ends = spare_.back();
    spare_.pop_back();
    return true;
  }

  bool keep(const std::array<int, 2>& ends) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (spare_.size() == kMost) return false;
    spare_.push_back(ends);
    return true;
  }

 private:
  static constexpr size_t kMost = 4;

  std::mutex mutex_;
  std::vector<std::array<int, 2>> spare_;
};

// Never destroyed: calls may end while the process does.
Spare& spare() {
  static auto* kept = new Spare;
  return *kept;
}

std::array<int, 2> new_ends() {
  std::array<int, 2> ends{-1, -1};
#if defined(__linux__)
  ends[0] = ends[1] = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
#else
  if (pipe(ends.data()) != 0) return {-1, -1};
  for (const int end : ends) {
    (void)fcntl(end, F_SETFD, FD_CLOEXEC);
    (void)fcntl(end, F_SETFL, O_NONBLOCK);
  }
#endif
  return ends;
}

}  // namespace

Cancellation::Cancellation() {
  std::array<int, 2> ends{-1, -1};
  if (!spare().take(ends)) ends = new_ends();
  read_end_ = ends[0];
  write_end_ = ends[1];
}

Cancellation::~Cancellation() {
  if (read_end_ < 0) return;
  if (reason_.load() == StopReason::none && spare().keep({read_end_, write_end_})) return;
  (void)close(read_end_);
  if (write_end_ != read_end_) (void)close(write_end_);
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

Call Call::within(Milliseconds from_now) const {
  const Clock::time_point bound = Clock::now() + from_now;
  if (deadline <= bound) return *this;
  return {cancellation, bound, trace, false};
}

}  // namespace wsman
