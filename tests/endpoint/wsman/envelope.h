// SOAP answers as text.
#ifndef WSMAN_ENDPOINT_WSMAN_ENVELOPE_H
#define WSMAN_ENDPOINT_WSMAN_ENVELOPE_H

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"

namespace wsman::endpoint {

constexpr const char* kSoapContentType = "application/soap+xml;charset=UTF-8";
constexpr const char* kAddressingFaultAction =
    "http://schemas.xmlsoap.org/ws/2004/08/addressing/fault";
constexpr const char* kWsmanFaultAction = "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault";

// Text for an element or an attribute value.
std::string escape_xml(std::string_view text);

// An envelope with the prefixes s, wsa, wsman, wsen, wxf and f bound to their usual namespaces.
// `header` and `body` are XML.
std::string envelope(std::string_view header, std::string_view body);

struct Fault {
  std::uint32_t code = 0;  // What Windows calls the failure; in the f:WSManFault of the detail.
  std::string subcode;     // With one of the prefixes above, such as "wsa:ActionNotSupported".
  std::string action;
  std::string reason;
};

// HTTP 500 with the fault, as Windows sends all of its own. `relates_to` may be empty.
Response fault_response(const Fault& fault, std::string_view relates_to);

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_WSMAN_ENVELOPE_H
