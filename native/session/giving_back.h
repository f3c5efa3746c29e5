// Gives back what a session holds on the server: terminates commands, deletes shells, releases
// enumeration contexts.
#ifndef WSMAN_SESSION_GIVING_BACK_H_
#define WSMAN_SESSION_GIVING_BACK_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "protocol/operations.h"
#include "session/holdings.h"

namespace wsman {

// Whether what Pull or Release was answered with means that the context is gone.
bool means_context_gone(const Error& error);

// Whether a failure says that the server does not accept who we are.
bool means_refused(const Error& error);

// Releases one context. Succeeds if it is gone, by this or before. What could not be released stays
// in `holdings`.
Status release_one(Holdings& holdings, uint64_t id, const OperationContext& context,
                   const Call& call);

// Terminates one command. Succeeds if it is gone, by this or before.
Status end_command(Holdings& holdings, const OpenShell& shell, const std::string& command,
                   const OperationContext& context, const Call& call);

// Deletes one shell that is held. Succeeds if it is gone, by this or before.
Status end_shell(Holdings& holdings, const std::string& shell_id, const OperationContext& context,
                 const Call& call);

// What became of one kind of thing.
struct GivenBack {
  int done = 0;
  int abandoned = 0;
  double milliseconds = 0;  // From the beginning of all to the last of this kind.
  std::string why;          // Of the first that was abandoned.
};

struct GivingBack {
  GivenBack commands;
  GivenBack shells;
  GivenBack enumerations;
};

// Gives back all of it, `most_at_once` requests at a time, on as many threads with the caller's. A
// shell is deleted when its commands are terminated; nothing else waits for anything.
//
// When the server refuses the credential, nothing more is sent: repeating it could lock an account.
GivingBack give_back_all(Holdings& holdings, const OperationContext& context, size_t most_at_once,
                         const Call& call);

// What give_back_all() would have given back, abandoned without any traffic.
GivingBack abandon_all(const Holdings& holdings, const std::string& why);

}  // namespace wsman

#endif  // WSMAN_SESSION_GIVING_BACK_H_
