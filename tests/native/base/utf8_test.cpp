#include "base/utf8.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/bytes.h"

namespace wsman::testing {

TEST_SUITE("UTF-8") {
  TEST_CASE("A character of each length is taken, the smallest and the greatest") {
    const std::vector<std::pair<const char*, uint32_t>> characters = {{"00", 0},
                                                                      {"7F", 0x7F},
                                                                      {"C280", 0x80},
                                                                      {"DFBF", 0x7FF},
                                                                      {"E0A080", 0x800},
                                                                      {"ED9FBF", 0xD7FF},
                                                                      {"EE8080", 0xE000},
                                                                      {"EFBFBF", 0xFFFF},
                                                                      {"F0908080", 0x10000},
                                                                      {"F48FBFBF", 0x10FFFF}};
    for (const auto& row : characters) {
      CAPTURE(row.first);
      const std::string text = bytes(row.first);
      CHECK(first_character(text).value == row.second);
      CHECK(first_character(text).length == text.size());
      CHECK(first_character(text + "\x80").length == text.size());
      CHECK(is_utf8(text));
    }
  }

  // RFC 3629 3: overlong forms, surrogates, what is beyond U+10FFFF, and what is cut short. Behind
  // ASCII of each length, because that is skipped by words.
  TEST_CASE("Bytes that are not UTF-8 are told, wherever they stand") {
    for (const char* bad :
         {"FF", "80", "C3", "C080", "C1BF", "E08080", "E09FBF", "EDA080", "EDBFBF", "F0808080",
          "F08FBFBF", "F4908080", "F5808080", "E282", "E28241", "F09F94"}) {
      CAPTURE(bad);
      CHECK(first_character(bytes(bad)).length == 0);
      for (size_t before = 0; before < 20; ++before) {
        const std::string ascii(before, 'a');
        CHECK_FALSE(is_utf8(ascii + bytes(bad)));
        CHECK_FALSE(is_utf8(ascii + bytes(bad) + "behind it, more than a word"));
        CHECK_FALSE(is_utf8("\xC3\xA9" + ascii + bytes(bad)));
      }
    }
  }

  TEST_CASE("Text of any length is UTF-8, an empty one too") {
    std::string text;
    for (size_t length = 0; length < 40; ++length) {
      CHECK(is_utf8(text));
      text += length % 5 == 4 ? "\xE2\x82\xAC" : "a";
    }
  }
}

}  // namespace wsman::testing
