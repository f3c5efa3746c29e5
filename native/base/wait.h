// The only waits of the library: for a descriptor or an event, until a stop or a deadline.
#ifndef WSMAN_BASE_WAIT_H_
#define WSMAN_BASE_WAIT_H_

#include <string>

#include "base/call.h"
#include "base/error.h"
#include "base/event.h"

namespace wsman {

enum class WaitFor { readable, writable, either };
enum class WaitResult {
  ready,
  timed_out,
  stopped,
  failed,  // The system cannot wait, as poll() with more descriptors than RLIMIT_NOFILE allows.
};

// Waits until `descriptor` is ready, the call is told to stop, or its deadline passes. A stop and a
// passed deadline win over readiness, so that a peer that never stops sending cannot keep a call
// going.
WaitResult wait_for(int descriptor, WaitFor what, const Call& call);

// The same for an event: ready once it is set.
WaitResult wait_for(const Event& event, const Call& call);

// Whether a call may go on, without waiting: ready, timed_out or stopped.
WaitResult look_at(const Call& call);

// One phase of a call, as errors name it: "the TLS handshake with server01 (port 5986)".
struct Phase {
  std::string name;
  Clock::time_point started = Clock::now();
};

// The error for a wait that did not end in `ready`: cancelled, closed, or timed_out with the
// milliseconds that the phase took. The text tells if the deadline was that of the whole call. Any
// other result becomes internal; `ready` is one for a call that was given up though look_at() finds
// nothing: its wait failed.
Error stopped_error(WaitResult result, const Call& call, const Phase& phase);

// The same for a call that was told to stop: cancelled or closed.
Error stopped_error(StopReason reason, const Phase& phase);

}  // namespace wsman

#endif  // WSMAN_BASE_WAIT_H_
