// XML in and out: elements of a parsed document to look at, and text that is put together.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_XML_H
#define WSMAN_TESTS_SERVICE_WSMAN_XML_H

#include <libxml/tree.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsman::service {

// An element of a document that somebody else keeps alive; or none, of which everything is empty.
class Element {
 public:
  explicit Element(const xmlNode* node = nullptr) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }
  const xmlNode* node() const { return node_; }

  std::string name() const;
  std::string name_space() const;
  bool is(std::string_view name_space, std::string_view name) const;
  std::string text() const;     // Of everything inside, as it is written.
  std::string trimmed() const;  // The same without white space around it.
  bool is_nil() const;

  // An attribute without a namespace, or in one.
  std::optional<std::string> attribute(const char* name) const;
  std::optional<std::string> attribute(std::string_view name_space, const char* name) const;

  Element child(std::string_view name_space, std::string_view name) const;
  Element first() const;
  std::vector<Element> children() const;

  // The element alone, with the declarations it needs.
  std::string xml() const;
  // The same with another value of an attribute without a namespace.
  std::string xml_with(const char* attribute_name, const std::string& value) const;

 private:
  const xmlNode* node_;
};

std::string trim(std::string_view text);

// Text for an element or an attribute value.
std::string escape_xml(std::string_view text);
void append_escaped(std::string& xml, std::string_view text);

// <name>text</name>, the text escaped.
std::string leaf(std::string_view name, std::string_view text);
// <name>xml</name>, or <name/> for nothing.
std::string wrap(std::string_view name, std::string_view xml);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_XML_H
