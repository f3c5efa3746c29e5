// XML by libxml2: documents read without network, entities or DTD, and pieces of them as text.
//
// Elements are found by namespace and local name, never by prefix.
#ifndef WSMAN_PROTOCOL_XML_H_
#define WSMAN_PROTOCOL_XML_H_

#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace wsman {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

struct FreeBuffer {
  void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
};
using Buffer = std::unique_ptr<xmlBuffer, FreeBuffer>;

// Deeper documents are refused.
inline constexpr int kMostLevels = 256;

// Why a document was refused.
enum class XmlFlaw { none, not_well_formed, doctype };

struct Reading {
  Document document;  // Null with a flaw.
  XmlFlaw flaw = XmlFlaw::none;
};

// While one lives, libxml2 is ready for threads and prints nothing in this thread: it writes errors
// of encodings to stderr, whatever the parser's options say. Whoever listened before does so after.
class QuietXml {
 public:
  QuietXml();
  ~QuietXml();
  QuietXml(const QuietXml&) = delete;
  QuietXml& operator=(const QuietXml&) = delete;

 private:
  xmlStructuredErrorFunc listener_;
  void* listener_context_;
};

// Whether libxml2's complaint means that a prefix has no namespace. It reads on then; we do not.
bool is_namespace_flaw(const xmlError& error);

// Reads a document in the encoding that it declares, UTF-8 by default. A prefix without a
// declaration is a flaw.
Reading read_xml(std::string_view text);

// As read_xml() of a document without its XML declaration, or of several elements in a row, below
// one root element that is not part of the text.
Reading read_xml_content(const std::string& text);

std::string_view name_of(const xmlNode* element);
bool is_in(const xmlNode* element, const char* uri);
bool is_element(const xmlNode* node, const char* uri, std::string_view local_name);

// The first child element with that local name in any namespace, or null.
xmlNodePtr child_named(xmlNodePtr parent, std::string_view local_name);

// The first child element, or null. Null has none.
xmlNodePtr first_element(xmlNodePtr parent);

// The text of an element, without white space around it; "" for null.
std::string text_of(xmlNodePtr element);

// The value of an attribute without a namespace, without white space around it; "" if it is not
// there, or for null.
std::string attribute_of(xmlNodePtr element, const char* name);

// The xml:lang of the element itself, or "".
std::string language_of(xmlNodePtr element);

// The element as a document of its own, with every namespace it uses declared, also those that only
// an xsi:type names. It bears `language` as its xml:lang unless it has one, or `language` is empty.
std::string xml_of(xmlNodePtr element, const std::string& language = {});

// The nodes below `parent`, one behind the other, as text. `parent` may declare their namespaces.
std::string inner_xml_of(xmlNodePtr parent);

std::string stripped(std::string_view text);

// Without regard to case in ASCII.
bool equal_ignoring_case(std::string_view one, std::string_view other);

// Whether XML 1.0 can hold this text: UTF-8, and no control character but tab and the line ends.
bool is_xml_text(std::string_view text);

// Whether an element can have this name, which has no prefix.
bool is_xml_name(const std::string& name);

// Fails with invalid_argument if XML cannot hold `text`, which the sentence calls `what`.
Status check_text(std::string_view text, const std::string& what);

}  // namespace wsman

#endif  // WSMAN_PROTOCOL_XML_H_
