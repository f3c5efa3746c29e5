#include "protocol/message/envelope.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/codes.h"
#include "base/text.h"
#include "base/wait.h"
#include "protocol/message/fault.h"
#include "protocol/message/http_answer.h"
#include "protocol/message/sections.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/errors.h"

namespace wsman::message {
namespace {

Error broken(const Endpoint& endpoint, const std::string& flaw, uint32_t code, AdviceKey advice) {
  return xml::protocol_error("The answer of " + endpoint.display() + " " + flaw, code, advice);
}

// Most answers that are no envelope come from something else than a WS-Management service.
Error no_envelope(const Endpoint& endpoint, const std::string& flaw, uint32_t code) {
  return broken(endpoint, flaw, code, AdviceKey::check_port_and_path);
}

// The first one in the namespace of SOAP 1.2: an element of the same name elsewhere is content.
xmlNodePtr soap_child(xmlNodePtr parent, std::string_view local_name) {
  xmlNodePtr child = xml::first_element(parent);
  while (child != nullptr && !xml::is_element(child, ns::kSoap, local_name))
    child = xmlNextElementSibling(child);
  return child;
}

bool has_each_section_once(xmlNodePtr envelope) {
  Sections sections;
  xmlNodePtr child = xml::first_element(envelope);
  while (child != nullptr && sections.take(xml::name_of(child)))
    child = xmlNextElementSibling(child);
  return child == nullptr;
}

// The Body, or null if `root` is no envelope.
xmlNodePtr body_of(xmlNodePtr root) {
  const bool is_envelope =
      xml::is_element(root, ns::kSoap, "Envelope") && has_each_section_once(root);
  return is_envelope ? soap_child(root, "Body") : nullptr;
}

// A name can be as long as a header, and is the server's.
Error cannot_convert(const xml::Conversion& conversion, const Endpoint& endpoint) {
  const std::string encoding = for_people(conversion.encoding.substr(0, 100));
  const bool unknown = conversion.flaw == xml::Conversion::Flaw::unknown_encoding;
  return broken(endpoint,
                unknown ? "is encoded in " + encoding +
                              ", and UTF-8, UTF-16, ISO-8859-1 and US-ASCII are what is read here"
                        : "has bytes that are not " + encoding + ", its encoding",
                code::kInvalidXml, AdviceKey::update_server);
}

// The advice where a document has a flaw: about port and path only where it did not even begin as
// an envelope does. What answers have around what was asked for cannot be left out of the next one,
// nor can anything of an answer to Identify, which has no message id.
AdviceKey advice_on(const xml::Reading& reading, const Expected& expected) {
  if (reading.root_namespace != ns::kSoap) return AdviceKey::check_port_and_path;
  static constexpr std::array<std::string_view, 11> kFrame{"Envelope",
                                                           "Header",
                                                           "Body",
                                                           "Action",
                                                           "MessageID",
                                                           "RelatesTo",
                                                           "To",
                                                           "Items",
                                                           "EnumerateResponse",
                                                           "PullResponse",
                                                           "EnumerationContext"};
  const std::string& element = reading.element;
  const bool is_needed = element.empty() || expected.message_id.empty() ||
                         std::find(kFrame.begin(), kFrame.end(), element) != kFrame.end();
  return is_needed ? AdviceKey::update_server : AdviceKey::ask_without_element;
}

Error cannot_read(const xml::Reading& reading, const Expected& expected, const Phase& phase) {
  if (reading.flaw == xml::XmlFlaw::stopped) {
    Error error = stopped_error(look_at(*expected.call), *expected.call, phase);
    error.outcome = Outcome::unknown;
    return error;
  }
  return broken(expected.endpoint, xml::words_for(reading), code::kInvalidXml,
                advice_on(reading, expected));
}

// Some servers say nothing, or no more than that it is XML; whether it is SOAP is seen only then.
bool is_soap_type(const std::string& media_type) {
  // "text/xml" is the media type of SOAP 1.1; the namespace of the envelope decides.
  return media_type == "application/soap+xml" || media_type == "text/xml";
}

bool is_in_soap11(xmlNodePtr root) { return root != nullptr && xml::is_in(root, ns::kSoap11); }

// The error for a well-formed document that has no SOAP 1.2 Body.
Error no_soap12(xmlNodePtr root, const HttpResponse& response, const Expected& expected) {
  const Endpoint& endpoint = expected.endpoint;
  if (is_in_soap11(root)) {
    // Gateways, and services of another kind, answer so, and say in it what they miss.
    xmlNodePtr fault = xml::child_named(xml::child_named(root, "Body"), "Fault");
    if (fault != nullptr) {
      Error error = soap11_fault_error(fault, endpoint);
      // A gateway may say so of a service that was at it.
      error.outcome = Outcome::unknown;
      return error;
    }
    return no_envelope(endpoint, "is a SOAP 1.1 envelope; WS-Management needs SOAP 1.2",
                       code::kNoSoap);
  }
  if (!is_soap_type(response.content_type)) return http_error(response, endpoint);
  return no_envelope(endpoint, "is no SOAP 1.2 envelope", code::kNoSoap);
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

std::string Envelope::language() const {
  return xml::language_of(xmlDocGetRootElement(document_.get()));
}

std::string Envelope::relates_to() const {
  return xml::text_of(xml::child_named(section("Header"), "RelatesTo"));
}

bool may_be_soap(const HttpResponse& response) {
  const std::string& type = response.content_type;
  return is_soap_type(type) || type.empty() || type == "application/xml";
}

bool is_of_another(const std::string& relates_to, const std::string& message_id) {
  // GUIDs are compared without case [RFC 4122 3], and OMI pads texts with white space, which is
  // stripped before.
  return !relates_to.empty() && !message_id.empty() && !equal_without_case(relates_to, message_id);
}

Result<Envelope> read_answer(const HttpResponse& response, const Expected& expected) {
  const Endpoint& endpoint = expected.endpoint;
  // The media type comes first: a proxy or a web server may send a well-formed page with status
  // 200.
  if (!may_be_soap(response)) return http_error(response, endpoint);
  // An empty body with status 200 has a code of its own on Windows.
  if (response.body.empty()) {
    if (response.status != 200) return http_error(response, endpoint);
    return no_envelope(endpoint, "is empty", code::kNoResponseData);
  }
  const Phase phase{"the reading of the answer of " + endpoint.display()};
  std::string text = response.body;
  const xml::Conversion conversion = xml::make_utf8(text, response.charset);
  if (!conversion.ok()) {
    return is_soap_type(response.content_type) ? cannot_convert(conversion, endpoint)
                                               : http_error(response, endpoint);
  }
  xml::Reading reading = xml::read_xml(text, expected.call);
  if (reading.flaw != xml::XmlFlaw::none) {
    const bool said_soap =
        is_soap_type(response.content_type) || reading.root_namespace == ns::kSoap;
    return said_soap ? cannot_read(reading, expected, phase) : http_error(response, endpoint);
  }
  xmlNodePtr root = xmlDocGetRootElement(reading.document.get());
  xmlNodePtr body = body_of(root);
  if (body == nullptr) return no_soap12(root, response, expected);
  // Before the status: Windows sends faults with HTTP 500, openwsman some with 200, and the fault
  // tells more than any status.
  xmlNodePtr fault = soap_child(body, "Fault");
  Envelope envelope(std::move(reading.document));
  if (fault != nullptr) {
    Error error = fault_error(fault, endpoint, expected.language);
    if (is_of_another(envelope.relates_to(), expected.message_id)) error.outcome = Outcome::unknown;
    return error;
  }
  if (response.status != 200) return http_error(response, endpoint);
  return envelope;
}

}  // namespace wsman::message
