#include "transport/authentication/credssp/ts_request.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/bytes.h"

namespace wsman::testing {
namespace {

// The fields of an answer, as a whole.
std::string answer_of(const std::string& content) {
  return std::string("\x30") + static_cast<char>(content.size()) + content;
}

const std::string kVersion6 = bytes("A0 03 02 01 06");

}  // namespace

// The bytes are put together by hand from the structures in MS-CSSP 2.2.1.
TEST_SUITE("TSRequest of the client") {
  TEST_CASE("A TSRequest has version 6 and a token") {
    credssp::TsRequest request;
    request.nego_token = "token";
    CHECK(credssp::write_ts_request(request).view() == bytes("30 14 A0 03 02 01 06"
                                                             "A1 0D 30 0B 30 09 A0 07 04 05"
                                                             "74 6F 6B 65 6E"));
  }

  TEST_CASE("A TSRequest has the public key proof, its nonce and the last token") {
    const std::string nonce(32, '\x4E');
    credssp::TsRequest request;
    request.nego_token = "t";
    request.public_key_auth = "key";
    request.client_nonce = nonce;
    CHECK(credssp::write_ts_request(request).view() == bytes("30 3B A0 03 02 01 06"
                                                             "A1 09 30 07 30 05 A0 03 04 01 74"
                                                             "A3 05 04 03 6B 65 79"
                                                             "A5 22 04 20") +
                                                           nonce);
  }

  TEST_CASE("A TSRequest with credentials has nothing else") {
    credssp::TsRequest request;
    request.auth_info = "info";
    CHECK(credssp::write_ts_request(request).view() == bytes("30 0D A0 03 02 01 06"
                                                             "A2 06 04 04 69 6E 66 6F"));
  }

  TEST_CASE("A long TSRequest has lengths of several bytes") {
    const std::string large(300, 'x');
    credssp::TsRequest request;
    request.auth_info = large;
    CHECK(credssp::write_ts_request(request).view() ==
          bytes("30 82 01 39 A0 03 02 01 06 A2 82 01 30 04 82 01 2C") + large);
  }
}

TEST_SUITE("TSRequest of the server") {
  TEST_CASE("A TSRequest is read with all its members") {
    const auto token =
        credssp::read_ts_response(bytes("30 14 A0 03 02 01 05 A1 0D 30 0B 30 09 A0 07 04 05"
                                        "74 6F 6B 65 6E"));
    REQUIRE(token);
    CHECK(token->version == 5);
    CHECK(token->nego_token == "token");
    CHECK(token->public_key_auth.empty());
    CHECK_FALSE(token->error_code);

    const auto proof =
        credssp::read_ts_response(answer_of(kVersion6 + bytes("A3 05 04 03 6B 65 79")));
    REQUIRE(proof);
    CHECK(proof->version == 6);
    CHECK(proof->public_key_auth == "key");
  }

  TEST_CASE("The status is read as a negative number and as a positive one") {
    const auto negative =
        credssp::read_ts_response(answer_of(kVersion6 + bytes("A4 06 02 04 C0 00 00 6D")));
    REQUIRE(negative);
    CHECK(negative->error_code == 0xC000006DU);
    const auto positive =
        credssp::read_ts_response(answer_of(kVersion6 + bytes("A4 07 02 05 00 C0 00 00 6D")));
    REQUIRE(positive);
    CHECK(positive->error_code == 0xC000006DU);
    CHECK_FALSE(
        credssp::read_ts_response(answer_of(kVersion6 + bytes("A4 07 02 05 01 C0 00 00 6D"))));
  }

  TEST_CASE("A TSRequest that is not DER is refused") {
    const std::string good = answer_of(kVersion6);
    REQUIRE(credssp::read_ts_response(good));
    CHECK_FALSE(credssp::read_ts_response(""));
    CHECK_FALSE(credssp::read_ts_response(good + '\0'));
    CHECK_FALSE(credssp::read_ts_response(bytes("30 81 05 A0 03 02 01 06")));  // A length too long.
    CHECK_FALSE(credssp::read_ts_response(bytes("30 80 A0 03 02 01 06 00 00")));  // Without an end.
    CHECK_FALSE(credssp::read_ts_response(bytes("30 06 A0 04 02 02 00 06")));  // A needless zero.
    CHECK_FALSE(credssp::read_ts_response(bytes("31 05 A0 03 02 01 06")));     // A SET.
    CHECK_FALSE(credssp::read_ts_response(bytes("30 00")));                    // No version.
    CHECK_FALSE(credssp::read_ts_response(bytes("30 03 02 01 06")));           // Not tagged.
  }

  TEST_CASE("A TSRequest with members of no known version is refused") {
    CHECK_FALSE(credssp::read_ts_response(answer_of(bytes("A0 03 02 01 00"))));
    CHECK_FALSE(credssp::read_ts_response(answer_of(bytes("A0 03 02 01 FF"))));
    CHECK_FALSE(credssp::read_ts_response(answer_of(bytes("A0 06 02 04 7F FF FF FF"))));
    CHECK_FALSE(credssp::read_ts_response(answer_of(kVersion6 + bytes("A6 03 02 01 01"))));
    CHECK_FALSE(credssp::read_ts_response(answer_of(bytes("A3 03 04 01 6B") + kVersion6)));
    const std::string one = bytes("30 05 A0 03 04 01 74");
    REQUIRE(credssp::read_ts_response(answer_of(kVersion6 + bytes("A1 09 30 07") + one)));
    CHECK_FALSE(credssp::read_ts_response(answer_of(kVersion6 + bytes("A1 10 30 0E") + one + one)));
  }

  TEST_CASE("A TSRequest that is truncated is refused, and one with a changed byte does no harm") {
    const std::string whole = answer_of(kVersion6 + bytes("A1 09 30 07 30 05 A0 03 04 01 74"
                                                          "A3 05 04 03 6B 65 79"
                                                          "A4 06 02 04 C0 00 00 6D"));
    REQUIRE(credssp::read_ts_response(whole));
    for (size_t size = 0; size < whole.size(); ++size) {
      CHECK_FALSE(credssp::read_ts_response(whole.substr(0, size)));
    }
    for (size_t at = 0; at < whole.size(); ++at) {
      for (int value = 0; value < 256; ++value) {
        std::string changed = whole;
        changed[at] = static_cast<char>(value);
        const auto answer = credssp::read_ts_response(changed);
        if (answer) REQUIRE(answer->nego_token.size() + answer->public_key_auth.size() <= 4);
      }
    }
  }
}

TEST_SUITE("TSCredentials") {
  TEST_CASE("Domain, user name and password are written in UTF-16") {
    const auto der = credssp::write_ts_credentials("D\\u", Secret("pw"));
    REQUIRE(der);
    CHECK(der->view() == bytes("30 1F A0 03 02 01 01 A1 18 04 16"
                               "30 14 A0 04 04 02 44 00"
                               "A1 04 04 02 75 00"
                               "A2 06 04 04 70 00 77 00"));
  }

  TEST_CASE("The domain is empty unless the name has the form DOMAIN\\user") {
    const auto der = credssp::write_ts_credentials("u@r", Secret("p"));
    REQUIRE(der);
    CHECK(der->view() == bytes("30 1F A0 03 02 01 01 A1 18 04 16"
                               "30 14 A0 02 04 00"
                               "A1 08 04 06 75 00 40 00 72 00"
                               "A2 04 04 02 70 00"));
  }

  TEST_CASE("Characters beyond the basic plane are written, and invalid UTF-8 is refused") {
    const auto der = credssp::write_ts_credentials("\xC3\xB6", Secret("\xF0\x9F\x94\x91"));
    REQUIRE(der);
    CHECK(der->view() == bytes("30 1D A0 03 02 01 01 A1 16 04 14"
                               "30 12 A0 02 04 00"
                               "A1 04 04 02 F6 00"
                               "A2 06 04 04 3D D8 11 DD"));
    CHECK_FALSE(credssp::write_ts_credentials("u", Secret("\xFF")));
    CHECK_FALSE(credssp::write_ts_credentials("u", Secret("\xC3")));
    CHECK_FALSE(credssp::write_ts_credentials("u", Secret("\xED\xA0\x80")));
    CHECK_FALSE(credssp::write_ts_credentials("\xC0\x80", Secret("p")));
  }
}

}  // namespace wsman::testing
