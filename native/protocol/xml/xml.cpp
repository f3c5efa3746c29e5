#include "protocol/xml/xml.h"

#include <libxml/chvalid.h>
#include <libxml/globals.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <mutex>
#include <new>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "base/wait.h"
#include "protocol/xml/encoding.h"
#include "protocol/xml/errors.h"
#include "protocol/xml/names.h"
#include "protocol/xml/writer.h"

namespace wsman::xml {
namespace {

struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};

// The text that `make` has libxml2 make; "" for none. Throws std::bad_alloc.
template <typename Make>
std::string made(const Make& make) {
  const QuietXml quiet;
  const std::unique_ptr<xmlChar, FreeText> text(make());
  if (quiet.lacked_memory()) throw std::bad_alloc();
  return text ? reinterpret_cast<const char*>(text.get()) : "";
}

// How often libxml2 lacked memory on this thread. In memory that a thread has from its beginning.
[[gnu::tls_model("initial-exec")]] thread_local uint64_t t_failures = 0;

xmlMallocFunc g_malloc = nullptr;
xmlReallocFunc g_realloc = nullptr;
xmlStrdupFunc g_strdup = nullptr;

void* counting_malloc(size_t size) {
  void* const block = g_malloc(size);
  if (block == nullptr && size > 0) ++t_failures;
  return block;
}

void* counting_realloc(void* block, size_t size) {
  void* const moved = g_realloc(block, size);
  if (moved == nullptr && size > 0) ++t_failures;
  return moved;
}

char* counting_strdup(const char* text) {
  char* const copy = g_strdup(text);
  if (copy == nullptr) ++t_failures;
  return copy;
}

// libxml2 belongs to the whole process: its functions for memory stay what they are, and are asked
// through ours, which count.
void count_failures() {
  xmlFreeFunc free_block = nullptr;
  (void)xmlMemGet(&free_block, &g_malloc, &g_realloc, &g_strdup);
  (void)xmlMemSetup(free_block, counting_malloc, counting_realloc, counting_strdup);
}

[[gnu::tls_model("initial-exec")]] thread_local bool t_has_state = false;

// Whether the thread gets its part of libxml2, without which most functions of it crash.
bool try_thread_state() {
  // More than it is. libxml2 2.9 tells that it got none by a function that needs it, without end.
  void* const enough = xmlMalloc(8192);
  if (enough == nullptr) return false;
  xmlFree(enough);
#if LIBXML_VERSION >= 21200
  return xmlCheckThreadLocalStorage() == 0;
#else
  // A state that could not be kept would be another one each time.
  const xmlGlobalState* const state = xmlGetGlobalState();
  return state != nullptr && state == xmlGetGlobalState();
#endif
}

void make_thread_state() {
  t_has_state = t_has_state || try_thread_state();
  if (!t_has_state) throw std::bad_alloc();
}

// In the place of a handler that would write to stderr.
void say_nothing(void* /*context*/, const char* /*message*/, ...) {}

// libxml2 demands to be begun before a second thread uses it, and tells on stderr what it had no
// memory for.
void begin() {
  make_thread_state();
  const xmlGenericErrorFunc listener = xmlGenericError;
  void* const context = xmlGenericErrorContext;
  xmlSetGenericErrorFunc(nullptr, say_nothing);
  xmlInitParser();
  xmlSetGenericErrorFunc(context, listener);
}

const xmlChar* as_xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// Flaws that the parser's callbacks found; the parser's _private points to it.
struct Findings {
  bool doctype = false;
  bool namespace_flaw = false;
  bool too_long = false;
  int first_error = XML_ERR_OK;  // Of those that make a document ill-formed.
  int first_value = 0;           // The character that it is about, if it is about one.
};

Findings& findings_of(void* parser) {
  return *static_cast<Findings*>(static_cast<xmlParserCtxt*>(parser)->_private);
}

// Called before anything of the DTD is read, so that no entity is ever declared or expanded.
void refuse_doctype(void* parser, const xmlChar*, const xmlChar*, const xmlChar*) {
  findings_of(parser).doctype = true;
  xmlStopParser(static_cast<xmlParserCtxt*>(parser));
}

// The parser tells by itself that a document is ill-formed, but not why.
void note_error(void*, xmlErrorPtr error) {
  if (error->ctxt == nullptr) return;
  Findings& findings = findings_of(error->ctxt);
  findings.namespace_flaw = findings.namespace_flaw || is_namespace_flaw(*error);
  if (error->level == XML_ERR_FATAL && findings.first_error == XML_ERR_OK) {
    findings.first_error = error->code;
    findings.first_value = error->int1;
  }
  // libxml2 has no code of its own for a text above its limit.
  findings.too_long = findings.too_long || error->code == XML_ERR_NO_MEMORY;
}

// Tells a forbidden character from bytes that are no UTF-8: libxml2 has one code for both, and says
// of some characters that they are no UTF-8. What is not found in the text itself was a reference.
void find_bad_character(Reading& reading, std::string_view text, int referenced) {
  constexpr unsigned last = 0x10FFFF;
  reading.flaw = XmlFlaw::forbidden_character;
  while (!text.empty()) {
    const auto [c, length] = first_character(text);
    if (length == 0) reading.flaw = XmlFlaw::not_utf8;
    if (length == 0) return;
    text.remove_prefix(length);
    if (xmlIsCharQ(c)) continue;
    reading.character = c;
    return;
  }
  const auto character = static_cast<unsigned>(referenced);
  if (character <= last) reading.character = character;
}

// The reading of a document that is ill-formed where the parser stands.
Reading ill_formed(const xmlParserCtxt& parser, const Findings& findings, std::string_view text) {
  Reading reading{.flaw = XmlFlaw::not_well_formed};
  const bool is_at_character = findings.first_error == XML_ERR_INVALID_CHAR ||
                               findings.first_error == XML_ERR_INVALID_ENCODING;
  if (is_at_character || !is_utf8(text)) find_bad_character(reading, text, findings.first_value);
  // Where it stopped for something else, or not at all, such bytes stand anywhere.
  if (parser.node != nullptr && (is_at_character || reading.flaw == XmlFlaw::not_well_formed))
    reading.element = name_of(parser.node);
  const xmlNode* root = xmlDocGetRootElement(parser.myDoc);
  if (root != nullptr && root->ns != nullptr)
    reading.root_namespace = reinterpret_cast<const char*>(root->ns->href);
  return reading;
}

// The place of a flaw. A name can be as long as a document, and is the server's.
std::string place_of(const Reading& reading) {
  constexpr size_t most = 100;
  return reading.element.empty()
             ? ""
             : ", in the element " + for_people(reading.element.substr(0, most));
}

// A character as Unicode names it: "U+0001".
std::string code_point(unsigned character) {
  std::array<char, 16> text{};
  (void)std::snprintf(text.data(), text.size(), "U+%04X", character);
  return text.data();
}

// What may not stand in text.
constexpr std::string_view kSectionEnd = "]]>";

// Small enough that a piece is read in no time, and that the parser's buffer is never one that
// malloc() maps and unmaps for each document: page faults cost more than the parsing.
constexpr size_t kPieceBytes = size_t{16} * 1024;

// The first piece of a text, whole or up to a place where libxml2 reads on as if nothing was cut.
// It finds what ends a section in text only with all of its bytes at hand, and is to refuse that
// everywhere, as others do.
std::string_view first_piece(std::string_view text) {
  if (text.size() <= kPieceBytes) return text;
  const size_t before = kPieceBytes - (kSectionEnd.size() - 1);
  const size_t at = text.substr(before, 2 * (kSectionEnd.size() - 1)).find(kSectionEnd);
  return text.substr(0, at == std::string_view::npos ? kPieceBytes : before + at);
}

constexpr std::string_view kWhiteSpace = " \t\r\n";

// Without "<?xml …?>", which may stand only at the beginning of a document.
std::string without_declaration(const std::string& text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const size_t start = text.rfind(mark, 0) == 0 ? mark.size() : 0;
  const std::string_view rest = std::string_view(text).substr(start);
  return std::string(rest.substr(declaration_of(rest).size()));
}

// The declaration of a prefix on `node` or between it and `root`, both included; null if there is
// none.
const xmlNs* declared_below(const xmlNode* root, const xmlNode* node, const xmlChar* prefix) {
  for (;; node = node->parent) {
    for (const xmlNs* ns = node->nsDef; ns != nullptr; ns = ns->next) {
      if (xmlStrEqual(ns->prefix, prefix) != 0) return ns;
    }
    if (node == root) return nullptr;
  }
}

// Declares on `root` the namespace of a name on `node`, unless one is declared for the prefix.
void declare_name(xmlNodePtr root, const xmlNode* node, const xmlNs* ns) {
  if (ns == nullptr || xmlStrEqual(ns->prefix, as_xml("xml")) != 0) return;
  if (declared_below(root, node, ns->prefix) == nullptr) (void)xmlNewNs(root, ns->href, ns->prefix);
}

// The value of xsi:type is a name with a prefix, which an element above `root` may declare.
void declare_type_prefix(const xmlNode* root, xmlNodePtr node) {
  if (node->properties == nullptr) return;
  const std::string type =
      made([&] { return xmlGetNsProp(node, as_xml("type"), as_xml(ns::kXsi)); });
  const size_t colon = type.find(':');
  if (colon == std::string::npos) return;
  const std::string prefix = stripped(type.substr(0, colon));
  if (declared_below(root, node, as_xml(prefix.c_str())) != nullptr) return;
  const xmlNs* found = xmlSearchNs(node->doc, node, as_xml(prefix.c_str()));
  if (found != nullptr) (void)xmlNewNs(node, found->href, found->prefix);
}

// Declares all that `root` and the elements in it use and do not declare.
void declare_names(xmlNodePtr root) {
  xmlNodePtr node = root;
  while (node != nullptr) {
    declare_name(root, node, node->ns);
    for (const xmlAttr* one = node->properties; one != nullptr; one = one->next)
      declare_name(root, node, one->ns);
    declare_type_prefix(root, node);
    xmlNodePtr next = xmlFirstElementChild(node);
    while (next == nullptr && node != root) {
      next = xmlNextElementSibling(node);
      if (next == nullptr) node = node->parent;
    }
    node = next;
  }
}

}  // namespace

