#include "transport/authentication/ntlm/messages.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/bytes.h"
#include "specs.h"

namespace wsman::testing {
namespace {

std::string with(std::string message, size_t at, const std::string& changed) {
  return message.replace(at, changed.size(), changed);
}

// One pair of that kind and size.
std::string pair_of(unsigned id, size_t size) {
  return ntlm::little_endian(id, 2) + ntlm::little_endian(size, 2) + std::string(size, 'x');
}

const std::string kEnd(4, '\0');
constexpr size_t kNameFields = 12;
constexpr size_t kFlags = 20;
constexpr size_t kInfoFields = 40;

}  // namespace

TEST_SUITE("NTLM messages of the client") {
  TEST_CASE("NEGOTIATE has the flags, no names and a version") {
    CHECK(ntlm::write_negotiate(0xE2088233) ==
          bytes("4E544C4D53535000 01000000 338208E2 0000000000000000 0000000000000000"
                "0601B11D0000000F"));
  }

  TEST_CASE("AUTHENTICATE has its fields behind the integrity code, one after the other") {
    ntlm::Authenticate message;
    message.flags = 0xE2088233;
    message.domain = "dd";
    message.user = "uuuu";
    message.workstation = "ww";
    message.nt_response = "nnnnn";
    message.session_key = "k";
    const std::string head = bytes(
        "4E544C4D53535000 03000000 1800180058000000 0500050070000000 0200020075000000"
        "0400040077000000 020002007B000000 010001007D000000 338208E2 0601B11D0000000F");
    const std::string payload = std::string(24, '\0') + "nnnnndduuuuwwk";
    CHECK(ntlm::write_authenticate(message)->view() == head + std::string(16, '\0') + payload);
    message.mic = "sixteen bytes ok";
    CHECK(ntlm::write_authenticate(message)->view() == head + "sixteen bytes ok" + payload);
  }

  TEST_CASE("A field that is too long for its length is not written") {
    const std::string longest(65535, 'u');
    const std::string longer(65536, 'u');
    ntlm::Authenticate message;
    message.user = longest;
    CHECK(ntlm::write_authenticate(message)->size() == 88 + 24 + longest.size());
    message.user = longer;
    CHECK_FALSE(ntlm::write_authenticate(message));
  }
}

TEST_SUITE("NTLM CHALLENGE of the server") {
  TEST_CASE("The example of the specification is read") {
    const auto challenge = ntlm::read_challenge(kExampleChallenge);
    REQUIRE(challenge);
    CHECK(challenge->flags == 0xE28A8233);
    CHECK(challenge->server_challenge == bytes("0123456789ABCDEF"));
    REQUIRE(challenge->target_info.size() == 2);
    CHECK(challenge->target_info[0].value == utf16("Domain"));
    CHECK(*challenge->info(ntlm::AvId(1)) == utf16("Server"));
    CHECK(challenge->info(ntlm::AvId::timestamp) == nullptr);
    CHECK(ntlm::write_target_info(challenge->target_info) == kExampleInfo);
  }

  TEST_CASE("A message that is truncated anywhere is refused") {
    for (size_t size = 0; size < kExampleChallenge.size(); ++size) {
      CAPTURE(size);
      CHECK_FALSE(ntlm::read_challenge(kExampleChallenge.substr(0, size)));
    }
  }

  TEST_CASE("A message of another kind is refused") {
    CHECK_FALSE(ntlm::read_challenge(with(kExampleChallenge, 0, "ntlmssp")));
    CHECK_FALSE(ntlm::read_challenge(with(kExampleChallenge, 8, bytes("01000000"))));
    CHECK_FALSE(ntlm::read_challenge(with(kExampleChallenge, 8, bytes("02000001"))));
  }

  TEST_CASE("A field that leaves the message, reaches into the header or overlaps is refused") {
    for (const size_t fields : {kNameFields, kInfoFields}) {
      for (const char* changed :
           {"FFFFFFFF38000000", "0C000C0037000000", "0C000C0000000000", "0C000C00FFFFFFFF",
            "0C000C0060000000", "0C000C00FCFFFFFF", "0C000C0080000080"}) {
        CAPTURE(fields);
        CAPTURE(changed);
        CHECK_FALSE(ntlm::read_challenge(with(kExampleChallenge, fields, bytes(changed))));
      }
    }
    CHECK_FALSE(
        ntlm::read_challenge(with(kExampleChallenge, kNameFields, bytes("0D000D0038000000"))));
    CHECK_FALSE(
        ntlm::read_challenge(with(kExampleChallenge, kNameFields, bytes("0400040050000000"))));
  }

  TEST_CASE("The offset of an empty field means nothing") {
    CHECK(ntlm::read_challenge(with(kExampleChallenge, kNameFields, bytes("00000000FFFFFFFF"))));
  }

  TEST_CASE("Without a version the payload begins where it would stand") {
    const std::string head = kExampleChallenge.substr(0, 48);
    std::string plain = with(head, kFlags, bytes("33828AE0"));
    plain = with(plain, kNameFields, bytes("0000000030000000"));
    plain = with(plain, kInfoFields, bytes("2400240030000000")) + kExampleInfo;
    REQUIRE(ntlm::read_challenge(plain));
    CHECK(ntlm::read_challenge(plain)->target_info.size() == 2);
  }

  TEST_CASE("Target information that has no end, or goes on behind it, is refused") {
    REQUIRE(ntlm::read_challenge(challenge_with(kEnd)));
    CHECK(ntlm::read_challenge(challenge_with(pair_of(2, 6) + kEnd)));
    CHECK_FALSE(ntlm::read_challenge(challenge_with("")));
    CHECK_FALSE(ntlm::read_challenge(challenge_with(pair_of(2, 6))));
    CHECK_FALSE(ntlm::read_challenge(challenge_with(kEnd + kEnd)));
    CHECK_FALSE(ntlm::read_challenge(challenge_with(kEnd + "x")));
    CHECK_FALSE(ntlm::read_challenge(challenge_with(bytes("0000 0100 00"))));
    CHECK_FALSE(ntlm::read_challenge(challenge_with(bytes("0200 FFFF 0000 0000"))));
  }

  TEST_CASE("Target information with a pair twice, or of a wrong size, is refused") {
    CHECK_FALSE(ntlm::read_challenge(challenge_with(pair_of(2, 6) + pair_of(2, 6) + kEnd)));
    CHECK(ntlm::read_challenge(challenge_with(pair_of(7, 8) + kEnd)));
    CHECK_FALSE(ntlm::read_challenge(challenge_with(pair_of(7, 7) + kEnd)));
    CHECK(ntlm::read_challenge(challenge_with(pair_of(6, 4) + kEnd)));
    CHECK_FALSE(ntlm::read_challenge(challenge_with(pair_of(6, 8) + kEnd)));
  }

  TEST_CASE("Target information of 64 KB is read as one pair, and refused as thousands") {
    const auto large = ntlm::read_challenge(challenge_with(pair_of(20, 65535 - 8) + kEnd));
    REQUIRE(large);
    CHECK(large->target_info.size() == 1);
    std::string many;
    for (unsigned id = 1; many.size() < 65000; ++id) many += pair_of(id + 100, 0);
    CHECK_FALSE(ntlm::read_challenge(challenge_with(many + kEnd)));
  }

  TEST_CASE("Without its flag the target information is not looked at") {
    const auto challenge =
        ntlm::read_challenge(challenge_with("no pairs", kGranted & ~ntlm::kTargetInfo));
    REQUIRE(challenge);
    CHECK(challenge->target_info.empty());
  }
}

}  // namespace wsman::testing
