#include "protocol/message/envelope.h"

#include <utility>

#include "base/codes.h"
#include "base/text.h"
#include "base/wait.h"
#include "protocol/message/fault.h"
#include "protocol/message/http_answer.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/errors.h"

namespace wsman::message {
namespace {

// Most such answers come from something else than a WS-Management service, so the advice is about
// port and path.
Error broken(const Endpoint& endpoint, const std::string& flaw, uint32_t code) {
  return xml::protocol_error("The answer of " + endpoint.display() + " " + flaw, code,
                             AdviceKey::check_port_and_path);
}

// In the namespace of SOAP 1.2 only: an element of the same name elsewhere is content.
xmlNodePtr soap_child(xmlNodePtr parent, std::string_view local_name) {
  xmlNodePtr child = xml::child_named(parent, local_name);
  return child != nullptr && xml::is_in(child, ns::kSoap) ? child : nullptr;
}

xml::Reading read(const std::string& body, const Call* call) {
  std::string text = body;
  if (!xml::make_utf8(text)) return {nullptr, xml::XmlFlaw::not_well_formed};
  return xml::read_xml(text, call);
}

Error cannot_read(xml::XmlFlaw flaw, const Endpoint& endpoint, const Call* call,
                  const Phase& phase) {
  switch (flaw) {
    case xml::XmlFlaw::stopped: {
      Error error = stopped_error(look_at(*call), *call, phase);
      error.outcome = Outcome::unknown;
      return error;
    }
    case xml::XmlFlaw::no_memory:
      return xml::no_memory(Outcome::unknown);
    case xml::XmlFlaw::doctype:
      return broken(endpoint, "has a DOCTYPE, which SOAP forbids", code::kInvalidXml);
    case xml::XmlFlaw::excessive:
      return broken(endpoint,
                    "has an element with too many attributes or namespace declarations, or too "
                    "long a text",
                    code::kInvalidXml);
    case xml::XmlFlaw::not_well_formed:
    case xml::XmlFlaw::none:
      break;
  }
  return broken(endpoint, "is not well-formed XML", code::kInvalidXml);
}

}  // namespace

HttpRequest to_http(const std::string& envelope, xml::TextEncoding encoding) {
  // The charset stands without quotes: openwsman copies it into the XML declaration of its answer
  // as it came.
  if (encoding == xml::TextEncoding::utf16) {
    return {"application/soap+xml;charset=UTF-16", xml::to_utf16(envelope), false};
  }
  return {"application/soap+xml;charset=UTF-8", envelope, false};
}

xmlNodePtr Envelope::section(std::string_view local_name) const {
  return soap_child(xmlDocGetRootElement(document_.get()), local_name);
}

xmlNodePtr Envelope::body_child() const { return xml::first_element(section("Body")); }

xmlNodePtr Envelope::body_child(std::string_view local_name) const {
  return xml::child_named(section("Body"), local_name);
}

std::string Envelope::language() const {
  return xml::language_of(xmlDocGetRootElement(document_.get()));
}

std::string Envelope::relates_to() const {
  return xml::text_of(xml::child_named(section("Header"), "RelatesTo"));
}

// "text/xml" is the media type of SOAP 1.1; the namespace of the envelope decides.
bool is_soap(const HttpResponse& response) {
  return response.content_type == "application/soap+xml" || response.content_type == "text/xml";
}

bool is_of_another(const std::string& relates_to, const std::string& message_id) {
  // GUIDs are compared without case [RFC 4122 3], and OMI pads texts with white space, which is
  // stripped before.
  return !relates_to.empty() && !message_id.empty() && !equal_without_case(relates_to, message_id);
}

Result<Envelope> read_answer(const HttpResponse& response, const Endpoint& endpoint,
                             const std::string& message_id, const Call* call) {
  // The media type comes first: a proxy or a web server may send a well-formed page with status
  // 200.
  if (!is_soap(response)) return http_error(response, endpoint);
  // An empty body with status 200 has a code of its own on Windows.
  if (response.body.empty()) {
    if (response.status != 200) return http_error(response, endpoint);
    return broken(endpoint, "is empty", code::kNoResponseData);
  }
  const Phase phase{"the reading of the answer of " + endpoint.display()};
  xml::Reading reading = read(response.body, call);
  if (reading.flaw != xml::XmlFlaw::none) return cannot_read(reading.flaw, endpoint, call, phase);
  xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
  xmlNodePtr body =
      root != nullptr && xml::is_in(root, ns::kSoap) ? soap_child(root, "Body") : nullptr;
  if (body == nullptr) return broken(endpoint, "is no SOAP 1.2 envelope", code::kNoSoap);
  // Before the status: Windows sends faults with HTTP 500, openwsman some with 200, and the fault
  // tells more than any status.
  xmlNodePtr fault = soap_child(body, "Fault");
  Envelope envelope(std::move(reading.document));
  if (fault != nullptr) {
    Error error = fault_error(fault, endpoint);
    if (is_of_another(envelope.relates_to(), message_id)) error.outcome = Outcome::unknown;
    return error;
  }
  if (response.status != 200) return http_error(response, endpoint);
  return envelope;
}

}  // namespace wsman::message
