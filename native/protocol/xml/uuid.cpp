#include "protocol/xml/uuid.h"

#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <random>

namespace wsman::xml {
namespace {

using Bytes = std::array<uint8_t, 16>;

// Of the system, without a seed of our own: processes that start at the same moment must not make
// the same numbers.
Bytes random_bytes() {
  Bytes bytes{};
  if (getentropy(bytes.data(), bytes.size()) == 0) return bytes;
  // A filter of system calls may keep that away. This comes second because it asks the processor
  // each time what it has, at which a virtual machine stops: that took a twelfth of a teardown,
  // the service included.
  std::random_device random;
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

}  // namespace

std::string new_uuid() {
  constexpr const char* digits = "0123456789ABCDEF";
  Bytes bytes = random_bytes();
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
