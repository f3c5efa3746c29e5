#include "protocol/xml/embedded.h"

#include <utility>

#include "protocol/xml/errors.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::xml {
namespace {

// The sentences tell a DOCTYPE from other flaws, because the document can be well-formed and still
// has no place in a message [SOAP 1.2 5].
Result<Document> accepted(Reading reading, const std::string& what) {
  if (reading.flaw == XmlFlaw::not_well_formed) {
    return invalid_argument("The " + what +
                            " is not well-formed XML, or uses a prefix that it does not declare");
  }
  if (reading.flaw != XmlFlaw::none)
    return invalid_argument("The " + what + " " + words_for(reading));
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
  const Result<Document> read = accepted(read_xml_content(xml), what);
  if (!read.ok()) return read.error();
  xmlNodePtr element = only_element(read.value().get());
  // Only the element is passed on: a comment or text beside it has no place in a selector.
  if (is_reference(element)) return xml_of(element);
  return invalid_argument("The " + what + " is no EndpointReference element of WS-Addressing");
}

Result<std::string> content_xml(const std::string& xml, const std::string& what) {
  const Result<Document> read = accepted(read_xml_content(xml), what);
  if (!read.ok()) return read.error();
  xmlNodePtr element = only_element(read.value().get());
  // The nodes are written anew rather than the text copied, so that each element declares the
  // namespaces it uses wherever it is put.
  return inner_xml_of(is_reference(element) ? element : xmlDocGetRootElement(read.value().get()));
}

Result<std::string> document_xml(const std::string& xml, const std::string& what) {
  const Result<Document> read = accepted(read_xml(xml), what);
  if (!read.ok()) return read.error();
  // Written without its XML declaration, which may stand only at the beginning of an entity [XML
  // 1.0 2.8] and not inside a Body.
  return xml_of(xmlDocGetRootElement(read.value().get()));
}

}  // namespace wsman::xml