MemoryWatch::MemoryWatch() : before_(t_failures) {}

bool MemoryWatch::lacked() const { return t_failures != before_; }

void MemoryWatch::demand() const {
  if (lacked()) throw std::bad_alloc();
}

QuietXml::QuietXml() {
  static std::once_flag counted;
  std::call_once(counted, count_failures);
  static std::once_flag begun;
  std::call_once(begun, begin);
  make_thread_state();
  // The handler belongs to the thread, and perhaps to another library that uses libxml2 there.
  listener_ = xmlStructuredError;
  listener_context_ = xmlStructuredErrorContext;
  plain_listener_ = xmlGenericError;
  plain_listener_context_ = xmlGenericErrorContext;
  xmlSetStructuredErrorFunc(this, note);
  xmlSetGenericErrorFunc(nullptr, say_nothing);
}

void QuietXml::note(void* self, xmlErrorPtr error) {
  if (error->code == XML_ERR_NO_MEMORY) static_cast<QuietXml*>(self)->lacked_memory_ = true;
}

QuietXml::~QuietXml() {
  xmlSetGenericErrorFunc(plain_listener_context_, plain_listener_);
  xmlSetStructuredErrorFunc(listener_context_, listener_);
}

bool is_namespace_flaw(const xmlError& error) {
  return error.domain == XML_FROM_NAMESPACE &&
         (error.code == XML_NS_ERR_UNDEFINED_NAMESPACE || error.code == XML_NS_ERR_QNAME ||
          error.code == XML_NS_ERR_ATTRIBUTE_REDEFINED || error.code == XML_NS_ERR_EMPTY ||
          error.code == XML_NS_ERR_COLON || error.code == XML_NS_ERR_XML_NAMESPACE);
}

