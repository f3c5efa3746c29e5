// One operation of a user in a session, and the objects that it leaves open on the server.
#ifndef WSMAN_SESSION_OPERATION_H_
#define WSMAN_SESSION_OPERATION_H_

#include <string>

#include "base/call.h"
#include "base/error.h"
#include "protocol/message/resource.h"
#include "protocol/operation/content.h"
#include "session/session.h"

namespace wsman::session {

struct Operation {
  enum class Kind { get, set, create, remove, invoke };

  Kind kind = Kind::get;
  message::Target target;
  std::string action;  // Of invoke.
  operation::Content content;
};

// Whether the operation leaves something on the server that its answer names: a shell for Create, a
// command for Command.
bool leaves_something(const Operation& operation);

// Performs the operation and gives the answer. From then on the session ends a shell that it
// created and a command that it started, unless they were ended by an operation; so it does if no
// answer tells whether they exist, under the names that the request gave them.
Result<std::string> perform_operation(Session& session, const Operation& operation,
                                      const Call& call);

// Has the session forget what the operation made, as `answer` says, and its caller goes on with:
// what a session of one operation made, which would be gone before the user knows its name, and a
// command in a shell of somebody else.
void leave_to_caller(Session& session, const Operation& operation, const std::string& answer);

// Ends the shell or the command that `answer` names, because its caller has left. An object that
// cannot be ended stays with the session.
void clean_up_after(Session& session, const Operation& operation, const std::string& answer,
                    const Call& call);

}  // namespace wsman::session

#endif  // WSMAN_SESSION_OPERATION_H_
