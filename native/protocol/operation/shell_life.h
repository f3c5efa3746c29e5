// Shells and commands that begin and end, read from operations and their answers.
#ifndef WSMAN_PROTOCOL_OPERATION_SHELL_LIFE_H_
#define WSMAN_PROTOCOL_OPERATION_SHELL_LIFE_H_

#include <string>

#include "protocol/operation/content.h"

namespace wsman::operation {

// The identifier that the content of Create gives to the shell, or that of the action Command to
// the command. One that has none gets a new one, a GUID in upper case, so that what no answer names
// can be ended all the same [MS-WSMV 2.2.4.7, 2.2.4.37]. A server may name it otherwise; its answer
// tells. "" if the content is a document of another kind.
std::string name_shell(Content& content);
std::string name_command(Content& content);

// The ShellId in the answer of Create, or "" [MS-WSMV 3.1.4.5.1].
std::string shell_id_in(const std::string& answer);

// Whether the action, a name or a URI, is Command.
bool starts_command(const std::string& action);

// Whether the action, a name or a URI, is Receive, which is answered when a command writes or ends.
bool receives_output(const std::string& action);

// The CommandId in the answer of the action Command, or "". `action` is a name or a URI.
std::string started_command_in(const std::string& action, const std::string& answer);

// The CommandId that the action Signal terminated, or "".
std::string terminated_command_in(const std::string& action, const Content& content);

}  // namespace wsman::operation

#endif  // WSMAN_PROTOCOL_OPERATION_SHELL_LIFE_H_
