#include "base/utf8.h"

#include <array>
#include <cstring>

namespace wsman {
namespace {

// The text behind the ASCII at its beginning. Most text is ASCII, and is looked through for each
// answer: eight bytes at a time.
std::string_view behind_ascii(std::string_view text) {
  constexpr uint64_t not_ascii = 0x8080808080808080;
  for (uint64_t word = 0; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    if ((word & not_ascii) != 0) break;
  }
  while (!text.empty() && static_cast<unsigned char>(text.front()) < 0x80) text.remove_prefix(1);
  return text;
}

}  // namespace

Character first_character(std::string_view text) {
  constexpr std::array<uint32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  const unsigned lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xC0 || lead > 0xF4) return {};
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (text.size() < length) return {};
  uint32_t value = lead & (0x7FU >> length);
  for (size_t i = 1; i < length; ++i) {
    const unsigned next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0U) != 0x80) return {};
    value = value << 6U | (next & 0x3FU);
  }
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < smallest.at(length) || value > 0x10FFFF || is_surrogate) return {};
  return {value, length};
}

bool is_utf8(std::string_view text) {
  while (!(text = behind_ascii(text)).empty()) {
    const size_t length = first_character(text).length;
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace wsman
