// A password that is not in memory while nobody looks at it, so that copies of it can be counted.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_MASKED_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_MASKED_H_

#include <array>
#include <cstddef>
#include <random>

namespace wsman::testing {

// Random letters and digits, each kept with its bits turned.
class Masked {
 public:
  static constexpr std::size_t kSize = 40;
  static constexpr unsigned char kMask = 0xA5;

  Masked() {
    constexpr char kLetters[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
    std::random_device device;
    for (unsigned char& byte : bytes_) {
      byte = static_cast<unsigned char>(kLetters[device() % (sizeof kLetters - 1)]) ^ kMask;
    }
  }

  // One byte of it as it is.
  unsigned char at(std::size_t index) const { return bytes_.at(index) ^ kMask; }

  // All of it, for a buffer that the caller wipes.
  void copy_to(char* buffer) const {
    // One byte at a time: vector registers end up on the stack now and then.
    volatile char* bytes = buffer;
    for (std::size_t i = 0; i < kSize; ++i) bytes[i] = static_cast<char>(at(i));
  }

 private:
  std::array<unsigned char, kSize> bytes_{};
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_MASKED_H_
