#include "protocol/page.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <climits>
#include <memory>
#include <string_view>

#include "protocol/names.h"
#include "protocol/xml.h"

namespace wsman {
namespace {

// Where things stand in an envelope: Envelope 1, Header and Body 2, RelatesTo and the response 3,
// Items 4, an item 5.
constexpr int kSectionLevel = 2;
constexpr int kResponseLevel = 3;
constexpr int kPartLevel = 4;
constexpr int kItemLevel = 5;

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}

// The handler of libxml2's events. Inside the items, where nearly all octets are, it only counts
// levels; text is taken only of the elements whose text is wanted.
class Scanner {
 public:
  explicit Scanner(const std::string& octets) : octets_(octets) {}

  PageScan run() {
    parser_.reset(xmlCreateMemoryParserCtxt(octets_.data(), static_cast<int>(octets_.size())));
    if (!parser_) return {};
    (void)xmlCtxtUseOptions(parser_.get(),
                            XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    *parser_->sax = {};
    parser_->sax->initialized = XML_SAX2_MAGIC;
    parser_->sax->startElementNs = on_start;
    parser_->sax->endElementNs = on_end;
    parser_->sax->internalSubset = on_doctype;
    parser_->sax->serror = on_error;
    parser_->userData = this;
    (void)xmlParseDocument(parser_.get());
    scan_.well_formed = parser_->wellFormed == 1 && !refused_;
    scan_.relates_to = stripped(relates_to_);
    scan_.context = stripped(context_);
    return std::move(scan_);
  }

 private:
  struct Free {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
  };

  static void on_start(void* self, const xmlChar* name, const xmlChar*, const xmlChar* uri, int,
                       const xmlChar**, int attribute_count, int, const xmlChar** attributes) {
    static_cast<Scanner*>(self)->start(name, uri, attribute_count, attributes);
  }
  static void on_end(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    static_cast<Scanner*>(self)->end();
  }
  static void on_text(void* self, const xmlChar* text, int length) {
    static_cast<Scanner*>(self)->taken_->append(reinterpret_cast<const char*>(text),
                                                static_cast<size_t>(length));
  }
  static void on_doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    static_cast<Scanner*>(self)->refuse();
  }
  static void on_error(void* self, xmlErrorPtr error) {
    if (is_namespace_flaw(*error)) static_cast<Scanner*>(self)->refuse();
  }

  void refuse() {
    refused_ = true;
    xmlStopParser(parser_.get());
  }

  // The octet after what is read so far.
  size_t position() const { return static_cast<size_t>(xmlByteConsumed(parser_.get())); }

  void start(const xmlChar* name, const xmlChar* uri, int attribute_count,
             const xmlChar** attributes) {
    if (++level_ > kMostLevels) return refuse();
    if (in_items_) {
      // The tag is read up to its end but for ">", and no attribute can hold a "<".
      if (level_ == kItemLevel) item_start_ = octets_.rfind('<', position());
      return;
    }
    if (level_ == 1) return start_envelope(name, uri, attribute_count, attributes);
    if (level_ == kSectionLevel) return start_section(name, uri);
    if (level_ == kResponseLevel) return in_body_ ? start_response(name, uri) : start_header(name);
    if (level_ == kPartLevel && in_response_) start_part(name, uri);
  }

  void start_envelope(const xmlChar* name, const xmlChar* uri, int attribute_count,
                      const xmlChar** attributes) {
    scan_.is_envelope = view(name) == "Envelope" && view(uri) == ns::kSoap;
    // Five pointers an attribute: name, prefix, namespace, and where the value begins and ends.
    for (int i = 0; i < attribute_count; ++i) {
      const xmlChar** attribute = attributes + static_cast<ptrdiff_t>(5) * i;
      if (view(attribute[0]) != "lang" || view(attribute[2]) != ns::kXml) continue;
      scan_.language.assign(reinterpret_cast<const char*>(attribute[3]),
                            static_cast<size_t>(attribute[4] - attribute[3]));
    }
  }

  void start_section(const xmlChar* name, const xmlChar* uri) {
    const bool soap = view(uri) == ns::kSoap;
    in_header_ = soap && view(name) == "Header";
    in_body_ = soap && view(name) == "Body";
  }

  void start_header(const xmlChar* name) {
    if (in_header_ && view(name) == "RelatesTo") take_text(relates_to_);
  }

  void start_response(const xmlChar* name, const xmlChar* uri) {
    scan_.fault = scan_.fault || (view(uri) == ns::kSoap && view(name) == "Fault");
    if (!scan_.response.empty()) return;
    scan_.response = view(name);
    in_response_ = true;
  }

  // Items stand in the namespace of WS-Management in the answer to Enumerate, and in that of
  // WS-Enumeration in the answer to Pull [DSP0226 8.2.3]; some servers mix them up.
  void start_part(const xmlChar* name, const xmlChar* uri) {
    if (view(uri) != ns::kEnumeration && view(uri) != ns::kWsman) return;
    const std::string_view part = view(name);
    if (part == "Items") {
      in_items_ = true;
    } else if (part == "EndOfSequence") {
      scan_.end = true;
    } else if (part == "EnumerationContext") {
      context_.clear();
      take_text(context_);
    }
  }

  void end() {
    if (in_items_) {
      if (level_ == kItemLevel) {
        scan_.items.push_back({item_start_, position() - item_start_});
      } else if (level_ == kPartLevel) {
        in_items_ = false;
      }
    } else if (taken_ != nullptr && level_ == taken_level_) {
      take_no_text();
    } else if (level_ == kResponseLevel) {
      in_response_ = false;
    }
    --level_;
  }

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

  const std::string& octets_;
  std::unique_ptr<xmlParserCtxt, Free> parser_;
  PageScan scan_;
  std::string relates_to_;
  std::string context_;
  std::string* taken_ = nullptr;
  int taken_level_ = 0;
  int level_ = 0;
  size_t item_start_ = 0;
  bool in_header_ = false;
  bool in_body_ = false;
  bool in_response_ = false;
  bool in_items_ = false;
  bool refused_ = false;
};

}  // namespace

PageScan scan_page(const std::string& octets) {
  const QuietXml quiet;
  if (octets.empty() || octets.size() > INT_MAX) return {};
  return Scanner(octets).run();
}

}  // namespace wsman
