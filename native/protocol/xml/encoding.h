// Bytes of XML from one encoding to another.
#ifndef WSMAN_PROTOCOL_XML_ENCODING_H_
#define WSMAN_PROTOCOL_XML_ENCODING_H_

#include <string>
#include <string_view>

#include "base/secret.h"

namespace wsman::xml {

// The encoding of the text of a request.
enum class TextEncoding { utf8, utf16 };

// The XML declaration at the beginning of a document without a byte order mark; "" if it has none.
std::string_view declaration_of(std::string_view document);

// UTF-16, little-endian, after a byte order mark; "" if `text` is not UTF-8.
std::string to_utf16(const std::string& text);

// The same for text that holds a secret, and is UTF-8.
Secret to_utf16(const Secret& text);

// What came of make_utf8().
struct Conversion {
  enum class Flaw {
    none,
    unknown_encoding,  // None of those that are read here.
    wrong_bytes,       // The bytes are not in that encoding.
  };

  Flaw flaw = Flaw::none;
  std::string encoding =
      {};  // With a flaw: the encoding, as it was named, or as the bytes show it.

  bool ok() const { return flaw == Flaw::none; }
};

// Converts a document to UTF-8, in a time that grows with its length. Its encoding is UTF-8,
// UTF-16, ISO-8859-1 or US-ASCII, and told, in this order, by the byte order mark or the width of
// the first bytes, by `charset`, which the transport names, and by the XML declaration [RFC 7303
// 3]. A declaration that names another encoding than UTF-8 is removed. UTF-8 is left as it is but
// for a byte order mark, and is not looked through.
Conversion make_utf8(std::string& document, std::string_view charset = {});

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_ENCODING_H_
