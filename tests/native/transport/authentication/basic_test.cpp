#include <doctest/doctest.h>

#include <string>

#include "transport/authentication/mechanisms.h"

namespace wsman::testing {
namespace {

std::string line_for(const std::string& user_name, std::string_view password) {
  Secret head;
  authentication::make_basic({}, {true, user_name, Secret(password)}, {})
      ->begin("")
      ->append_authorization(head, {"POST", "/wsman"});
  return std::string(head.view());
}

std::string decoded(const std::string& line) {
  static const std::string alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string prefix = "Authorization: Basic ";
  std::string text;
  unsigned int bits = 0;
  int held = 0;
  for (size_t i = prefix.size(); i < line.size() && alphabet.find(line[i]) != std::string::npos;
       ++i) {
    bits = bits << 6 | static_cast<unsigned int>(alphabet.find(line[i]));
    held += 6;
    if (held < 8) continue;
    held -= 8;
    text += static_cast<char>(bits >> held & 0xFF);
  }
  return text;
}

}  // namespace

TEST_SUITE("Basic") {
  TEST_CASE("The example of RFC 7617 gives the expected header") {
    CHECK(line_for("Aladdin", "open sesame") ==
          "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n");
  }

  TEST_CASE("A password outside ASCII is encoded as UTF-8, as in RFC 7617") {
    CHECK(line_for("test", "123\xC2\xA3") == "Authorization: Basic dGVzdDoxMjPCow==\r\n");
  }

  TEST_CASE("A password can be empty and can hold colons and any bytes") {
    CHECK(decoded(line_for("user", "")) == "user:");
    CHECK(decoded(line_for("user", "a:b")) == "user:a:b");
    CHECK(decoded(line_for("user", {"\0\xFF", 2})) == std::string("user:\0\xFF", 7));
  }

  TEST_CASE("A credential of any length stays on one line") {
    for (size_t length = 0; length < 200; ++length) {
      CAPTURE(length);
      const std::string password(length, 'p');
      const std::string line = line_for("user", password);
      CHECK(decoded(line) == "user:" + password);
      CHECK(line.find('\n') == line.size() - 1);
    }
  }

  TEST_CASE("A line break in the user name cannot add a header") {
    const std::string line = line_for("a\r\nEvil: yes", "b");

    CHECK(line.find("Evil") == std::string::npos);
    CHECK(line.find("\r\n") == line.size() - 2);
  }

  TEST_CASE("Every request gets the same header") {
    const auto basic = authentication::make_basic({}, {true, "user", Secret("word")}, {});
    Secret first;
    Secret second;

    basic->begin("")->append_authorization(first, {"POST", "/wsman"});
    basic->begin("")->append_authorization(second, {"POST", "/wsman"});

    CHECK(first.view() == second.view());
  }

  TEST_CASE("A wiped credential gives no header, even if wiped twice") {
    const auto basic = authentication::make_basic({}, {true, "user", Secret("word")}, {});
    Secret head;

    basic->wipe();
    basic->wipe();
    basic->begin("")->append_authorization(head, {"POST", "/wsman"});

    CHECK(head.empty());
  }
}

}  // namespace wsman::testing