Parser new_parser() {
  Parser parser(xmlCreatePushParserCtxt(nullptr, nullptr, nullptr, 0, nullptr));
  // No XML_PARSE_HUGE: libxml2 then refuses more than kMostLevels levels itself. No
  // XML_PARSE_NOENT: entities are not replaced.
  constexpr int options =
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC;
  if (!parser) throw std::bad_alloc();
  (void)xmlCtxtUseOptions(parser.get(), options);
  return parser;
}

bool feed(xmlParserCtxt* parser, std::string_view text, const Call* call) {
  while (!text.empty()) {
    const std::string_view piece = first_piece(text);
    (void)xmlParseChunk(parser, piece.data(), static_cast<int>(piece.size()), 0);
    if (parser->wellFormed == 0 || parser->disableSAX != 0) return true;
    text.remove_prefix(piece.size());
    // Not before the first piece: an answer that is there is read rather than lost.
    if (!text.empty() && call != nullptr && look_at(*call) != WaitResult::ready) return false;
  }
  (void)xmlParseChunk(parser, nullptr, 0, 1);
  return true;
}

XmlFlaw flaw_before_reading(std::string_view text, LevelElements* noted) {
  // Anything else would be taken for another encoding by its first bytes [XML 1.0 F.1].
  if (text.empty() || (text.front() != '<' && !is_blank(text.front())))
    return XmlFlaw::not_well_formed;
  // XML has no NUL, and wide characters have: libxml2 would read them, and others were looked at.
  if (text.find('\0') != std::string_view::npos) return XmlFlaw::not_well_formed;
  if (!is_affordable(text, noted)) return XmlFlaw::excessive;
  // libxml2 2.9 takes overlong forms in CDATA, which others read otherwise, or refuse.
  return is_utf8(text) ? XmlFlaw::none : XmlFlaw::not_utf8;
}

