// Bytes of XML from one encoding to another.
#ifndef WSMAN_PROTOCOL_XML_ENCODING_H_
#define WSMAN_PROTOCOL_XML_ENCODING_H_

#include <string>

#include "base/secret.h"

namespace wsman::xml {

// The encoding of the text of a request.
enum class TextEncoding { utf8, utf16 };

// UTF-16, little-endian, after a byte order mark; "" if `text` is not UTF-8.
std::string to_utf16(const std::string& text);

// The same for text that holds a secret, and is UTF-8.
Secret to_utf16(const Secret& text);

// Converts a document to UTF-8, in a time that grows with its length. Its encoding is told by the
// byte order mark, the first bytes or the XML declaration, which is removed after a conversion:
// UTF-8, UTF-16, ISO-8859-1 or US-ASCII. UTF-8 is left as it is but for a byte order mark. False
// for any other encoding, or if the bytes are not UTF-16 where they begin so.
bool make_utf8(std::string& document);

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_ENCODING_H_
