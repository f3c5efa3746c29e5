// What steers a terminal, or turns the direction of writing, as the tests have it: a list of their
// own, so that a range that the core loses is missed.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_STEERING_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_STEERING_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsman::testing {

// Controls (Cc), the separators of lines and paragraphs, and the controls of direction.
inline bool is_steering(std::uint32_t character) {
  constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 6> ranges{{{0, 0x1F},
                                                                           {0x7F, 0x9F},
                                                                           {0x61C, 0x61C},
                                                                           {0x200E, 0x200F},
                                                                           {0x2028, 0x202E},
                                                                           {0x2066, 0x2069}}};
  return std::any_of(ranges.begin(), ranges.end(), [character](const auto& range) {
    return character >= range.first && character <= range.second;
  });
}

inline std::string in_utf8(std::uint32_t character) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  const auto rest = [&](unsigned shift) { return byte(0x80U | ((character >> shift) & 0x3FU)); };
  if (character < 0x80) return {byte(character)};
  if (character < 0x800) return {byte(0xC0U | character >> 6U), rest(0)};
  if (character < 0x10000) return {byte(0xE0U | character >> 12U), rest(6), rest(0)};
  return {byte(0xF0U | character >> 18U), rest(12), rest(6), rest(0)};
}

// Whether a text has one of them, but for the bytes in `kept`. Bytes that are no UTF-8 are none.
inline bool steers(std::string_view text, std::string_view kept = {}) {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> found;
    for (std::uint32_t character = 0; character < 0x2070; ++character)
      if (is_steering(character)) found.push_back(in_utf8(character));
    return found;
  }();
  return std::any_of(all.begin(), all.end(), [&](const std::string& bytes) {
    return kept.find(bytes) == std::string_view::npos && text.find(bytes) != std::string_view::npos;
  });
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_STEERING_H_
