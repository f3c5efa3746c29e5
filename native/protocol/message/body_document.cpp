#include "protocol/message/body_document.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "protocol/xml/names.h"
#include "protocol/xml/writer.h"

namespace wsman::message {
namespace {

using Namespace = StartTag::Declaration;

class DocumentScanner final : private EnvelopeScanner {
 public:
  explicit DocumentScanner(std::string_view preferred) : preferred_(preferred) {}

  BodyDocument read(std::string_view bytes, const Call* call) {
    xml::LevelElements children{kResponseLevel};
    document_.envelope = run(bytes, call, &children);
    // Both count the same elements of what is well-formed.
    document_.envelope.well_formed &= chosen_ < children.elements.size();
    if (document_.envelope.is_answer()) document_.xml = with_namespaces(children.elements[chosen_]);
    return std::move(document_);
  }

 private:
  void start_frame(const StartTag& tag) override {
    if (level() == kResponseLevel) ++children_;
    if (level() > kSectionLevel) return;
    // The section before is ended.
    if (level() == kSectionLevel) around_.resize(of_envelope_);
    for (int i = 0; i < tag.declarations(); ++i) around_.push_back(tag.declaration(i));
    if (level() == kEnvelopeLevel) of_envelope_ = around_.size();
  }

  void start_content(const StartTag& tag) override {
    if (level() == kResponseLevel) start_child(tag);
    if (!in_chosen_) return;
    for (int i = 0; i < tag.declarations(); ++i)
      inside_.push_back({level(), tag.declaration(i).prefix});
    use(tag.prefix(), tag.uri());
    for (int i = 0; i < tag.attributes(); ++i) use_attribute(tag.attribute(i));
  }

  void end_content() override {
    while (!inside_.empty() && inside_.back().level == level()) inside_.pop_back();
    if (level() == kResponseLevel) in_chosen_ = false;
  }

  void start_child(const StartTag& tag) {
    const size_t number = children_++;
    const bool is_preferred = tag.name() == preferred_;
    if (!document_.name.empty() && (!is_preferred || has_preferred_)) return;
    has_preferred_ = is_preferred;
    chosen_ = number;
    in_chosen_ = true;
    document_.name = tag.name();
    document_.uri = tag.uri().str();
    missing_.clear();
    has_language_ = false;
  }

  void use_attribute(const StartTag::Attribute& attribute) {
    // Without a prefix it is in no namespace [Namespaces in XML 1.0 6.2].
    if (!attribute.prefix.empty()) use(attribute.prefix, attribute.uri);
    if (attribute.name == "type" && attribute.uri == ns::kXsi) use_type(attribute.value);
    if (level() == kResponseLevel && attribute.name == "lang" && attribute.uri == ns::kXml)
      has_language_ = true;
  }

  // The value of xsi:type is a name, whose prefix counts like one of an element.
  void use_type(std::string_view value) {
    const size_t colon = value.find(':');
    if (colon == std::string_view::npos) return;
    const std::string prefix = xml::stripped(value.substr(0, colon));
    const auto found = std::find_if(around_.rbegin(), around_.rend(),
                                    [&](const Namespace& one) { return one.prefix == prefix; });
    if (found != around_.rend()) use(found->prefix, found->uri);
  }

  // What is not declared within the element is what the envelope declares around it.
  void use(std::string_view prefix, NamespaceName uri) {
    const auto is_prefix = [&](const auto& one) { return one.prefix == prefix; };
    if (uri.empty() || prefix == "xml") return;
    if (std::any_of(inside_.begin(), inside_.end(), is_prefix)) return;
    if (std::any_of(missing_.begin(), missing_.end(), is_prefix)) return;
    missing_.push_back({prefix, uri});
  }

  std::string with_namespaces(std::string_view element) const {
    const size_t name = std::min(element.find_first_of(" \t\r\n/>"), element.size());
    constexpr size_t usual_declarations = 300;
    std::string xml;
    xml.reserve(element.size() + usual_declarations);
    xml.append(element.substr(0, name));
    for (const Namespace& one : missing_) {
      xml::append_attribute(xml, one.prefix.empty() ? "xmlns" : "xmlns:" + std::string(one.prefix),
                            one.uri.str());
    }
    // It holds for the content of the envelope [XML 1.0 2.12], which leaves the envelope here.
    const std::string& language = document_.envelope.language;
    if (!language.empty() && !has_language_) xml::append_attribute(xml, "xml:lang", language);
    return xml.append(element.substr(name));
  }

  struct Declared {
    int level;
    std::string_view prefix;
  };

  std::string_view preferred_;
  BodyDocument document_;
  size_t children_ = 0;  // The children of sections that started so far.
  size_t chosen_ = 0;    // The number of the one that becomes the document, from 0.
  bool has_preferred_ = false;
  bool in_chosen_ = false;
  bool has_language_ = false;
  std::vector<Namespace> around_;   // Declared by the envelope, and after them by its section.
  size_t of_envelope_ = 0;          // The first of them.
  std::vector<Declared> inside_;    // In force within the chosen element, declared there.
  std::vector<Namespace> missing_;  // Used and not declared there.
};

}  // namespace

BodyDocument scan_body(std::string_view bytes, std::string_view preferred, const Call* call) {
  return DocumentScanner(preferred).read(bytes, call);
}

}  // namespace wsman::message
