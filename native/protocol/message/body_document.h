// What a Body holds as a document of its own, cut from the bytes of the answer, without a tree.
#ifndef WSMAN_PROTOCOL_MESSAGE_BODY_DOCUMENT_H_
#define WSMAN_PROTOCOL_MESSAGE_BODY_DOCUMENT_H_

#include <string>
#include <string_view>

#include "base/call.h"
#include "protocol/message/envelope_scan.h"

namespace wsman::message {

// The result of one pass over an envelope.
struct BodyDocument {
  EnvelopeScan envelope;
  // Of the first element in the Body: its name, its namespace, and itself as it stands there, with
  // a declaration of each namespace that it uses, and with the xml:lang of the envelope.
  std::string name;
  std::string uri;
  std::string xml;
};

// Reads a document in UTF-8. Of the children of the Body the first one that is called `preferred`
// counts, and where none is, the first one. Throws std::bad_alloc.
BodyDocument scan_body(std::string_view bytes, std::string_view preferred = {},
                       const Call* call = nullptr);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_BODY_DOCUMENT_H_
