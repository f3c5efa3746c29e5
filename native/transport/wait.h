// The one place where the transport waits: for a descriptor, a stop or a deadline.
#ifndef WSMAN_TRANSPORT_WAIT_H_
#define WSMAN_TRANSPORT_WAIT_H_

#include <string>

#include "base/call.h"
#include "base/error.h"

namespace wsman {

enum class WaitFor { readable, writable, either };
enum class WaitResult { ready, timed_out, stopped };

// Waits until `descriptor` is ready, the call is told to stop, or its deadline passes. A stop and a
// deadline that has passed win over readiness: a peer that always has something more to say must
// not keep a call going.
WaitResult wait_for(int descriptor, WaitFor what, const Call& call);

// Whether a call that finds everything ready may go on: ready, timed_out or stopped.
WaitResult look_at(const Call& call);

// One part of a call, as errors name it: "the TLS handshake with server01 (port 5986)".
struct Phase {
  std::string name;
  Clock::time_point started = Clock::now();
};

// The error for a wait that did not end in `ready`: cancelled, closed, or timed_out with the
// milliseconds that the phase took. It says so if the time was that of the whole call.
Error stopped_error(WaitResult result, const Call& call, const Phase& phase);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_WAIT_H_
