#include "protocol/xml.h"

#include <libxml/chvalid.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <climits>
#include <mutex>

#include "protocol/errors.h"
#include "protocol/names.h"

namespace wsman {
namespace {

struct FreeParser {
  void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

struct FreeText {
  void operator()(xmlChar* text) const { xmlFree(text); }
};

std::string owned(xmlChar* text) {
  const std::unique_ptr<xmlChar, FreeText> owner(text);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

const xmlChar* as_xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// What the parser's callbacks found; the parser's _private points to it.
struct Findings {
  bool doctype = false;
  bool namespace_flaw = false;
};

Findings& findings_of(void* parser) {
  return *static_cast<Findings*>(static_cast<xmlParserCtxt*>(parser)->_private);
}

void refuse_doctype(void* parser, const xmlChar*, const xmlChar*, const xmlChar*) {
  findings_of(parser).doctype = true;
  xmlStopParser(static_cast<xmlParserCtxt*>(parser));
}

void ignore(void*, xmlErrorPtr) {}

void note_error(void*, xmlErrorPtr error) {
  if (error->ctxt != nullptr && is_namespace_flaw(*error))
    findings_of(error->ctxt).namespace_flaw = true;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Without "<?xml …?>", which may stand only at the beginning of a document.
std::string without_declaration(const std::string& text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const size_t start = text.rfind(mark, 0) == 0 ? mark.size() : 0;
  const std::string_view rest = std::string_view(text).substr(start);
  if (rest.substr(0, 5) != "<?xml" || rest.size() < 6 || !is_blank(rest[5]))
    return std::string(rest);
  const size_t end = rest.find("?>");
  return std::string(end == std::string_view::npos ? rest : rest.substr(end + 2));
}

// Declares on `copy`, which stands for `original`, a prefix that only text uses.
void declare_prefix(xmlNodePtr copy, xmlNodePtr original, const std::string& prefix) {
  if (xmlSearchNs(copy->doc, copy, as_xml(prefix.c_str())) != nullptr) return;
  const xmlNs* found = xmlSearchNs(original->doc, original, as_xml(prefix.c_str()));
  if (found != nullptr) (void)xmlNewNs(copy, found->href, found->prefix);
}

void declare_type_prefixes(xmlNodePtr copy, xmlNodePtr original) {
  const std::string type = owned(xmlGetNsProp(original, as_xml("type"), as_xml(ns::kXsi)));
  const size_t colon = type.find(':');
  if (colon != std::string::npos) declare_prefix(copy, original, stripped(type.substr(0, colon)));
  xmlNodePtr child = xmlFirstElementChild(copy);
  xmlNodePtr twin = xmlFirstElementChild(original);
  for (; child != nullptr && twin != nullptr; child = xmlNextElementSibling(child)) {
    declare_type_prefixes(child, twin);
    twin = xmlNextElementSibling(twin);
  }
}

}  // namespace

QuietXml::QuietXml() {
  static std::once_flag once;
  std::call_once(once, xmlInitParser);
  listener_ = xmlStructuredError;
  listener_context_ = xmlStructuredErrorContext;
  xmlSetStructuredErrorFunc(nullptr, ignore);
}

QuietXml::~QuietXml() { xmlSetStructuredErrorFunc(listener_context_, listener_); }

bool is_namespace_flaw(const xmlError& error) {
  return error.domain == XML_FROM_NAMESPACE &&
         (error.code == XML_NS_ERR_UNDEFINED_NAMESPACE || error.code == XML_NS_ERR_QNAME ||
          error.code == XML_NS_ERR_ATTRIBUTE_REDEFINED || error.code == XML_NS_ERR_EMPTY ||
          error.code == XML_NS_ERR_COLON);
}

Reading read_xml(std::string_view text) {
  const QuietXml quiet;
  const std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlNewParserCtxt());
  if (!parser || text.size() > INT_MAX) return {nullptr, XmlFlaw::not_well_formed};
  Findings findings;
  parser->_private = &findings;
  parser->sax->internalSubset = refuse_doctype;
  parser->sax->serror = note_error;
  constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  Document document(xmlCtxtReadMemory(parser.get(), text.data(), static_cast<int>(text.size()),
                                      nullptr, nullptr, options));
  if (findings.doctype) return {nullptr, XmlFlaw::doctype};
  if (!document || findings.namespace_flaw) return {nullptr, XmlFlaw::not_well_formed};
  return {std::move(document), XmlFlaw::none};
}

Reading read_xml_content(const std::string& text) {
  return read_xml("<content>" + without_declaration(text) + "</content>");
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
  return element == nullptr ? "" : stripped(owned(xmlNodeGetContent(element)));
}

std::string attribute_of(xmlNodePtr element, const char* name) {
  return element == nullptr ? "" : stripped(owned(xmlGetNoNsProp(element, as_xml(name))));
}

std::string language_of(xmlNodePtr element) {
  return owned(xmlGetNsProp(element, as_xml("lang"), as_xml(ns::kXml)));
}

std::string xml_of(xmlNodePtr element, const std::string& language) {
  const Document document(xmlNewDoc(as_xml("1.0")));
  // The copy declares the namespaces that the original found on its ancestors.
  xmlNodePtr copy = xmlDocCopyNode(element, document.get(), 1);
  if (copy == nullptr) return {};
  xmlDocSetRootElement(document.get(), copy);
  declare_type_prefixes(copy, element);
  if (!language.empty() && language_of(copy).empty())
    xmlNodeSetLang(copy, as_xml(language.c_str()));
  const Buffer buffer(xmlBufferCreate());
  if (xmlNodeDump(buffer.get(), document.get(), copy, 0, 0) < 0) return {};
  return reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
}

std::string inner_xml_of(xmlNodePtr parent) {
  std::string xml;
  for (xmlNodePtr child = parent->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) {
      xml += xml_of(child);
      continue;
    }
    const Buffer buffer(xmlBufferCreate());
    if (xmlNodeDump(buffer.get(), parent->doc, child, 0, 0) < 0) continue;
    xml += reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
  }
  return xml;
}

std::string stripped(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

bool equal_ignoring_case(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

bool is_xml_text(std::string_view text) {
  while (!text.empty()) {
    int length = static_cast<int>(std::min<size_t>(text.size(), 4));
    const int c = xmlGetUTF8Char(reinterpret_cast<const unsigned char*>(text.data()), &length);
    if (c <= 0 || !xmlIsCharQ(static_cast<unsigned>(c))) return false;
    text.remove_prefix(static_cast<size_t>(length));
  }
  return true;
}

bool is_xml_name(const std::string& name) {
  return is_xml_text(name) && xmlValidateNCName(as_xml(name.c_str()), 0) == 0;
}

Status check_text(std::string_view text, const std::string& what) {
  if (is_xml_text(text)) return Done{};
  return invalid_argument("The " + what +
                          " has a character that XML cannot hold, such as a control character.");
}

}  // namespace wsman
