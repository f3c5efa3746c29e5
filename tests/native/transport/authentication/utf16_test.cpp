#include "transport/authentication/utf16.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/bytes.h"

namespace wsman::testing {
namespace {

std::string written(std::string_view utf8) {
  const auto text = authentication::to_utf16(utf8);
  return text ? std::string(text->view()) : "none";
}

std::string capitals(std::string_view utf8) {
  return std::string(authentication::upper_case_utf16(written(utf8)).view());
}

}  // namespace

TEST_SUITE("UTF-16 of names and passwords") {
  TEST_CASE("Letters of each length are written") {
    CHECK(written("").empty());
    CHECK(written("a\xC3\xB6\xE2\x82\xAC\xF0\x9F\x94\x91") == bytes("6100 F600 AC20 3DD8 11DD"));
    CHECK(written("\xF4\x8F\xBF\xBF\xEF\xBF\xBF") == bytes("FFDBFFDF FFFF"));
    CHECK(written(std::string(1, '\0')) == bytes("0000"));
  }

  TEST_CASE("A decomposed letter stays decomposed") {
    CHECK(written("o\xCC\x88") == bytes("6F00 0803"));
    CHECK(capitals("o\xCC\x88") == bytes("4F00 0803"));
  }

  TEST_CASE("Bytes that are not UTF-8 are refused") {
    CHECK(written("a\xC3") == "none");
    CHECK(written("\xC1\xBF") == "none");
  }

  // UnicodeData.txt, field 12.
  TEST_CASE("Capitals are those of single letters in every script") {
    CHECK(capitals("az09") == written("AZ09"));
    CHECK(capitals("j\xC3\xBCrgen") == written("J\xC3\x9CRGEN"));
    CHECK(capitals("\xC3\xBF\xC4\x81\xC5\xBE\xC6\x80") == bytes("7801 0001 7D01 4302"));
    CHECK(capitals("\xCE\xB1\xCF\x82\xCF\x8E\xCE\xAC") == bytes("9103 A303 8F03 8603"));
    CHECK(capitals("\xD0\xB6\xD1\x91\xD3\x8F") == bytes("1604 0104 C004"));
    CHECK(capitals("\xD5\xA1\xD6\x86") == bytes("3105 5605"));
    CHECK(capitals("\xE1\xBA\xA1\xE1\xBB\xBF\xE1\xBE\x80") == bytes("A01E FE1E 881F"));
    CHECK(capitals("\xEF\xBD\x81\xEF\xBD\x9A") == bytes("21FF 3AFF"));
  }

  TEST_CASE("A letter without a capital of its own, or beyond the basic plane, stays") {
    CHECK(capitals("\xC3\x9F\xC3\xB7\xC3\x97") == written("\xC3\x9F\xC3\xB7\xC3\x97"));
    CHECK(capitals("\xC4\xB1\xC5\xBF") == written("\xC4\xB1\xC5\xBF"));
    CHECK(capitals("\xE1\x83\x90") == written("\xE1\x83\x90"));
    CHECK(capitals("\xF0\x90\x90\xA8") == written("\xF0\x90\x90\xA8"));
    CHECK(capitals("AZ\xC3\x9C") == written("AZ\xC3\x9C"));
  }
}

}  // namespace wsman::testing
