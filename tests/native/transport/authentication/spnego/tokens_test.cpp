#include "transport/authentication/spnego/tokens.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/bytes.h"

namespace wsman::testing {
namespace {

// CHALLENGE in NegTokenResp, and the last answer with its MIC, as servers send them.
const std::string kNtlm = bytes("06 0A 2B 06 01 04 01 82 37 02 02 0A");
const std::string kGoOn =
    bytes("A1 1D 30 1B A0 03 0A 01 01 A1 0C") + kNtlm + bytes("A2 06 04 04") + "NTLM";
const std::string kDone = bytes("A1 1B 30 19 A0 03 0A 01 00 A3 12 04 10") + std::string(16, 'm');

std::string response_of(const std::string& content) {
  return bytes("A1") + static_cast<char>(content.size() + 2) + bytes("30") +
         static_cast<char>(content.size()) + content;
}

}  // namespace

// The bytes are put together by hand from RFC 4178 4.2.
TEST_SUITE("SPNEGO tokens of the client") {
  TEST_CASE("The first token offers NTLM alone, with its first message") {
    CHECK(spnego::offered_mechanisms() == bytes("30 0C") + kNtlm);
    CHECK(spnego::write_init("NTLM") == bytes("60 24 06 06 2B 06 01 05 05 02 A0 1A 30 18 A0 0E "
                                              "30 0C") +
                                            kNtlm + bytes("A2 06 04 04") + "NTLM");
  }

  TEST_CASE("The second token has the message and the MIC of the mechanisms") {
    CHECK(spnego::write_response("NTLM", "mic").view() ==
          bytes("A1 11 30 0F A2 06 04 04") + "NTLM" + bytes("A3 05 04 03") + "mic");
  }

  TEST_CASE("A long token has lengths of several bytes") {
    const std::string large(300, 'x');
    CHECK(spnego::write_response(large, "mic").view() ==
          bytes("A1 82 01 3F 30 82 01 3B A2 82 01 30 04 82 01 2C") + large + bytes("A3 05 04 03") +
              "mic");
    const std::string middle(130, 'x');
    CHECK(spnego::write_response(middle, "mic").view() ==
          bytes("A1 81 92 30 81 8F A2 81 85 04 81 82") + middle + bytes("A3 05 04 03") + "mic");
  }
}

TEST_SUITE("SPNEGO tokens of the server") {
  TEST_CASE("An answer is read with all its parts") {
    const auto next = spnego::read_response(kGoOn);
    REQUIRE(next);
    CHECK(next->state == spnego::State::incomplete);
    CHECK(next->is_ntlm == true);
    CHECK(next->token == "NTLM");
    CHECK(next->mechanism_list_mic.empty());

    const auto done = spnego::read_response(kDone);
    REQUIRE(done);
    CHECK(done->state == spnego::State::completed);
    CHECK_FALSE(done->is_ntlm);
    CHECK(done->token.empty());
    CHECK(done->mechanism_list_mic == std::string(16, 'm'));
  }

  TEST_CASE("An answer may leave out each part") {
    REQUIRE(spnego::read_response(response_of("")));
    CHECK_FALSE(spnego::read_response(response_of(""))->state);
    CHECK(spnego::read_response(response_of(bytes("A0 03 0A 01 02")))->state ==
          spnego::State::rejected);
    const auto kerberos =
        spnego::read_response(response_of(bytes("A1 0B 06 09 2A 86 48 86 F7 12 01 02 02")));
    REQUIRE(kerberos);
    CHECK(kerberos->is_ntlm == false);
  }

  TEST_CASE("A token that is not DER is refused") {
    CHECK_FALSE(spnego::read_response(""));
    CHECK_FALSE(spnego::read_response(kDone + "x"));
    CHECK_FALSE(spnego::read_response(bytes("A1 80 30 00 00 00")));     // Without an end.
    CHECK_FALSE(spnego::read_response(bytes("A1 81 02 30 00")));        // A length too long.
    CHECK_FALSE(spnego::read_response(bytes("A1 82 00 82 30 00")));     // A needless zero.
    CHECK_FALSE(spnego::read_response(bytes("A1 85 01 00 00 00 00")));  // Beyond every token.
    CHECK_FALSE(spnego::read_response(bytes("A1 84 FF FF FF FF 30 00")));
    CHECK_FALSE(spnego::read_response(bytes("A1 03 30 00 00")));
    CHECK_FALSE(spnego::read_response(bytes("A1 02 31 00")));
    CHECK_FALSE(spnego::read_response(bytes("60 02 30 00")));
  }

  TEST_CASE("A token with parts of another kind or in another order is refused") {
    CHECK_FALSE(spnego::read_response(response_of(bytes("A0 03 0A 01 04"))));
    CHECK_FALSE(spnego::read_response(response_of(bytes("A0 03 0A 01 FF"))));
    CHECK_FALSE(spnego::read_response(response_of(bytes("A0 04 0A 02 00 01"))));
    CHECK_FALSE(spnego::read_response(response_of(bytes("A0 03 02 01 00"))));
    CHECK_FALSE(spnego::read_response(response_of(bytes("A0 03 0A 01 00 A0 03 0A 01 00"))));
    CHECK_FALSE(spnego::read_response(response_of(bytes("A2 03 04 01 6E A0 03 0A 01 00"))));
    CHECK_FALSE(spnego::read_response(response_of(bytes("A2 05 04 01 6E 05 00"))));
    CHECK_FALSE(spnego::read_response(response_of(bytes("A4 03 04 01 6E"))));
  }

  TEST_CASE("A token that is truncated is refused, and one with a changed byte does no harm") {
    for (const std::string& whole : {kGoOn, kDone}) {
      REQUIRE(spnego::read_response(whole));
      for (size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(spnego::read_response(whole.substr(0, size)));
      }
      for (size_t at = 0; at < whole.size(); ++at) {
        for (int value = 0; value < 256; ++value) {
          std::string changed = whole;
          changed[at] = static_cast<char>(value);
          const auto answer = spnego::read_response(changed);
          if (answer) REQUIRE(answer->token.size() + answer->mechanism_list_mic.size() <= 16);
        }
      }
    }
  }
}

}  // namespace wsman::testing
