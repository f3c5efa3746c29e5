#include "transport/http/base64.h"

#include <doctest/doctest.h>

#include <string>

namespace wsman::testing {
namespace {

std::string encoded(std::string_view plain) {
  Secret text;
  http::append_base64(text, plain);
  return std::string(text.view());
}

}  // namespace

TEST_SUITE("Base64") {
  TEST_CASE("Encoded text of any length is decoded to the original") {
    std::string plain;
    for (int i = 0; i < 300; ++i) {
      CAPTURE(i);
      CHECK(http::decode_base64(encoded(plain)) == plain);
      plain.push_back(static_cast<char>(i * 7));
    }
  }

  TEST_CASE("The examples of RFC 4648 give the expected text") {
    CHECK(encoded("").empty());
    CHECK(encoded("f") == "Zg==");
    CHECK(encoded("fo") == "Zm8=");
    CHECK(encoded("foobar") == "Zm9vYmFy");
  }

  TEST_CASE("Text that is incomplete or not base64 is refused") {
    for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zm9v====", "Zm 9", "Zm9v\n",
                             "Z-9v", "Zm=v", "Zm9v=", "\xC3\xBC=="}) {
      CAPTURE(text);
      CHECK_FALSE(http::decode_base64(text));
    }
    CHECK_FALSE(http::decode_base64(std::string("Zm\0v", 4)));
  }

  TEST_CASE("Text whose unused bits are not zero is refused") {
    for (const char* text : {"Zh==", "Zv==", "Zm9vYh==", "Zm9=", "Zm/=", "Zm9vYmF="}) {
      CAPTURE(text);
      CHECK_FALSE(http::decode_base64(text));
    }
    CHECK(http::decode_base64("/w==") == "\xFF");
    CHECK(http::decode_base64("//8=") == "\xFF\xFF");
  }
}

}  // namespace wsman::testing
