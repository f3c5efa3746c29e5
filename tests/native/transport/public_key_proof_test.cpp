#include "transport/authentication/public_key_proof.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/octets.h"

namespace wsman::testing {
namespace {

const std::string kKey = octets("30 03 02 01 05");

std::string nonce() {
  std::string counted;
  for (int i = 0; i < 32; ++i) counted.push_back(static_cast<char>(i));
  return counted;
}

}  // namespace

TEST_SUITE("public key proof") {
  // Computed with Python's hashlib from the texts in MS-CSSP 3.1.5, the nonce 00 to 1F and the key.
  TEST_CASE("is a hash with the nonce from version 5 on, another one in each direction") {
    for (const int version : {5, 6}) {
      const PublicKeyClaim claim{version, nonce(), kKey};
      CHECK(client_key_proof(claim) == octets("C848967E38C1BF2057EBFE758E5BF55F"
                                              "D370F2C069ED21550F615FF0BBF11C2D"));
      const std::string answer = octets(
          "790613CFE0C67924041DBCAEAC5CA657"
          "37421AFAD7AF88CB39B3844920BE5790");
      CHECK(is_server_key_proof(claim, answer));
      CHECK_FALSE(is_server_key_proof(claim, client_key_proof(claim)));
      for (size_t at = 0; at < answer.size(); ++at) {
        std::string changed = answer;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        CHECK_FALSE(is_server_key_proof(claim, changed));
      }
    }
  }

  TEST_CASE("is the key before, and comes back with its first octet one higher") {
    for (const int version : {2, 3, 4}) {
      const PublicKeyClaim claim{version, "", kKey};
      CHECK(client_key_proof(claim) == kKey);
      CHECK(is_server_key_proof(claim, octets("31 03 02 01 05")));
      CHECK_FALSE(is_server_key_proof(claim, kKey));
    }
    CHECK(is_server_key_proof({2, "", octets("FF 01")}, octets("00 01")));
  }

  TEST_CASE("is not what is shorter, longer or empty") {
    const PublicKeyClaim claim{2, "", kKey};
    CHECK_FALSE(is_server_key_proof(claim, octets("31 03 02 01")));
    CHECK_FALSE(is_server_key_proof(claim, octets("31 03 02 01 05 00")));
    CHECK_FALSE(is_server_key_proof(claim, ""));
    CHECK_FALSE(is_server_key_proof({2, "", ""}, ""));
  }
}

}  // namespace wsman::testing
