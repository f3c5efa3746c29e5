// Envelopes shown to a person, without the secrets in them.
#ifndef WSMAN_PROTOCOL_MASK_H_
#define WSMAN_PROTOCOL_MASK_H_

#include <string>

namespace wsman {

// The document with "********" for what may be a secret: the text of each element and attribute
// whose name, or whose attribute Name, has "password" or the like in it, and the arguments of a
// command from the first that has. What cannot be read as XML is not shown: its length is said.
std::string masked(const std::string& document);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_MASK_H_
