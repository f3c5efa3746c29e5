#include "protocol/operation/page.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <new>
#include <string_view>
#include <utility>

#include "protocol/message/sections.h"
#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

// The levels of an envelope: Envelope 1, Header and Body 2, RelatesTo and the response 3, Items 4,
// an item 5.
constexpr int kSectionLevel = 2;
constexpr int kResponseLevel = 3;
constexpr int kPartLevel = 4;
constexpr int kItemLevel = 5;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}

// Handles libxml2's events. Inside the items, where nearly all bytes are, it only counts levels;
// text is taken only from elements whose text is needed.
class Scanner {
 public:
  explicit Scanner(const std::string& bytes) : bytes_(bytes) {}

  PageScan run(const Call* call) {
    if (xml::flaw_before_reading(bytes_) != xml::XmlFlaw::none) return {};
    parser_ = xml::new_parser();
    // No handler but these: libxml2 builds no tree, and raises no event without a handler.
    *parser_->sax = {};
    parser_->sax->initialized = XML_SAX2_MAGIC;
    parser_->sax->startElementNs = on_start;
    parser_->sax->endElementNs = on_end;
    parser_->sax->internalSubset = on_doctype;
    parser_->sax->serror = on_error;
    // Handlers get the scanner in the place of the parser.
    parser_->userData = this;
    const bool fed = xml::feed(parser_.get(), bytes_, call);
    if (lacked_memory_) throw std::bad_alloc();
    // A parser that was stopped can have found no error before.
    scan_.well_formed = fed && parser_->wellFormed == 1 && !refused_;
    scan_.relates_to = xml::stripped(relates_to_);
    scan_.context = xml::stripped(context_);
    return std::move(scan_);
  }

