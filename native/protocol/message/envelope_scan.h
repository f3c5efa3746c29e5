// An envelope read in one pass, without a tree: its frame here, what is in the Body by who derives.
#ifndef WSMAN_PROTOCOL_MESSAGE_ENVELOPE_SCAN_H_
#define WSMAN_PROTOCOL_MESSAGE_ENVELOPE_SCAN_H_

#include <libxml/parser.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "base/call.h"
#include "protocol/message/sections.h"
#include "protocol/xml/xml.h"

namespace wsman::message {

// The frame of an envelope.
struct EnvelopeScan {
  bool well_formed = false;  // Without it nothing else counts.
  bool is_envelope = false;  // A SOAP 1.2 envelope.
  bool fault = false;        // The Body holds an s:Fault.
  std::string response;      // The local name of the first element in the Body, or "".
  std::string language;      // The xml:lang of the envelope.
  std::string relates_to;    // The text of the first a:RelatesTo, without white space around it.

  // Whether the Body has something, and no fault.
  bool is_answer() const { return well_formed && is_envelope && !fault && !response.empty(); }
};

// The levels of elements: Envelope 1, Header and Body 2, their children 3.
inline constexpr int kEnvelopeLevel = 1;
inline constexpr int kSectionLevel = 2;
inline constexpr int kResponseLevel = 3;

// A namespace as the parser has it, or none. Its end is looked for only where all of it is needed:
// it may be half of a document, and in force for each element of the other half.
class NamespaceName {
 public:
  NamespaceName(const xmlChar* text = nullptr) : text_(text) {}

  bool empty() const { return text_ == nullptr || *text_ == 0; }
  bool operator==(const char* uri) const {
    return xmlStrEqual(text_, reinterpret_cast<const xmlChar*>(uri)) != 0;
  }
  std::string str() const {
    return text_ == nullptr ? std::string()
                            : xml::with_ampersands(reinterpret_cast<const char*>(text_));
  }

 private:
  const xmlChar* text_;
};

// A start tag as libxml2 gives it. Names and namespaces stand in the dictionary of the parser, and
// so live as long as the scanner; values until the call is back.
class StartTag {
 public:
  StartTag(const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int declarations,
           const xmlChar** declared, int attributes, const xmlChar** attribute)
      : name_(name),
        prefix_(prefix),
        uri_(uri),
        declarations_(declarations),
        declared_(declared),
        attributes_(attributes),
        attribute_(attribute) {}

  static std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view()
                           : std::string_view(reinterpret_cast<const char*>(text));
  }

  struct Declaration {
    std::string_view prefix;
    NamespaceName uri;
  };

  struct Attribute {
    std::string_view name;
    std::string_view prefix;
    NamespaceName uri;
    std::string_view value;  // with_ampersands() makes it the one that was written.
  };

  std::string_view name() const { return view(name_); }
  std::string_view prefix() const { return view(prefix_); }
  NamespaceName uri() const { return uri_; }
  int declarations() const { return declarations_; }
  Declaration declaration(int i) const {
    const xmlChar** const at = declared_ + static_cast<ptrdiff_t>(2) * i;
    return {view(at[0]), at[1]};
  }
  int attributes() const { return attributes_; }
  // libxml2 gives five pointers for each: name, prefix, namespace, begin and end of the value.
  Attribute attribute(int i) const {
    const xmlChar** const at = attribute_ + static_cast<ptrdiff_t>(5) * i;
    return {view(at[0]),
            view(at[1]),
            at[2],
            {reinterpret_cast<const char*>(at[3]), static_cast<size_t>(at[4] - at[3])}};
  }

 private:
  const xmlChar* name_;
  const xmlChar* prefix_;
  const xmlChar* uri_;
  int declarations_;
  const xmlChar** declared_;
  int attributes_;
  const xmlChar** attribute_;
};

// Handles libxml2's events. A DOCTYPE, an undeclared prefix, more than 256 levels and a section
// that stands twice are flaws, as they are for read_answer(). Text is taken only from elements
// whose text is needed: the others raise no event for it, and have no bound of their own.
class EnvelopeScanner {
 public:
  EnvelopeScanner(const EnvelopeScanner&) = delete;
  EnvelopeScanner& operator=(const EnvelopeScanner&) = delete;

 protected:
  EnvelopeScanner() = default;
  virtual ~EnvelopeScanner() = default;

  // Reads a document in UTF-8, once, and notes what is asked for. Throws std::bad_alloc.
  EnvelopeScan run(std::string_view bytes, const Call* call, xml::LevelElements* noted = nullptr);

  // An element outside the Body, the Body included.
  virtual void start_frame(const StartTag& /*tag*/) {}

  // An element in the Body, the response and others beside it included, and its end.
  virtual void start_content(const StartTag& tag) = 0;
  virtual void end_content() = 0;

  // Of the element that starts or ends.
  int level() const { return level_; }

  // Gives the envelope up: it counts as not well-formed.
  void refuse();

  // Appends the text of the element that starts to `text`, up to its end.
  void take_text(std::string& text);

  // Whether the text of an element is being taken into `text`.
  bool takes(const std::string& text) const { return taken_ == &text; }

 private:
  static void on_start(void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
                       int declarations, const xmlChar** declared, int attributes,
                       int /*defaulted*/, const xmlChar** attribute);
  static void on_end(void* self, const xmlChar*, const xmlChar*, const xmlChar*);
  static void on_text(void* self, const xmlChar* text, int length);
  static void on_doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*);
  static void on_error(void* self, xmlErrorPtr error);

  void start(const StartTag& tag);
  void start_envelope(const StartTag& tag);
  void start_section(const StartTag& tag);
  void start_header(const StartTag& tag);
  void start_response(const StartTag& tag);
  void end();
  void give_up();
  void take_no_text();

  xml::Parser parser_;
  EnvelopeScan scan_;
  std::string* taken_ = nullptr;
  int taken_level_ = 0;
  int level_ = 0;
  bool in_header_ = false;
  bool in_body_ = false;
  Sections sections_;
  bool has_relates_to_ = false;
  bool refused_ = false;
  bool lacked_memory_ = false;
};

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_ENVELOPE_SCAN_H_
