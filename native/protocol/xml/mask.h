// Envelopes as the debug trace shows them, without the secrets in them.
#ifndef WSMAN_PROTOCOL_XML_MASK_H_
#define WSMAN_PROTOCOL_XML_MASK_H_

#include <string>

namespace wsman::xml {

// The document with "********" in the place of possible secrets: the text of each element and
// attribute whose name, or whose attribute Name, contains "password" or the like, and the arguments
// of a command from the first that contains it. Text that cannot be read as XML is not shown; its
// length is given instead.
std::string masked(const std::string& document, std::string_view charset = {});

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_MASK_H_
