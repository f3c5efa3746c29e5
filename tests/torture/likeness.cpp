#include "likeness.h"

#include <cctype>
#include <string_view>

namespace wsman::torture {
namespace {

constexpr std::size_t kUuid = 36;

bool is_uuid(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
    if (dash ? text[at] != '-' : std::isxdigit(static_cast<unsigned char>(text[at])) == 0)
      return false;
  }
  return text.size() == kUuid;
}

}  // namespace

std::string likeness(const std::string& text) {
  std::string alike;
  for (std::size_t at = 0; at < text.size();) {
    if (is_uuid(std::string_view(text).substr(at, kUuid))) {
      alike += 'U';
      at += kUuid;
      continue;
    }
    const bool digit = std::isdigit(static_cast<unsigned char>(text[at])) != 0;
    const bool goes_on = digit && !alike.empty() && alike.back() == '#';
    if (!goes_on) alike += digit ? '#' : text[at];
    ++at;
  }
  return alike;
}

}  // namespace wsman::torture
