// UTF-8, as strictly as RFC 3629 3 demands: no overlong form, no surrogate, nothing beyond
// U+10FFFF. Libraries are less strict, each in its own way, so what reaches two of them is judged
// here.
#ifndef WSMAN_BASE_UTF8_H_
#define WSMAN_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wsman {

struct Character {
  uint32_t value = 0;
  size_t length = 0;  // In bytes; 0: these are not UTF-8.
};

// The character at the beginning of `text`, which is not empty.
Character first_character(std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace wsman

#endif  // WSMAN_BASE_UTF8_H_
