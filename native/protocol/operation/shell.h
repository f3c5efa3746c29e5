// The bodies of remote shells, which have a schema of their own [MS-WSMV 2.2.4].
#ifndef WSMAN_PROTOCOL_OPERATION_SHELL_H_
#define WSMAN_PROTOCOL_OPERATION_SHELL_H_

#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/message/resource.h"
#include "protocol/operation/content.h"

namespace wsman::operation {

// Whether a resource is a shell: a command shell of Windows, or one of PowerShell.
bool is_shell(const std::string& resource_uri);

// Names of values are compared without case. All of these fail with invalid_argument.

// rsp:Shell for Create. ShellId, Name and CompressionMode become attributes; each text
// "NAME=value" of Environment becomes an rsp:Variable. A command shell has the streams stdin,
// stdout and stderr unless told otherwise.
Result<std::string> shell_body(const message::Target& target,
                               const std::vector<NamedValues>& values);

// The URI of an action of a shell, for its name.
std::string shell_action(const std::string& name);

// The body of an action of a shell, by its name:
//   Command  Command, Arguments (any number), CommandId
//   Send     Stream (base64), Name (stdin), CommandId, End
//   Receive  DesiredStream (stdout stderr), CommandId, SequenceId
//   Signal   Code (a URI, or terminate, ctrl_c, ctrl_break), CommandId
// Any other becomes an element of that name with the values in it.
Result<std::string> shell_action_body(const std::string& name,
                                      const std::vector<NamedValues>& values);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_SHELL_H_
