// SOAP answers as text.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_ENVELOPE_H
#define WSMAN_TESTS_SERVICE_WSMAN_ENVELOPE_H

#include <string>
#include <string_view>

#include "http/message.h"
#include "wsman/flavour.h"

namespace wsman::service {

constexpr const char* kSoapContentType = "application/soap+xml;charset=UTF-8";

// "4F…-…" in upper case: for message ids, contexts, shells and commands.
std::string new_guid();

// An envelope with the flavour's prefixes bound. `header` and `body` are XML.
std::string envelope(const Flavour& flavour, std::string_view header, std::string_view body);

// Action, MessageID, To and, unless it is empty, RelatesTo.
std::string addressing_header(const Flavour& flavour, std::string_view action,
                              std::string_view relates_to);

// The envelope as an HTTP answer, indented where the flavour does that.
Response soap_response(const Flavour& flavour, unsigned status, std::string_view header,
                       std::string_view body);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_ENVELOPE_H
