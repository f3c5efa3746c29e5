#include "protocol/xml/uuid.h"

#include <array>
#include <cstdint>
#include <random>

namespace wsman::xml {

std::string new_uuid() {
  constexpr const char* digits = "0123456789ABCDEF";
  // Without a seed of our own: processes that start at the same moment must not make the same
  // numbers.
  std::random_device random;
  std::array<uint8_t, 16> bytes{};
  for (size_t i = 0; i < bytes.size(); i += 4) {
    const uint32_t word = random();
    for (size_t j = 0; j < 4; ++j) bytes.at(i + j) = static_cast<uint8_t>(word >> (8 * j));
  }
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0FU) | 0x40U);  // Version 4: random.
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3FU) | 0x80U);  // The variant of RFC 4122.
  std::string text = "uuid:";
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += digits[bytes.at(i) >> 4];
    text += digits[bytes.at(i) & 0x0FU];
  }
  return text;
}

}  // namespace wsman::xml
