#include "protocol/fault.h"

#include <charconv>
#include <memory>
#include <string>

#include "protocol/envelope.h"

namespace wsman {
namespace {

// Text for a person: any run of white space or control octets becomes one space.
std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool space = static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
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
