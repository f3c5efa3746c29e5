// XML of a user: parsed before it is put into a message, so that it cannot end the element around
// it.
#ifndef WSMAN_PROTOCOL_XML_EMBEDDED_H_
#define WSMAN_PROTOCOL_XML_EMBEDDED_H_

#include <string>

#include "base/error.h"

namespace wsman::xml {

// All of these fail with invalid_argument, in a sentence that calls the XML `what`, if it is not
// well-formed, uses a prefix that it does not declare, or has a DOCTYPE.

// One a:EndpointReference, for a selector [DSP0226 5.1.2.2].
Result<std::string> reference_xml(const std::string& xml, const std::string& what);

// The content of an element. An a:EndpointReference gives its own content, because a parameter that
// is a reference holds the address directly [DSP0227 12.2].
Result<std::string> content_xml(const std::string& xml, const std::string& what);

// A whole document, without its XML declaration.
Result<std::string> document_xml(const std::string& xml, const std::string& what);

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_EMBEDDED_H_
