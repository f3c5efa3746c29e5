#include "transport/http/challenges.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace wsman::testing {
namespace {

using Lines = std::vector<std::string>;

// "Negotiate Basic": the schemes, and the tokens behind a slash.
std::string read(const Lines& lines) {
  std::string text;
  for (const http::Challenge& challenge : http::read_challenges(lines)) {
    text += (text.empty() ? "" : " ") + challenge.scheme;
    if (!challenge.token.empty()) text += "/" + challenge.token;
  }
  return text;
}

}  // namespace

TEST_SUITE("Challenges") {
  TEST_CASE("Challenges are read from several headers and from one") {
    CHECK(read({"Negotiate", "Basic realm=\"WSMAN\""}) == "Negotiate Basic");
    CHECK(read({"Negotiate, Basic realm=\"x\""}) == "Negotiate Basic");
    CHECK(read({"Basic realm=\"x\", Negotiate"}) == "Basic Negotiate");
    CHECK(read({"Negotiate,Kerberos,\tCredSSP"}) == "Negotiate Kerberos CredSSP");
    CHECK(read({"Basic realm=x, charset=\"UTF-8\", Digest realm=\"a\", qop=\"auth,auth-int\"",
                "Negotiate"}) == "Basic Digest Negotiate");
  }

  TEST_CASE("Commas, quotes and schemes inside quoted strings separate nothing") {
    CHECK(read({"Basic realm=\"a, Negotiate, b\", Kerberos"}) == "Basic Kerberos");
    CHECK(read({R"(Basic realm="a\", Negotiate", Kerberos)"}) == "Basic Kerberos");
    CHECK(read({R"(Basic realm="a\\", Negotiate)"}) == "Basic Negotiate");
    CHECK(read({"Basic realm=\"never closed, Negotiate"}) == "Basic");
  }

  TEST_CASE("A token after the scheme is read and not mistaken for a parameter") {
    CHECK(read({"Negotiate YIIabc+/=="}) == "Negotiate/YIIabc+/==");
    CHECK(read({"Negotiate oYG2, Basic realm=\"x\""}) == "Negotiate/oYG2 Basic");
    CHECK(read({"Basic realm=x"}) == "Basic");
    CHECK(read({"Basic realm = \"x\" , charset = \"UTF-8\""}) == "Basic");
  }

  TEST_CASE("Empty and invalid elements are skipped") {
    CHECK(read({}).empty());
    CHECK(read({"", " ", ",", " , ,"}).empty());
    CHECK(read({",, Negotiate ,,\tBasic realm=\"x\",,"}) == "Negotiate Basic");
    CHECK(read({"\xff\xfe, realm=\"x\", Bas/ic, \"quoted\", =, Negotiate"}) == "Negotiate");
  }

  TEST_CASE("The number of challenges and the length of a scheme are limited") {
    CHECK(http::read_challenges(Lines(1000, "Negotiate")).size() == 16);
    CHECK(read({std::string(65, 'a'), std::string(64, 'b')}) == std::string(64, 'b'));
  }
}

}  // namespace wsman::testing
