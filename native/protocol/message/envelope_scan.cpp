#include "protocol/message/envelope_scan.h"

#include <libxml/parserInternals.h>

#include <new>
#include <utility>

#include "protocol/xml/names.h"

namespace wsman::message {

EnvelopeScan EnvelopeScanner::run(std::string_view bytes, const Call* call,
                                  xml::LevelElements* noted) {
  const xml::QuietXml quiet;
  const xml::MemoryWatch watch;
  if (xml::flaw_before_reading(bytes, noted) != xml::XmlFlaw::none) return {};
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
  const bool fed = xml::feed(parser_.get(), bytes, call);
  if (lacked_memory_) throw std::bad_alloc();
  // What it read without memory is another document.
  watch.demand();
  // A parser that was stopped can have found no error before.
  scan_.well_formed = fed && parser_->wellFormed == 1 && !refused_;
  scan_.relates_to = xml::stripped(scan_.relates_to);
  return std::move(scan_);
}

void EnvelopeScanner::on_start(void* self, const xmlChar* name, const xmlChar* prefix,
                               const xmlChar* uri, int declarations, const xmlChar** declared,
                               int attributes, int /*defaulted*/, const xmlChar** attribute) {
  auto* scanner = static_cast<EnvelopeScanner*>(self);
  // No exception may pass a frame of libxml2.
  try {
    scanner->start({name, prefix, uri, declarations, declared, attributes, attribute});
  } catch (const std::bad_alloc&) {
    scanner->give_up();
  }
}

void EnvelopeScanner::on_end(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
  static_cast<EnvelopeScanner*>(self)->end();
}

void EnvelopeScanner::on_text(void* self, const xmlChar* text, int length) {
  auto* scanner = static_cast<EnvelopeScanner*>(self);
  try {
    scanner->taken_->append(reinterpret_cast<const char*>(text), static_cast<size_t>(length));
  } catch (const std::bad_alloc&) {
    scanner->give_up();
  }
}

void EnvelopeScanner::on_doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
  static_cast<EnvelopeScanner*>(self)->refuse();
}

void EnvelopeScanner::on_error(void* self, xmlErrorPtr error) {
  // Others make the document ill-formed by themselves.
  if (error->code == XML_ERR_NO_MEMORY || xml::is_namespace_flaw(*error))
    static_cast<EnvelopeScanner*>(self)->refuse();
}

void EnvelopeScanner::give_up() {
  lacked_memory_ = true;
  refuse();
}

void EnvelopeScanner::refuse() {
  refused_ = true;
  xmlStopParser(parser_.get());
}

void EnvelopeScanner::start(const StartTag& tag) {
  // Counted here as read_xml() bounds it, so that both accept the same documents.
  if (++level_ > xml::kMostLevels) return refuse();
  if (in_body_) {
    if (level_ == kResponseLevel) start_response(tag);
    return start_content(tag);
  }
  if (level_ == kEnvelopeLevel) {
    start_envelope(tag);
  } else if (level_ == kSectionLevel) {
    start_section(tag);
  } else if (level_ == kResponseLevel && in_header_) {
    start_header(tag);
  }
  start_frame(tag);
}

void EnvelopeScanner::start_envelope(const StartTag& tag) {
  scan_.is_envelope = tag.name() == "Envelope" && tag.uri() == ns::kSoap;
  for (int i = 0; i < tag.attributes(); ++i) {
    const StartTag::Attribute attribute = tag.attribute(i);
    if (attribute.name == "lang" && attribute.uri == ns::kXml)
      scan_.language = xml::with_ampersands(attribute.value);
  }
}

void EnvelopeScanner::start_section(const StartTag& tag) {
  if (!sections_.take(tag.name())) return refuse();
  const bool soap = tag.uri() == ns::kSoap;
  in_header_ = soap && tag.name() == "Header";
  in_body_ = soap && tag.name() == "Body";
}

// The first one counts, also if it is empty: other messages may be named as well.
void EnvelopeScanner::start_header(const StartTag& tag) {
  if (tag.name() != "RelatesTo" || std::exchange(has_relates_to_, true)) return;
  take_text(scan_.relates_to);
}

// Any child of the Body can be the fault; the first one is the response.
void EnvelopeScanner::start_response(const StartTag& tag) {
  scan_.fault = scan_.fault || (tag.uri() == ns::kSoap && tag.name() == "Fault");
  if (scan_.response.empty()) scan_.response = tag.name();
}

void EnvelopeScanner::end() {
  if (level_ == kSectionLevel) {
    in_body_ = false;
  } else if (in_body_) {
    end_content();
  }
  if (taken_ != nullptr && level_ == taken_level_) take_no_text();
  --level_;
}

void EnvelopeScanner::take_text(std::string& text) {
  taken_ = &text;
  taken_level_ = level_;
  parser_->sax->characters = on_text;
  parser_->sax->ignorableWhitespace = on_text;
  parser_->sax->cdataBlock = on_text;
}

void EnvelopeScanner::take_no_text() {
  taken_ = nullptr;
  parser_->sax->characters = nullptr;
  parser_->sax->ignorableWhitespace = nullptr;
  parser_->sax->cdataBlock = nullptr;
}

}  // namespace wsman::message