Reading read_xml(std::string_view text, const Call* call) {
  const QuietXml quiet;
  const MemoryWatch watch;
  const XmlFlaw flaw = flaw_before_reading(text);
  // libxml2 tells where bytes are that it does not take for UTF-8 either.
  if (flaw != XmlFlaw::none && flaw != XmlFlaw::not_utf8) return {.flaw = flaw};
  const Parser parser = new_parser();
  Findings findings;
  parser->_private = &findings;
  parser->sax->internalSubset = refuse_doctype;
  parser->sax->serror = note_error;
  const bool fed = feed(parser.get(), text, call);
  // First: what it read without memory is another document.
  watch.demand();
  if (!fed) return {.flaw = XmlFlaw::stopped};
  if (findings.too_long) return {.flaw = XmlFlaw::excessive};
  // Before the others: a parser that was stopped is not well-formed either.
  if (findings.doctype) return {.flaw = XmlFlaw::doctype};
  if (flaw != XmlFlaw::none || parser->wellFormed == 0 || findings.namespace_flaw ||
      parser->myDoc == nullptr)
    return ill_formed(*parser, findings, text);
  return {.document = Document(std::exchange(parser->myDoc, nullptr))};
}

std::string words_for(const Reading& reading) {
  switch (reading.flaw) {
    case XmlFlaw::doctype:
      return "has a DOCTYPE, which SOAP forbids";
    case XmlFlaw::excessive:
      return "has an element with too many attributes or namespace declarations, or too long a "
             "text";
    case XmlFlaw::forbidden_character:
      return "has " +
             (reading.character == 0 ? "a character"
                                     : "the character " + code_point(reading.character)) +
             ", which XML forbids" + place_of(reading);
    case XmlFlaw::not_utf8:
      return "has bytes that are not UTF-8" + place_of(reading);
    default:
      return "is not well-formed XML" + place_of(reading);
  }
}

