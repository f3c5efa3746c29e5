#include "transport/authentication/base64.h"

#include <doctest/doctest.h>

#include <string>

namespace wsman::testing {
namespace {

std::string encoded(std::string_view plain) {
  Secret text;
  append_base64(text, plain);
  return std::string(text.view());
}

}  // namespace

TEST_SUITE("base64") {
  TEST_CASE("reads what it writes, of every length") {
    std::string plain;
    for (int i = 0; i < 300; ++i) {
      CAPTURE(i);
      CHECK(decode_base64(encoded(plain)) == plain);
      plain.push_back(static_cast<char>(i * 7));
    }
  }

  TEST_CASE("writes the examples of RFC 4648") {
    CHECK(encoded("").empty());
    CHECK(encoded("f") == "Zg==");
    CHECK(encoded("fo") == "Zm8=");
    CHECK(encoded("foobar") == "Zm9vYmFy");
  }

  TEST_CASE("refuses what is not whole or not base64") {
    for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zm9v====", "Zm 9", "Zm9v\n",
                             "Z-9v", "Zm=v", "Zm9v=", "\xC3\xBC=="}) {
      CAPTURE(text);
      CHECK_FALSE(decode_base64(text));
    }
    CHECK_FALSE(decode_base64(std::string("Zm\0v", 4)));
  }
}

}  // namespace wsman::testing
