#include "protocol/embedded.h"

#include <utility>

#include "protocol/errors.h"
#include "protocol/names.h"
#include "protocol/xml.h"

namespace wsman {
namespace {

Result<Document> judged(Reading reading, const std::string& what) {
  if (reading.flaw == XmlFlaw::doctype)
    return invalid_argument("The " + what + " has a DOCTYPE, which SOAP forbids.");
  if (reading.flaw != XmlFlaw::none) {
    return invalid_argument("The " + what +
                            " is not well-formed XML, or uses a prefix that it does not declare.");
  }
  return std::move(reading.document);
}

// The one element that the content consists of, or null.
xmlNodePtr only_element(xmlDoc* document) {
  xmlNodePtr root = xmlDocGetRootElement(document);
  return xmlChildElementCount(root) == 1 ? first_element(root) : nullptr;
}

bool is_reference(xmlNodePtr element) {
  return is_element(element, ns::kAddressing, "EndpointReference");
}

}  // namespace

Result<std::string> reference_xml(const std::string& xml, const std::string& what) {
  const Result<Document> read = judged(read_xml_content(xml), what);
  if (!read.ok()) return read.error();
  xmlNodePtr element = only_element(read.value().get());
  if (is_reference(element)) return xml_of(element);
  return invalid_argument("The " + what + " is no EndpointReference element of WS-Addressing.");
}

Result<std::string> content_xml(const std::string& xml, const std::string& what) {
  const Result<Document> read = judged(read_xml_content(xml), what);
  if (!read.ok()) return read.error();
  xmlNodePtr element = only_element(read.value().get());
  return inner_xml_of(is_reference(element) ? element : xmlDocGetRootElement(read.value().get()));
}

Result<std::string> document_xml(const std::string& xml, const std::string& what) {
  const Result<Document> read = judged(read_xml(xml), what);
  if (!read.ok()) return read.error();
  return xml_of(xmlDocGetRootElement(read.value().get()));
}

}  // namespace wsman