Reading read_xml_content(const std::string& text) {
  // A prefix that the text does not declare itself has no declaration here either, so it is
  // refused.
  Reading reading = read_xml("<content>" + without_declaration(text) + "</content>");
  if (reading.element == "content") reading.element.clear();
  return reading;
}

std::string_view name_of(const xmlNode* element) {
  return reinterpret_cast<const char*>(element->name);
}

bool is_in(const xmlNode* element, const char* uri) {
  return element->ns != nullptr &&
         std::string_view(uri) == reinterpret_cast<const char*>(element->ns->href);
}

bool is_element(const xmlNode* node, const char* uri, std::string_view local_name) {
  return node != nullptr && node->type == XML_ELEMENT_NODE && name_of(node) == local_name &&
         is_in(node, uri);
}

xmlNodePtr child_named(xmlNodePtr parent, std::string_view local_name) {
  xmlNodePtr child = first_element(parent);
  while (child != nullptr && name_of(child) != local_name) child = xmlNextElementSibling(child);
  return child;
}

xmlNodePtr first_element(xmlNodePtr parent) {
  return parent == nullptr ? nullptr : xmlFirstElementChild(parent);
}

std::string text_of(xmlNodePtr element) {
  return element == nullptr ? "" : stripped(made([&] { return xmlNodeGetContent(element); }));
}

std::string attribute_of(xmlNodePtr element, const char* name) {
  return element == nullptr ? ""
                            : stripped(made([&] { return xmlGetNoNsProp(element, as_xml(name)); }));
}

std::string language_of(xmlNodePtr element) {
  return made([&] { return xmlGetNsProp(element, as_xml("lang"), as_xml(ns::kXml)); });
}

Result<std::string> xml_of(xmlNodePtr element, Sections sections) {
  return or_out_of_memory([&]() -> Result<std::string> {
    const QuietXml quiet;
    declare_names(element);
    if (quiet.lacked_memory()) return out_of_memory();
    std::string xml;
    append_node(xml, element, sections);
    return xml;
  });
}

Result<std::string> inner_xml_of(xmlNodePtr parent) {
  std::string xml;
  for (xmlNodePtr child = parent->children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) {
      append_node(xml, child);
      continue;
    }
    // Only xml_of() adds the declarations that `parent` and its ancestors hold.
    const Result<std::string> element = xml_of(child);
    if (!element.ok()) return element.error();
    xml += element.value();
  }
  return xml;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string stripped(std::string_view text) { return std::string(trimmed(text, kWhiteSpace)); }

std::string with_ampersands(std::string_view value) {
  constexpr std::string_view reference = "&#38;";
  std::string plain;
  // In one go: a value may be as long as a document, and nothing but references.
  for (size_t at = 0; (at = value.find(reference)) != std::string_view::npos;) {
    plain.append(value.substr(0, at)).append("&");
    value.remove_prefix(at + reference.size());
  }
  return plain.append(value);
}

bool is_xml_text(std::string_view text) {
  while (!text.empty()) {
    const auto [c, length] = first_character(text);
    // NUL is UTF-8, but no character of XML [XML 1.0 2.2].
    if (length == 0 || !xmlIsCharQ(c)) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string escaped(const std::string& text) {
  std::string xml;
  append_text(xml, text);
  return xml;
}

bool is_xml_name(const std::string& name) {
  return is_xml_text(name) && xmlValidateNCName(as_xml(name.c_str()), 0) == 0;
}

Status check_text(std::string_view text, const std::string& what) {
  if (is_xml_text(text)) return Done{};
  return invalid_argument("The " + what +
                          " has a character that XML cannot hold, such as a control character");
}

}  // namespace wsman::xml
