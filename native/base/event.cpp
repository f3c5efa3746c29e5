#include "base/event.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdint>

#if defined(__linux__)
#include <sys/eventfd.h>
#endif

namespace wsman {

// An eventfd is one descriptor where a pipe is two. Both are non-blocking, so that set() returns at
// once however often it is called. A failure leaves -1, which poll() passes over.
#if defined(__linux__)
Event::Event() : read_end_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { write_end_ = read_end_; }
#else
Event::Event() {
  std::array<int, 2> ends{-1, -1};
  // macOS has neither eventfd() nor pipe2(), so close-on-exec is set one call later.
  if (pipe(ends.data()) != 0) return;
  for (const int end : ends) {
    (void)fcntl(end, F_SETFD, FD_CLOEXEC);
    (void)fcntl(end, F_SETFL, O_NONBLOCK);
  }
  read_end_ = ends[0];
  write_end_ = ends[1];
}
#endif

Event::~Event() {
  if (read_end_ >= 0) (void)close(read_end_);
  // An eventfd is both ends. A second close() could hit a descriptor that another thread has opened
  // meanwhile.
  if (write_end_ >= 0 && write_end_ != read_end_) (void)close(write_end_);
}

void Event::set() {
  // Each way ends with what a waiter sees: it may go on, and the event be gone.
  if (write_end_ < 0) return is_set_unseen_.store(true);
  const uint64_t one = 1;  // An eventfd takes eight bytes; a pipe does not mind.
  // A write fails with EAGAIN only when earlier ones have filled the buffer, and then the
  // descriptor is readable anyway.
  (void)!write(write_end_, &one, sizeof one);
}

}  // namespace wsman
