// Bytes as they stand in a specification.
#ifndef WSMAN_TESTS_NATIVE_FAKES_BYTES_H_
#define WSMAN_TESTS_NATIVE_FAKES_BYTES_H_

#include <string>
#include <string_view>

namespace wsman::testing {

// "30 0A" -> 0x30 0x0A. Blanks are read over.
inline std::string bytes(std::string_view digits) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string made;
  bool half = false;
  for (const char digit : digits) {
    if (digit == ' ') continue;
    const auto value = static_cast<unsigned char>(kDigits.find(digit));
    if (!half) made.push_back('\0');
    made.back() = static_cast<char>(static_cast<unsigned char>(made.back()) << 4U | value);
    half = !half;
  }
  return made;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_BYTES_H_
