// Cleans up the objects that a session keeps on the server: terminates commands, deletes shells,
// releases enumeration contexts.
#ifndef WSMAN_SESSION_SERVER_CLEANUP_H_
#define WSMAN_SESSION_SERVER_CLEANUP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "protocol/operation/operations.h"
#include "session/credential_standing.h"
#include "session/server_objects.h"

namespace wsman::session {

// Whether the error of a Pull or a Release means that the context is gone.
bool means_context_gone(const Error& error);

// Releases one context. Succeeds if it is gone, by this request or before. A context that could not
// be released, or that nobody can name, stays in `server_objects`. Fails while another caller
// releases it.
Status release_one(ServerObjects& server_objects, uint64_t id, const message::Context& context,
                   const Call& call);

// What came of ending one object.
enum class Ending {
  ended,      // It is gone, by this request or before.
  never_was,  // It was not known to exist, and the server does not know it.
};

// Terminates one command of a shell that the session has something in.
Result<Ending> end_command(ServerObjects& server_objects, const std::string& shell_id,
                           const std::string& command_id, const message::Context& context,
                           const Call& call);

// Deletes one shell of the session.
Result<Ending> end_shell(ServerObjects& server_objects, const std::string& shell_id,
                         const message::Context& context, const Call& call);

// The result for one kind of object.
struct CleanupCount {
  int tried = 0;
  int done = 0;
  int abandoned = 0;
  Clock::time_point began;  // Of the first of this kind.
  Clock::time_point ended;  // Of the last.
  std::string why;          // Of the first that was abandoned.
};

struct CleanupResult {
  CleanupCount commands;
  CleanupCount shells;
  CleanupCount enumerations;
};

// Cleans up all objects, with `most_at_once` requests at a time, on as many threads including the
// caller's. A shell is deleted after its commands were terminated; nothing else waits for anything.
//
// When the server refuses the credential for good, nothing more is sent: repeating it could lock an
// account.
CleanupResult clean_up(ServerObjects& server_objects, CredentialStanding& standing,
                       const message::Context& context, size_t most_at_once, const Call& call);

// Counts all objects that clean_up() would end as abandoned. Sends nothing.
CleanupResult abandon(const ServerObjects& server_objects, const std::string& why);

}  // namespace wsman::session

#endif  // WSMAN_SESSION_SERVER_CLEANUP_H_
