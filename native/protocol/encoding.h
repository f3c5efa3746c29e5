// Octets of XML from one encoding to another.
#ifndef WSMAN_PROTOCOL_ENCODING_H_
#define WSMAN_PROTOCOL_ENCODING_H_

#include <string>

#include "base/secret.h"

namespace wsman {

// UTF-16, little-endian behind a byte order mark; "" if `text` is no UTF-8.
std::string to_utf16(const std::string& text);

// The same for text that holds a secret, and is UTF-8.
Secret to_utf16(const Secret& text);

// Makes UTF-8 of a document in another encoding, told by its byte order mark, its first octets or
// its XML declaration, which is dropped then. UTF-8 is left as it is but for a byte order mark.
// False if the encoding is not known or the octets are not in it.
bool make_utf8(std::string& document);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_ENCODING_H_
