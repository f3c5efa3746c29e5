// Identifiers that nobody else makes.
#ifndef WSMAN_PROTOCOL_UUID_H_
#define WSMAN_PROTOCOL_UUID_H_

#include <string>

namespace wsman {

// "uuid:" and a random GUID in upper case [RFC 4122 4.4], as messages, operations and sessions are
// called.
std::string new_uuid();

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_UUID_H_
