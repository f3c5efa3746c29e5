// XML as text: written piece by piece, or from a tree.
//
// By hand and not by libxml2, whose writer and whose dump copy each name and sign through several
// buffers: they cost more than all else that a request takes. All throw std::bad_alloc.
#ifndef WSMAN_PROTOCOL_XML_WRITER_H_
#define WSMAN_PROTOCOL_XML_WRITER_H_

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsman::xml {

// Names are written as given, prefix included; the caller declares the prefixes. Text must be such
// that is_xml_text() holds.
class XmlWriter {
 public:
  XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  void start(const std::string& name);
  void end();
  void declare(const std::string& prefix, const std::string& uri);
  void attribute(const std::string& name, std::string_view value);
  void text(std::string_view value);

  // XML that is written as it is, without escaping.
  void raw(std::string_view xml);

  // An element with nothing but text.
  void element(const std::string& name, std::string_view value);

  // The XML written so far. No other call may follow.
  std::string take() { return std::move(xml_); }

 private:
  std::string xml_;
  std::vector<std::string> open_;  // The elements that are not ended.
  bool in_tag_ = false;            // The last start tag has no ">" yet.
};

// The reference for a character of markup [XML 1.0 2.4], or for white space that a parser would
// change: it turns tabs and line ends of an attribute into spaces [XML 1.0 3.3.3], and a CR into LF
// [XML 1.0 2.11]. Empty for any other character.
std::string_view reference_for(char c);

// Appends an attribute to a start tag that has no ">" yet.
void append_attribute(std::string& xml, std::string_view name, std::string_view value);

// Appends a text as the content of an element.
void append_text(std::string& xml, std::string_view text);

// What becomes of the sections of CDATA of a tree.
enum class Sections { kept, as_text };

// Appends a node with all that is in it.
void append_node(std::string& xml, const xmlNode* root, Sections sections = Sections::kept);

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_WRITER_H_
