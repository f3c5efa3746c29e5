#include "transport/authentication/credssp/public_key_proof.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/bytes.h"

namespace wsman::testing {
namespace {

const std::string kKey = bytes("30 03 02 01 05");

std::string nonce() {
  std::string counted;
  for (int i = 0; i < 32; ++i) counted.push_back(static_cast<char>(i));
  return counted;
}

}  // namespace

TEST_SUITE("Public key proof") {
  // Computed with Python's hashlib from the texts in MS-CSSP 3.1.5, the nonce 00 to 1F and the key.
  TEST_CASE("From version 5 on the proof is a hash with the nonce and the direction") {
    for (const int version : {5, 6}) {
      const credssp::PublicKeyClaim claim{version, nonce(), kKey};
      CHECK(credssp::client_key_proof(claim) == bytes("C848967E38C1BF2057EBFE758E5BF55F"
                                                      "D370F2C069ED21550F615FF0BBF11C2D"));
      const std::string answer = bytes(
          "790613CFE0C67924041DBCAEAC5CA657"
          "37421AFAD7AF88CB39B3844920BE5790");
      CHECK(credssp::is_server_key_proof(claim, answer));
      CHECK_FALSE(credssp::is_server_key_proof(claim, credssp::client_key_proof(claim)));
      for (size_t at = 0; at < answer.size(); ++at) {
        std::string changed = answer;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        CHECK_FALSE(credssp::is_server_key_proof(claim, changed));
      }
    }
  }

  TEST_CASE("Before version 5 the proof is the key, and the server adds one to its first byte") {
    for (const int version : {2, 3, 4}) {
      const credssp::PublicKeyClaim claim{version, "", kKey};
      CHECK(credssp::client_key_proof(claim) == kKey);
      CHECK(credssp::is_server_key_proof(claim, bytes("31 03 02 01 05")));
      CHECK_FALSE(credssp::is_server_key_proof(claim, kKey));
    }
    CHECK(credssp::is_server_key_proof({2, "", bytes("FF 01")}, bytes("00 01")));
  }

  TEST_CASE("A proof that is shorter, longer or empty is refused") {
    const credssp::PublicKeyClaim claim{2, "", kKey};
    CHECK_FALSE(credssp::is_server_key_proof(claim, bytes("31 03 02 01")));
    CHECK_FALSE(credssp::is_server_key_proof(claim, bytes("31 03 02 01 05 00")));
    CHECK_FALSE(credssp::is_server_key_proof(claim, ""));
    CHECK_FALSE(credssp::is_server_key_proof({2, "", ""}, ""));
  }
}

}  // namespace wsman::testing
