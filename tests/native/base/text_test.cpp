#include "base/text.h"

#include <doctest/doctest.h>

#include "support/steering.h"

namespace wsman::testing {

TEST_SUITE("Text") {
  TEST_CASE("Only ASCII letters are compared without case") {
    CHECK(lower_case("SERVER01.\xC3\x84-[]") == "server01.\xC3\x84-[]");
    CHECK(upper_case("server01.\xC3\xA4-{}") == "SERVER01.\xC3\xA4-{}");
    CHECK(equal_without_case("Content-TYPE", "content-type"));
    CHECK_FALSE(equal_without_case("\xC3\x84", "\xC3\xA4"));
    CHECK_FALSE(equal_without_case("[", "{"));
    CHECK_FALSE(equal_without_case("a", "ab"));
  }

  TEST_CASE("The end of a text is compared without case and must fit into the text") {
    CHECK(ends_without_case("host.LocalHost", ".localhost"));
    CHECK(ends_without_case("a", ""));
    CHECK_FALSE(ends_without_case("host", "localhost"));
  }

  TEST_CASE("Trimming removes blanks at both ends only") {
    CHECK(trimmed(" \ta b\t ") == "a b");
    CHECK(trimmed(" \t").empty());
    CHECK(trimmed("\na\n") == "\na\n");
    CHECK(trimmed("\na\n", "\n") == "a");
  }

  TEST_CASE("Text for people is on one line and steers no terminal") {
    CHECK(for_people("a\r\nPS /> rm b") == "a PS /> rm b");
    CHECK(for_people("a \t \n  b") == "a b");
    CHECK(for_people("\x1B[2Ja\x7F"
                     "b\xC2\x9B"
                     "c\xC2\x85"
                     "d") == " [2Ja b c d");
    CHECK(for_people("a\xE2\x80\xAE"
                     "b\xE2\x81\xA6"
                     "c\xD8\x9C"
                     "d\xE2\x80\xA8"
                     "e\xE2\x80\x8F"
                     "f") == "a b c d e f");
    CHECK(for_people(std::string_view("a\0b", 3)) == "a b");
  }

  TEST_CASE("Text for people keeps what is no control character, blanks too") {
    const std::string ordinary = "a  b \xC3\xBC\xC2\xA0\xE2\x82\xAC \xF0\x9F\x98\x80 \xE2\x80\x93";
    CHECK(for_people(ordinary) == ordinary);
    CHECK(for_people("\xFF\xC2").size() == 2);
    CHECK(for_people("").empty());
  }

  TEST_CASE("No character that steers a terminal is left, and every other one is") {
    // Those that steer are below; the others are looked at together, which is faster.
    constexpr std::uint32_t one_by_one = 0x3000;
    for (std::uint32_t character = 0; character < one_by_one; ++character) {
      const std::string bytes = in_utf8(character);
      const bool is_kept = !is_steering(character);
      const bool is_line = character == '\n' || character == '\t';
      const std::string text = "a" + bytes + "b";
      CAPTURE(character);
      REQUIRE(for_people(text) == (is_kept ? text : "a b"));
      REQUIRE(lines_for_people(text) == (is_kept || is_line ? text : "a b"));
      REQUIRE((xml_for_people(text) == text) == (is_kept || is_line));
    }
    std::string others;
    for (std::uint32_t character = one_by_one; character < 0x110000; ++character)
      if (character < 0xD800 || character > 0xDFFF) others += in_utf8(character);
    CHECK((for_people(others) == others));
  }

  TEST_CASE("Text of several lines for people keeps its lines and tabs") {
    CHECK(lines_for_people("a\n\tb\r\nc\x1B[m") == "a\n\tb \nc [m");
  }

  TEST_CASE("XML for people has references in the place of what steers a terminal") {
    CHECK(xml_for_people("<a b=\"\xE2\x80\xAE\">\n\t\xC2\x9B[2J\x7F\xC3\xBC</a>") ==
          "<a b=\"&#8238;\">\n\t&#155;[2J&#127;\xC3\xBC</a>");
    CHECK(xml_for_people("").empty());
  }

  TEST_CASE("A moment is written in UTC, to the millisecond") {
    using std::chrono::system_clock;
    const auto moment = system_clock::from_time_t(1000000000);
    CHECK(utc_text(moment) == "2001-09-09T01:46:40.000Z");
    CHECK(utc_text(moment + std::chrono::microseconds(7999)) == "2001-09-09T01:46:40.007Z");
    CHECK(utc_text(system_clock::time_point()) == "1970-01-01T00:00:00.000Z");
  }

  TEST_CASE("Only ASCII digits and letters count as digits and letters") {
    CHECK((is_digit('0') && is_digit('9') && is_letter('a') && is_letter('Z')));
    CHECK_FALSE((is_digit('a') || is_letter('0') || is_letter('@') || is_letter('\xE4')));
  }
}

}  // namespace wsman::testing
