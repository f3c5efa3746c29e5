#include "protocol/fault.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>

#include "protocol/envelope.h"

namespace wsman {
namespace {

// The octets of the control character at `at` in UTF-8; 0 if there is none. C1 controls (U+0080 to
// U+009F) steer terminals as C0 controls do.
size_t control_at(const std::string& text, size_t at) {
  const auto octet = static_cast<unsigned char>(text[at]);
  if (octet < 0x20 || octet == 0x7F) return 1;
  const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
  return octet == 0xC2 && next >= 0x80 && next <= 0x9F ? 2 : 0;
}

// Text for a person: any run of white space or control characters becomes one space.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (size_t at = 0; at < text.size();) {
    const size_t control = control_at(text, at);
    const bool space = control > 0 || text[at] == ' ';
    if (!space) {
      line += text[at];
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
    at += std::max<size_t>(control, 1);
  }
  return line;
}

// Decimal, unsigned [MS-WSMV 2.2.4.43]. 0 if it is not a number.
uint32_t code_of(xmlNodePtr wsman_fault) {
  const auto* name = reinterpret_cast<const xmlChar*>("Code");
  const std::unique_ptr<xmlChar, void (*)(void*)> value(xmlGetNoNsProp(wsman_fault, name), xmlFree);
  const std::string text = value ? reinterpret_cast<const char*>(value.get()) : "";
  uint32_t code = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), code);
  return code;
}

}  // namespace

Error fault_error(xmlNodePtr fault, const Endpoint& endpoint) {
  xmlNodePtr detail = child_named(child_named(fault, "Detail"), "WSManFault");
  const uint32_t code = detail != nullptr ? code_of(detail) : 0;
  std::string text = text_of(child_named(detail, "Message"));
  if (text.empty()) text = text_of(child_named(child_named(fault, "Reason"), "Text"));
  if (text.empty()) text = "no reason was given";
  return {ErrorCode::fault,
          with_code(endpoint.host + " answered with a fault", code) + ": " + on_one_line(text),
          code, xml_of(fault)};
}

}  // namespace wsman