 private:
  static void on_start(void* self, const xmlChar* name, const xmlChar*, const xmlChar* uri, int,
                       const xmlChar**, int attribute_count, int, const xmlChar** attributes) {
    auto* scanner = static_cast<Scanner*>(self);
    // No exception may pass a frame of libxml2.
    try {
      scanner->start(name, uri, attribute_count, attributes);
    } catch (const std::bad_alloc&) {
      scanner->give_up();
    }
  }
  static void on_end(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    static_cast<Scanner*>(self)->end();
  }
  static void on_text(void* self, const xmlChar* text, int length) {
    auto* scanner = static_cast<Scanner*>(self);
    try {
      scanner->taken_->append(reinterpret_cast<const char*>(text), static_cast<size_t>(length));
    } catch (const std::bad_alloc&) {
      scanner->give_up();
    }
  }
  static void on_doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    static_cast<Scanner*>(self)->refuse();
  }
  static void on_error(void* self, xmlErrorPtr error) {
    // Others make the document ill-formed by themselves.
    if (error->code == XML_ERR_NO_MEMORY || xml::is_namespace_flaw(*error))
      static_cast<Scanner*>(self)->refuse();
  }

  void give_up() {
    lacked_memory_ = true;
    refuse();
  }

  void refuse() {
    refused_ = true;
    xmlStopParser(parser_.get());
  }

  void start(const xmlChar* name, const xmlChar* uri, int attribute_count,
             const xmlChar** attributes) {
    // Counted here as read_xml() bounds it, so that both accept the same documents.
    if (++level_ > xml::kMostLevels) return refuse();
    if (in_items_) {
      // Elements alone are items: comments and white space between them raise no event.
      if (level_ == kItemLevel) ++scan_.count;
      return;
    }
    if (level_ == 1) return start_envelope(name, uri, attribute_count, attributes);
    if (level_ == kSectionLevel) return start_section(name, uri);
    if (level_ == kResponseLevel) return in_body_ ? start_response(name, uri) : start_header(name);
    if (level_ == kPartLevel && in_response_) return start_part(name, uri);
    if (taken_ == &context_) scan_.context_has_elements = true;
  }

  void start_envelope(const xmlChar* name, const xmlChar* uri, int attribute_count,
                      const xmlChar** attributes) {
    scan_.is_envelope = view(name) == "Envelope" && view(uri) == ns::kSoap;
    // libxml2 gives five pointers for each attribute: name, prefix, namespace, begin and end of the
    // value.
    for (int i = 0; i < attribute_count; ++i) {
      const xmlChar** attribute = attributes + static_cast<ptrdiff_t>(5) * i;
      if (view(attribute[0]) != "lang" || view(attribute[2]) != ns::kXml) continue;
      scan_.language =
          xml::with_ampersands(std::string(reinterpret_cast<const char*>(attribute[3]),
                                           static_cast<size_t>(attribute[4] - attribute[3])));
    }
  }

  void start_section(const xmlChar* name, const xmlChar* uri) {
    if (!sections_.take(view(name))) return refuse();
    const bool soap = view(uri) == ns::kSoap;
    in_header_ = soap && view(name) == "Header";
    in_body_ = soap && view(name) == "Body";
  }

  // The first one counts, also if it is empty: other messages may be named as well.
  void start_header(const xmlChar* name) {
    if (!in_header_ || view(name) != "RelatesTo" || std::exchange(has_relates_to_, true)) return;
    take_text(relates_to_);
  }

  void start_response(const xmlChar* name, const xmlChar* uri) {
    // Any child of the Body can be the fault; the first one is the response.
    scan_.fault = scan_.fault || (view(uri) == ns::kSoap && view(name) == "Fault");
    if (!scan_.response.empty()) return;
    scan_.response = view(name);
    in_response_ = true;
  }

  // Items stand in the namespace of WS-Management in the answer to Enumerate, and in that of
  // WS-Enumeration in the answer to Pull [DSP0226 8.2.3]; some servers mix them up. With two of
  // them, or two contexts, of whatever namespaces, another reader could take the other one.
  void start_part(const xmlChar* name, const xmlChar* uri) {
    const std::string_view part = view(name);
    if (part == "Items" && std::exchange(has_items_, true)) return refuse();
    if (part == "EnumerationContext" && std::exchange(has_context_, true)) return refuse();
    if (view(uri) != ns::kEnumeration && view(uri) != ns::kWsman) return;
    if (part == "Items") {
      in_items_ = true;
    } else if (part == "EndOfSequence") {
      scan_.end = true;
    } else if (part == "EnumerationContext") {
      take_text(context_);
    }
  }

  void end() {
    if (in_items_) {
      // The end of w:Items itself; a nested element of that name is deeper.
      if (level_ == kPartLevel) in_items_ = false;
    } else if (taken_ != nullptr && level_ == taken_level_) {
      take_no_text();
    } else if (level_ == kResponseLevel) {
      in_response_ = false;
    }
    --level_;
  }

  // The handlers of text are set only inside an element whose text is needed, so that the text of
  // items raises no events.
  void take_text(std::string& text) {
    taken_ = &text;
    taken_level_ = level_;
    parser_->sax->characters = on_text;
    parser_->sax->ignorableWhitespace = on_text;
    parser_->sax->cdataBlock = on_text;
  }

  void take_no_text() {
    taken_ = nullptr;
    parser_->sax->characters = nullptr;
    parser_->sax->ignorableWhitespace = nullptr;
    parser_->sax->cdataBlock = nullptr;
  }

  const std::string& bytes_;
  xml::Parser parser_;
  PageScan scan_;
  std::string relates_to_;
  std::string context_;
  std::string* taken_ = nullptr;
  int taken_level_ = 0;
  int level_ = 0;
  bool in_header_ = false;
  bool in_body_ = false;
  bool in_response_ = false;
  bool in_items_ = false;
  message::Sections sections_;
  bool has_relates_to_ = false;
  bool has_items_ = false;
  bool has_context_ = false;
  bool refused_ = false;
  bool lacked_memory_ = false;
};

}  // namespace

PageScan scan_page(const std::string& bytes, const Call* call) {
  const xml::QuietXml quiet;
  const xml::MemoryWatch watch;
  PageScan scan = Scanner(bytes).run(call);
  watch.demand();
  return scan;
}

}  // namespace wsman::operation
