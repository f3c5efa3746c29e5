#include "wsman/soap_request.h"

#include <libxml/parser.h>

#include <limits>
#include <utility>

namespace wsman::endpoint {
namespace {

std::string_view text_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

bool is_element(const xmlNode* node, std::string_view name_space, std::string_view name) {
  return node != nullptr && node->type == XML_ELEMENT_NODE && text_of(node->name) == name &&
         node->ns != nullptr && text_of(node->ns->href) == name_space;
}

const xmlNode* child(const xmlNode* parent, std::string_view name_space, std::string_view name) {
  if (parent == nullptr) return nullptr;
  const xmlNode* node = parent->children;
  while (node != nullptr && !is_element(node, name_space, name)) node = node->next;
  return node;
}

std::string trim(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1));
}

}  // namespace

SoapRequest::SoapRequest(DocumentPtr document) : document_(std::move(document)) {
  const xmlNode* const root = xmlDocGetRootElement(document_.get());
  if (!is_element(root, kSoapNamespace, "Envelope")) return;
  header_ = child(root, kSoapNamespace, "Header");
  body_ = child(root, kSoapNamespace, "Body");
}

std::optional<SoapRequest> SoapRequest::read(std::string_view xml) {
  if (xml.size() > std::numeric_limits<int>::max()) return std::nullopt;
  DocumentPtr document(xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  // [SOAP 1.2 Part 1, 5] A message must not contain a document type declaration.
  if (!document || document->intSubset != nullptr) return std::nullopt;
  SoapRequest request(std::move(document));
  if (request.body_ == nullptr) return std::nullopt;
  return request;
}

std::string SoapRequest::header(std::string_view name_space, std::string_view name) const {
  const xmlNode* const block = child(header_, name_space, name);
  if (block == nullptr) return {};
  xmlChar* const content = xmlNodeGetContent(block);
  std::string text = trim(text_of(content));
  xmlFree(content);
  return text;
}

bool SoapRequest::body_is(std::string_view name_space, std::string_view name) const {
  const xmlNode* node = body_->children;
  while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
  return is_element(node, name_space, name);
}

}  // namespace wsman::endpoint
