#include "protocol/xml/writer.h"

#include "protocol/xml/xml.h"

namespace wsman::xml {
namespace {

// Enough for most bodies, and for half of the headers of a request.
constexpr size_t kUsualSize = 1000;

enum class Place { text, value };

bool is_plain(char c, Place place) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte > '>') return true;
  if (place == Place::text && (c == '\t' || c == '\n')) return true;
  return reference_for(c).empty();
}

void append_escaped(std::string& xml, std::string_view text, Place place) {
  const char* plain = text.data();  // What is not copied yet.
  for (const char& c : text) {
    if (is_plain(c, place)) continue;
    xml.append(plain, &c).append(reference_for(c));
    plain = &c + 1;
  }
  xml.append(plain, text.data() + text.size());
}

// Null is an empty text.
std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

void append_name(std::string& xml, const xmlNs* ns, const xmlChar* name) {
  if (ns != nullptr && ns->prefix != nullptr) xml.append(view_of(ns->prefix)).append(":");
  xml.append(view_of(name));
}

void append_declaration(std::string& xml, const xmlNs& ns) {
  const std::string prefix(view_of(ns.prefix));
  append_attribute(xml, prefix.empty() ? "xmlns" : "xmlns:" + prefix,
                   with_ampersands(view_of(ns.href)));
}

// Without a DTD, which is refused, a value is nothing but text.
void append_attribute(std::string& xml, const xmlAttr& attribute) {
  xml += ' ';
  append_name(xml, attribute.ns, attribute.name);
  xml.append("=\"");
  for (const xmlNode* part = attribute.children; part != nullptr; part = part->next)
    append_escaped(xml, view_of(part->content), Place::value);
  xml += '"';
}

// The tag of an element, which is all of one that is empty.
void append_start(std::string& xml, const xmlNode& element) {
  xml += '<';
  append_name(xml, element.ns, element.name);
  for (const xmlNs* ns = element.nsDef; ns != nullptr; ns = ns->next) append_declaration(xml, *ns);
  for (const xmlAttr* one = element.properties; one != nullptr; one = one->next)
    append_attribute(xml, *one);
  xml.append(element.children == nullptr ? "/>" : ">");
}

void append_end(std::string& xml, const xmlNode& element) {
  xml.append("</");
  append_name(xml, element.ns, element.name);
  xml += '>';
}

// libxml2 joins sections that stand side by side, so a text may have in it what ends one: it is
// written as two again.
void append_section(std::string& xml, std::string_view text) {
  constexpr std::string_view end = "]]>";
  xml.append("<![CDATA[");
  for (size_t at = 0; (at = text.find(end)) != std::string_view::npos;) {
    const size_t marks = at + end.size() - 1;  // All but the ">", which the next one begins with.
    xml.append(text.substr(0, marks)).append("]]><![CDATA[");
    text.remove_prefix(marks);
  }
  xml.append(text).append(end);
}

// A node without what is in it. The parser lets no comment or instruction have in it what ends one,
// and joins none.
void append_head(std::string& xml, const xmlNode& node, Sections sections) {
  switch (node.type) {
    case XML_ELEMENT_NODE:
      return append_start(xml, node);
    case XML_TEXT_NODE:
      return append_text(xml, view_of(node.content));
    case XML_CDATA_SECTION_NODE:
      if (sections == Sections::as_text) return append_text(xml, view_of(node.content));
      return append_section(xml, view_of(node.content));
    case XML_COMMENT_NODE:
      xml.append("<!--").append(view_of(node.content)).append("-->");
      return;
    case XML_PI_NODE:
      xml.append("<?").append(view_of(node.name));
      if (node.content != nullptr) xml.append(" ").append(view_of(node.content));
      xml.append("?>");
      return;
    default:
      return;  // There is nothing else without a DTD.
  }
}

}  // namespace

std::string_view reference_for(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return {};
  }
}

XmlWriter::XmlWriter() { xml_.reserve(kUsualSize); }

void XmlWriter::start(const std::string& name) {
  raw("<");
  xml_.append(name);
  open_.push_back(name);
  in_tag_ = true;
}

void XmlWriter::end() {
  if (in_tag_) {
    xml_.append("/>");
  } else {
    xml_.append("</").append(open_.back()).append(">");
  }
  open_.pop_back();
  in_tag_ = false;
}

void XmlWriter::declare(const std::string& prefix, const std::string& uri) {
  attribute("xmlns:" + prefix, uri);
}

void XmlWriter::attribute(const std::string& name, std::string_view value) {
  append_attribute(xml_, name, value);
}

void XmlWriter::text(std::string_view value) {
  raw({});
  append_text(xml_, value);
}

void XmlWriter::raw(std::string_view xml) {
  if (in_tag_) xml_ += '>';
  in_tag_ = false;
  xml_.append(xml);
}

void XmlWriter::element(const std::string& name, std::string_view value) {
  start(name);
  text(value);
  end();
}

void append_attribute(std::string& xml, std::string_view name, std::string_view value) {
  xml.append(" ").append(name).append("=\"");
  append_escaped(xml, value, Place::value);
  xml += '"';
}

void append_text(std::string& xml, std::string_view text) {
  append_escaped(xml, text, Place::text);
}

void append_node(std::string& xml, const xmlNode* root, Sections sections) {
  for (const xmlNode* node = root; node != nullptr;) {
    append_head(xml, *node, sections);
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != root && node->next == nullptr) {
      node = node->parent;
      append_end(xml, *node);
    }
    node = node == root ? nullptr : node->next;
  }
}

}  // namespace wsman::xml
