#include "wsman/xml.h"

#include <memory>

#include "wsman/names.h"

namespace wsman::service {
namespace {

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

const xmlChar* bytes(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

const xmlNode* element_from(const xmlNode* node) {
  while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

std::string taken(xmlChar* text) {
  std::string copy(view(text));
  xmlFree(text);
  return copy;
}

using DocumentPtr = std::unique_ptr<xmlDoc, void (*)(xmlDoc*)>;

// The copy declares for itself what it had from its parents.
DocumentPtr copied(const xmlNode* node) {
  DocumentPtr document(xmlNewDoc(nullptr), xmlFreeDoc);
  xmlDocSetRootElement(document.get(),
                       xmlDocCopyNode(const_cast<xmlNode*>(node), document.get(), 1));
  return document;
}

std::string dumped(xmlDoc* document) {
  const std::unique_ptr<xmlBuffer, void (*)(xmlBuffer*)> buffer(xmlBufferCreate(), xmlBufferFree);
  xmlNodeDump(buffer.get(), document, xmlDocGetRootElement(document), 0, 0);
  return std::string(view(xmlBufferContent(buffer.get())));
}

}  // namespace

std::string Element::name() const {
  return node_ == nullptr ? std::string() : std::string(view(node_->name));
}

std::string Element::name_space() const {
  return node_ == nullptr || node_->ns == nullptr ? std::string()
                                                  : std::string(view(node_->ns->href));
}

bool Element::is(std::string_view name_space, std::string_view name) const {
  return node_ != nullptr && view(node_->name) == name && node_->ns != nullptr &&
         view(node_->ns->href) == name_space;
}

std::string Element::text() const {
  return node_ == nullptr ? std::string() : taken(xmlNodeGetContent(node_));
}

std::string Element::trimmed() const { return trim(text()); }

bool Element::is_nil() const {
  const auto nil = attribute(kInstanceNamespace, "nil");
  return nil && (*nil == "true" || *nil == "1");
}

std::optional<std::string> Element::attribute(const char* name) const {
  if (node_ == nullptr || xmlHasNsProp(node_, bytes(name), nullptr) == nullptr) {
    return std::nullopt;
  }
  return taken(xmlGetNoNsProp(node_, bytes(name)));
}

std::optional<std::string> Element::attribute(std::string_view name_space, const char* name) const {
  const std::string uri(name_space);
  if (node_ == nullptr || xmlHasNsProp(node_, bytes(name), bytes(uri.c_str())) == nullptr) {
    return std::nullopt;
  }
  return taken(xmlGetNsProp(node_, bytes(name), bytes(uri.c_str())));
}

Element Element::child(std::string_view name_space, std::string_view name) const {
  for (const Element& child : children()) {
    if (child.is(name_space, name)) return child;
  }
  return Element();
}

Element Element::first() const {
  return Element(node_ == nullptr ? nullptr : element_from(node_->children));
}

std::vector<Element> Element::children() const {
  std::vector<Element> all;
  for (const xmlNode* node = first().node(); node != nullptr; node = element_from(node->next)) {
    all.emplace_back(node);
  }
  return all;
}

std::string Element::xml() const {
  if (node_ == nullptr) return {};
  const DocumentPtr document = copied(node_);
  return dumped(document.get());
}

std::string Element::xml_with(const char* attribute_name, const std::string& value) const {
  if (node_ == nullptr) return {};
  const DocumentPtr document = copied(node_);
  xmlSetNsProp(xmlDocGetRootElement(document.get()), nullptr, bytes(attribute_name),
               bytes(value.c_str()));
  return dumped(document.get());
}

std::string trim(std::string_view text) {
  constexpr std::string_view kWhiteSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1));
}

void append_escaped(std::string& xml, std::string_view text) {
  constexpr std::string_view kSpecial = "&<>\"\r";
  std::size_t next = 0;
  while ((next = text.find_first_of(kSpecial)) != std::string_view::npos) {
    xml.append(text.substr(0, next));
    switch (text[next]) {
      case '&':
        xml += "&amp;";
        break;
      case '<':
        xml += "&lt;";
        break;
      case '>':
        xml += "&gt;";
        break;
      case '"':
        xml += "&quot;";
        break;
      default:
        xml += "&#13;";
    }
    text.remove_prefix(next + 1);
  }
  xml.append(text);
}

std::string escape_xml(std::string_view text) {
  std::string xml;
  xml.reserve(text.size());
  append_escaped(xml, text);
  return xml;
}

std::string leaf(std::string_view name, std::string_view text) {
  return wrap(name, escape_xml(text));
}

std::string wrap(std::string_view name, std::string_view xml) {
  std::string text = "<";
  text.append(name);
  if (xml.empty()) return text.append("/>");
  // Attributes may follow the name, which the end tag does not repeat.
  text.append(">").append(xml).append("</").append(name.substr(0, name.find(' '))).append(">");
  return text;
}

}  // namespace wsman::service
