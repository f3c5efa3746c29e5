// SOAP 1.2 envelopes: written for requests, read from answers, faults turned into errors.
//
// The only room that knows libxml2. Documents are read without network, entities or DTD, at most
// 256 levels deep; elements are found by namespace and local name, never by prefix.
#ifndef WSMAN_PROTOCOL_ENVELOPE_H_
#define WSMAN_PROTOCOL_ENVELOPE_H_

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "transport/transport.h"

namespace wsman {

namespace ns {
inline constexpr const char* kSoap = "http://www.w3.org/2003/05/soap-envelope";
inline constexpr const char* kIdentity =
    "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd";
inline constexpr const char* kFault = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";
}  // namespace ns

// How request text is encoded (New-WSManSessionOption -UseUTF16).
enum class TextEncoding { utf8, utf16 };

// The HTTP request for an envelope given in UTF-8.
HttpRequest to_http(const std::string& envelope, TextEncoding encoding);

// An answer that is a well-formed envelope without a fault.
class Envelope {
 public:
  explicit Envelope(xmlDocPtr document) : document_(document, xmlFreeDoc) {}

  // The first element in the Body, or null.
  xmlNodePtr body_child() const;

 private:
  friend Result<Envelope> read_answer(const HttpResponse& response, const Endpoint& endpoint);
  std::shared_ptr<xmlDoc> document_;
};

// Judges an answer: a SOAP body first, whatever the status, then the status. Fails with fault (the
// s:Fault is in fault_xml), http or protocol.
Result<Envelope> read_answer(const HttpResponse& response, const Endpoint& endpoint);

// The first child element with that local name in any namespace, or null.
xmlNodePtr child_named(xmlNodePtr parent, std::string_view local_name);

// The text of an element, without white space around it; "" for null.
std::string text_of(xmlNodePtr element);

// The element as a document of its own, with every namespace it uses declared.
std::string xml_of(xmlNodePtr element);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_ENVELOPE_H_
