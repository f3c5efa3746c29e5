// How a session ends: in one order, in one place.
//
// Disconnect-WSMan, a reconnect under the same name, removing the drive or the module, a connect
// that failed half-way and the registry's end all come here: refuse new work, cancel what runs,
// release what the server holds, hang up, wipe.
#ifndef WSMAN_SESSION_TEARDOWN_H_
#define WSMAN_SESSION_TEARDOWN_H_

#include <cstddef>
#include <string>
#include <vector>

#include "base/call.h"
#include "session/session.h"

namespace wsman {

// One step as it went, in the order taken.
struct TeardownStep {
  std::string step;  // "cancel", "terminate", "delete", "release", "close".
  double milliseconds = 0;
  std::string result;  // "ok", or what went wrong in a few words.
};

// What a teardown did, for the caller to show and for tests to assert.
struct TeardownReport {
  std::string computer_name;
  bool graceful = true;  // Everything was confirmed gone, and every TLS peer was told goodbye.
  double elapsed_ms = 0;
  int operations_cancelled = 0;
  int commands_terminated = 0;
  int commands_abandoned = 0;
  int shells_deleted = 0;
  int shells_abandoned = 0;
  int enumerations_released = 0;
  int enumerations_abandoned = 0;
  int connections_closed = 0;
  bool secrets_wiped = true;  // False if a secret of the session outlives it.
  std::vector<TeardownStep> steps;
  std::vector<std::string> warnings;  // One for each thing abandoned.
};

// Moves `session` to State::closed and returns what that took. Never throws and never fails.
//
// Safe from any thread and safe to repeat: a second call waits for the first, within its own
// deadline, and returns an empty report. `session` stays valid and readable.
//
// `call` bounds all steps together. When its deadline has passed, or when it is told to stop, what
// is left is abandoned but for the hanging up, which takes no time.
//
// `most_at_once` bounds the requests, and the threads, that giving back takes at a time.
inline constexpr size_t kLanes = 4;
TeardownReport close_session(Session& session, const Call& call, size_t most_at_once = kLanes);

}  // namespace wsman

#endif  // WSMAN_SESSION_TEARDOWN_H_
