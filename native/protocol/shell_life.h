// What operations on shells tell about shells and commands that begin and end.
#ifndef WSMAN_PROTOCOL_SHELL_LIFE_H_
#define WSMAN_PROTOCOL_SHELL_LIFE_H_

#include <string>

#include "protocol/content.h"

namespace wsman {

// The ShellId in the answer of Create, or "" [MS-WSMV 3.1.4.5.1].
std::string shell_id_in(const std::string& answer);

// Whether the action, a name or a URI, is Command.
bool starts_command(const std::string& action);

// The CommandId in the answer of the action Command, or "". `action` is a name or a URI.
std::string started_command_in(const std::string& action, const std::string& answer);

// The CommandId that the action Signal terminated, or "".
std::string terminated_command_in(const std::string& action, const Content& content);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_SHELL_LIFE_H_
