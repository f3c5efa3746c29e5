// XML by libxml2: documents read without network, entities or DTD, and pieces of them as text.
//
// Elements are found by namespace and local name, never by prefix.
#ifndef WSMAN_PROTOCOL_XML_XML_H_
#define WSMAN_PROTOCOL_XML_XML_H_

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/call.h"
#include "base/error.h"
#include "protocol/xml/shape.h"
#include "protocol/xml/writer.h"

namespace wsman::xml {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using Document = std::unique_ptr<xmlDoc, FreeDocument>;

// The levels that a document may have; libxml2 refuses deeper ones by default.
inline constexpr int kMostLevels = 256;

// The reason why a document was refused.
enum class XmlFlaw {
  none,
  not_well_formed,
  forbidden_character,  // One that XML 1.0 cannot hold, written as it is or as a reference.
  not_utf8,
  doctype,
  excessive,  // Not is_affordable() (protocol/xml/shape.h), or with a text above libxml2's limit.
  stopped,    // The call was stopped, or its time is up.
};

struct Reading {
  Document document = nullptr;  // Null with a flaw.
  XmlFlaw flaw = XmlFlaw::none;
  // Where and what the flaw is, as far as libxml2 told before it stopped.
  std::string element = {};         // The innermost element around it, or empty.
  std::string root_namespace = {};  // Of the root element, or empty.
  unsigned character = 0;           // With forbidden_character; 0 if it is not known.
};

// Notices that libxml2 lacks memory on this thread while the object lives. Most of its functions
// leave out what they had no memory for, and many tell nobody.
class MemoryWatch {
 public:
  MemoryWatch();
  bool lacked() const;

  // Throws std::bad_alloc if it lacked some.
  void demand() const;

 private:
  uint64_t before_;
};

// Prepares libxml2 for threads, and silences its messages in this thread while the object lives:
// libxml2 writes errors of encodings to stderr, whatever the parser's options are. The handler that
// was set before is set again at the end. Throws std::bad_alloc if the thread has no memory for its
// part of libxml2.
class QuietXml {
 public:
  QuietXml();
  ~QuietXml();
  QuietXml(const QuietXml&) = delete;
  QuietXml& operator=(const QuietXml&) = delete;

  // Whether libxml2 lacked memory since, or refused to take as much as it would have to.
  bool lacked_memory() const { return lacked_memory_ || watch_.lacked(); }

 private:
  static void note(void* self, xmlErrorPtr error);

  xmlStructuredErrorFunc listener_;
  void* listener_context_;
  xmlGenericErrorFunc plain_listener_;
  void* plain_listener_context_;
  const MemoryWatch watch_;
  bool lacked_memory_ = false;
};

// Whether an error of libxml2 means that a prefix has no namespace, or one that it cannot have.
// libxml2 goes on after such an error, without the declaration; this room refuses the document.
bool is_namespace_flaw(const xmlError& error);

// The parser with the document that it may have made: also one without a tree makes one for the
// entities of a DOCTYPE.
struct FreeParser {
  void operator()(xmlParserCtxt* parser) const {
    xmlFreeDoc(parser->myDoc);
    parser->myDoc = nullptr;
    xmlFreeParserCtxt(parser);
  }
};
using Parser = std::unique_ptr<xmlParserCtxt, FreeParser>;

// A parser for feed(), without network, DTD or messages. It takes UTF-8, whatever a document
// declares. Throws std::bad_alloc.
Parser new_parser();

// Has the parser read `text` in pieces, up to its first fatal error. Between two pieces it looks at
// `call`, if there is one: false if that was stopped, or its time is up.
bool feed(xmlParserCtxt* parser, std::string_view text, const Call* call);

// Whether a document can be given to feed(): it begins as XML in UTF-8 does, is affordable, with
// what is_affordable() finds on the way, and is UTF-8.
XmlFlaw flaw_before_reading(std::string_view text, LevelElements* noted = nullptr);

// Reads a document in UTF-8. A prefix without a declaration is a flaw. Throws std::bad_alloc.
Reading read_xml(std::string_view text, const Call* call = nullptr);

// The flaw of a reading in words that follow the name of the document: "is not well-formed XML, in
// the element Body".
std::string words_for(const Reading& reading);

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

// The next three throw std::bad_alloc.

// The text of an element, without white space around it; "" for null.
std::string text_of(xmlNodePtr element);

// The value of an attribute without a namespace, without white space around it; "" if it is not
// there, or for null.
std::string attribute_of(xmlNodePtr element, const char* name);

// The xml:lang of the element itself, or "".
std::string language_of(xmlNodePtr element);

// The element as a document of its own, with every namespace it uses declared, also those that only
// an xsi:type names. What it lacks is added to the element itself, where it holds already: a copy
// would cost more than all else. Fails if memory runs out.
Result<std::string> xml_of(xmlNodePtr element, Sections sections = Sections::kept);

// The nodes below `parent`, one after the other, as text. `parent` may declare their namespaces.
// Fails if memory runs out.
Result<std::string> inner_xml_of(xmlNodePtr parent);

// White space of XML [XML 1.0 2.3].
bool is_blank(char c);

// Without the white space of XML around it.
std::string stripped(std::string_view text);

// A value of an attribute, or a namespace, as the parser gives it to who makes no tree of it: with
// a reference in the place of each ampersand.
std::string with_ampersands(std::string_view value);

// Whether XML 1.0 can hold this text: UTF-8, and no control character but tab and the line ends.
bool is_xml_text(std::string_view text);

// The text as the content of an element. It holds no NUL. Throws std::bad_alloc.
std::string escaped(const std::string& text);

// Whether an element can have this name, which has no prefix.
bool is_xml_name(const std::string& name);

// Fails with invalid_argument if XML cannot hold `text`, which the sentence calls `what`.
Status check_text(std::string_view text, const std::string& what);

}  // namespace wsman::xml

#endif  // WSMAN_PROTOCOL_XML_XML_H_
