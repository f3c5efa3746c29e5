// SOAP 1.2 envelopes: text for the wire, and answers judged, faults turned into errors.
//
// The only room that knows libxml2. Documents are read without network, entities or DTD, at most
// 256 levels deep; elements are found by namespace and local name, never by prefix.
#ifndef WSMAN_PROTOCOL_ENVELOPE_H_
#define WSMAN_PROTOCOL_ENVELOPE_H_

#include <libxml/tree.h>

#include <memory>
#include <string>

#include "base/error.h"
#include "protocol/names.h"
#include "protocol/xml.h"
#include "transport/transport.h"

namespace wsman {

// How request text is encoded (New-WSManSessionOption -UseUTF16).
enum class TextEncoding { utf8, utf16 };

// The HTTP request for an envelope given in UTF-8.
HttpRequest to_http(const std::string& envelope, TextEncoding encoding);

// An answer that is a well-formed envelope without a fault.
class Envelope {
 public:
  explicit Envelope(Document document) : document_(std::move(document)) {}

  // The first element in the Body, or null.
  xmlNodePtr body_child() const;

  // The first element in the Body with that local name, or null.
  xmlNodePtr body_child(std::string_view local_name) const;

  // The xml:lang of the envelope, or "".
  std::string language() const;

  // The a:RelatesTo of the Header without white space around it, or "".
  std::string relates_to() const;

 private:
  xmlNodePtr section(std::string_view local_name) const;

  std::shared_ptr<xmlDoc> document_;
};

// Judges an answer: a SOAP body first, whatever the status, then the status. Fails with fault (the
// s:Fault is in fault_xml), http or protocol.
Result<Envelope> read_answer(const HttpResponse& response, const Endpoint& endpoint);

// Whether the answer says that it is SOAP.
bool is_soap(const HttpResponse& response);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_ENVELOPE_H_
