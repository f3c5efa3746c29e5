#include "protocol/envelope.h"

#include <utility>

#include "protocol/encoding.h"
#include "protocol/errors.h"
#include "protocol/fault.h"
#include "protocol/http_answer.h"

namespace wsman {
namespace {

Error broken(const Endpoint& endpoint, const std::string& flaw, uint32_t code) {
  return protocol_error(
      "The answer of " + endpoint.display() + " " + flaw, code,
      "Check that the port and the application name lead to a WS-Management service.");
}

xmlNodePtr soap_child(xmlNodePtr parent, std::string_view local_name) {
  xmlNodePtr child = child_named(parent, local_name);
  return child != nullptr && is_in(child, ns::kSoap) ? child : nullptr;
}

}  // namespace

HttpRequest to_http(const std::string& envelope, TextEncoding encoding) {
  if (encoding == TextEncoding::utf16) {
    return {"application/soap+xml;charset=UTF-16", to_utf16(envelope), false};
  }
  return {"application/soap+xml;charset=UTF-8", envelope, false};
}

xmlNodePtr Envelope::section(std::string_view local_name) const {
  return soap_child(xmlDocGetRootElement(document_.get()), local_name);
}

xmlNodePtr Envelope::body_child() const { return first_element(section("Body")); }

xmlNodePtr Envelope::body_child(std::string_view local_name) const {
  return child_named(section("Body"), local_name);
}

std::string Envelope::language() const {
  return language_of(xmlDocGetRootElement(document_.get()));
}

std::string Envelope::relates_to() const {
  return text_of(child_named(section("Header"), "RelatesTo"));
}

bool is_soap(const HttpResponse& response) {
  return response.content_type == "application/soap+xml" || response.content_type == "text/xml";
}

Result<Envelope> read_answer(const HttpResponse& response, const Endpoint& endpoint) {
  if (!is_soap(response)) return http_error(response, endpoint);
  if (response.body.empty()) {
    if (response.status != 200) return http_error(response, endpoint);
    return broken(endpoint, "is empty", code::kNoResponseData);
  }
  Reading reading = read_xml(response.body);
  if (reading.flaw == XmlFlaw::doctype)
    return broken(endpoint, "has a DOCTYPE, which SOAP forbids", code::kInvalidXml);
  if (reading.flaw != XmlFlaw::none)
    return broken(endpoint, "is not well-formed XML", code::kInvalidXml);
  xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
  xmlNodePtr body = root != nullptr && is_in(root, ns::kSoap) ? soap_child(root, "Body") : nullptr;
  if (body == nullptr) return broken(endpoint, "is no SOAP 1.2 envelope", code::kNoSoap);
  xmlNodePtr fault = soap_child(body, "Fault");
  if (fault != nullptr) return fault_error(fault, endpoint);
  if (response.status != 200) return http_error(response, endpoint);
  return Envelope(std::move(reading.document));
}

}  // namespace wsman
