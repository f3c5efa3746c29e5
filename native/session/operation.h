// One operation of a user in a session, and what it leaves open on the server.
#ifndef WSMAN_SESSION_OPERATION_H_
#define WSMAN_SESSION_OPERATION_H_

#include <string>

#include "base/call.h"
#include "base/error.h"
#include "protocol/content.h"
#include "protocol/resource.h"
#include "session/session.h"

namespace wsman {

struct Operation {
  enum class Kind { get, set, create, remove, invoke };

  Kind kind = Kind::get;
  Target target;
  std::string action;  // Of invoke.
  Content content;
};

// What it leaves on the server if its answer is not heard: a shell for Create, a command for
// Command. Receive may wait for long and leaves nothing.
Leaves what_leaves(const Operation& operation);

// Carries it out and gives the answer. A shell that it creates, and a command that it starts, are
// the session's to end from then on, and no more once it ended them itself. A session for one
// operation keeps no shell: it would be gone before its user knows its name.
Result<std::string> carry_out(Session& session, const Operation& operation, const Call& call);

// Ends the shell or the command that `answer` names, because nobody is there any more to whom the
// answer could be given. What cannot be ended stays with the session.
void give_back(Session& session, const Operation& operation, const std::string& answer,
               const Call& call);

}  // namespace wsman

#endif  // WSMAN_SESSION_OPERATION_H_
