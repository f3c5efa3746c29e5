#include "protocol/operation/page.h"

#include <string_view>
#include <utility>

#include "protocol/xml/names.h"
#include "protocol/xml/xml.h"

namespace wsman::operation {
namespace {

// Below a response of kResponseLevel: Items, an item.
constexpr int kPartLevel = message::kResponseLevel + 1;
constexpr int kItemLevel = kPartLevel + 1;

// Inside the items, where nearly all bytes are, it only counts.
class PageScanner final : private message::EnvelopeScanner {
 public:
  PageScan read(std::string_view bytes, const Call* call) {
    scan_.envelope = run(bytes, call);
    scan_.context = xml::stripped(scan_.context);
    return std::move(scan_);
  }

 private:
  void start_content(const message::StartTag& tag) override {
    if (in_items_) {
      // Elements alone are items: comments and white space between them raise no event.
      if (level() == kItemLevel) ++scan_.count;
    } else if (level() == message::kResponseLevel) {
      in_response_ = !std::exchange(has_response_, true);
    } else if (level() == kPartLevel && in_response_) {
      start_part(tag);
    } else if (takes(scan_.context)) {
      scan_.context_has_elements = true;
    }
  }

  void end_content() override {
    // The end of w:Items itself; a nested element of that name is deeper.
    if (level() == kPartLevel) in_items_ = false;
  }

  // Items stand in the namespace of WS-Management in the answer to Enumerate, and in that of
  // WS-Enumeration in the answer to Pull [DSP0226 8.2.3]; some servers mix them up. With two of
  // them, or two contexts, of whatever namespaces, another reader could take the other one.
  void start_part(const message::StartTag& tag) {
    const std::string_view part = tag.name();
    if (part == "Items" && std::exchange(has_items_, true)) return refuse();
    if (part == "EnumerationContext" && std::exchange(has_context_, true)) return refuse();
    if (tag.uri() != ns::kEnumeration && tag.uri() != ns::kWsman) return;
    if (part == "Items") {
      in_items_ = true;
    } else if (part == "EndOfSequence") {
      scan_.end = true;
    } else if (part == "EnumerationContext") {
      take_text(scan_.context);
    }
  }

  PageScan scan_;
  bool has_response_ = false;
  bool in_response_ = false;
  bool in_items_ = false;
  bool has_items_ = false;
  bool has_context_ = false;
};

}  // namespace

PageScan scan_page(std::string_view bytes, const Call* call) {
  return PageScanner().read(bytes, call);
}

}  // namespace wsman::operation
