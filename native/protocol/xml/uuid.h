// Identifiers that are unique without a registry.
#ifndef WSMAN_PROTOCOL_XML_UUID_H_
#define WSMAN_PROTOCOL_XML_UUID_H_

#include <string>

namespace wsman::xml {

// "uuid:" and a random GUID in upper case [RFC 4122 4.4]: the identifier of a message, an operation
// or a session.
std::string new_uuid();

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_UUID_H_
