// How a session ends: in one order, in one place.
//
// Disconnect-WSMan, a reconnect under the same name, removing the drive or the module, a connect
// that failed half-way and the end of the registry all come here. The order: refuse new work, stop
// running operations, end the objects on the server, close the connections, wipe the secrets.
#ifndef WSMAN_SESSION_TEARDOWN_H_
#define WSMAN_SESSION_TEARDOWN_H_

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/call.h"
#include "session/session.h"

namespace wsman::session {

// One step of a teardown. The steps are in the order in which they were taken; "terminate",
// "delete" and "release" go on at the same time.
struct TeardownStep {
  std::string step;         // "cancel", "terminate", "delete", "release", "close".
  double start_ms = 0;      // Since the teardown began.
  double milliseconds = 0;  // From its start to its end.
  std::string result;       // "ok", or the failure in a few words: "0 of 1 shell".
};

// The result of a teardown, for the caller to show and for tests to assert.
struct TeardownReport {
  std::string computer_name;
  std::string connection_uri;
  std::string user_name;  // "" if none was given.
  std::chrono::system_clock::time_point started;
  bool graceful = true;  // All objects are confirmed gone, and TLS ended with close_notify.
  double elapsed_ms = 0;
  int operations_cancelled = 0;
  int commands_terminated = 0;
  int commands_abandoned = 0;
  int shells_deleted = 0;
  int shells_abandoned = 0;
  int enumerations_released = 0;
  int enumerations_abandoned = 0;
  int connections_closed = 0;  // That were open when it began; those of the cleanup are its own.
  bool secrets_wiped = true;   // False if a secret of the session outlives it.
  std::vector<TeardownStep> steps;
  std::vector<std::string> warnings;  // One for each thing abandoned.

  // Server objects that may be left.
  int abandoned() const { return commands_abandoned + shells_abandoned + enumerations_abandoned; }
};

// A number of the report, and where it stands in its document: "commands": {"terminated": 1}.
struct TeardownCounter {
  const char* group;
  const char* name;
  int TeardownReport::*count;
};

// All counters of a report.
inline constexpr std::array kTeardownCounters{
    TeardownCounter{"operations", "cancelled", &TeardownReport::operations_cancelled},
    TeardownCounter{"commands", "terminated", &TeardownReport::commands_terminated},
    TeardownCounter{"commands", "abandoned", &TeardownReport::commands_abandoned},
    TeardownCounter{"shells", "deleted", &TeardownReport::shells_deleted},
    TeardownCounter{"shells", "abandoned", &TeardownReport::shells_abandoned},
    TeardownCounter{"enumerations", "released", &TeardownReport::enumerations_released},
    TeardownCounter{"enumerations", "abandoned", &TeardownReport::enumerations_abandoned},
    TeardownCounter{"connections", "closed", &TeardownReport::connections_closed}};

// Moves `session` to State::closed and returns the report. Never throws and never fails: where
// memory runs out, what is left on the server counts as abandoned, and texts of the report may be
// missing.
//
// Safe from any thread and safe to repeat: a second call waits for the first, within its own
// deadline, and reports only what is left on the server then. After half of its time the first
// hears no answers out any more, whatever time it has itself. `session` stays valid and readable.
//
// `call` bounds all steps together. After its deadline, or when it is stopped, the objects that are
// left are abandoned; the connections are still closed, which takes no time.
//
// `most_at_once` bounds the requests, and the threads, that the cleanup takes at a time.
TeardownReport close_session(Session& session, const Call& call,
                             size_t most_at_once = kMostConnections) noexcept;

}  // namespace wsman::session

#endif  // WSMAN_SESSION_TEARDOWN_H_
