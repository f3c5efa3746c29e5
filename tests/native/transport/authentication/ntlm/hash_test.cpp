#include "transport/authentication/ntlm/hash.h"

#include <doctest/doctest.h>

#include <string>

#include "fakes/bytes.h"
#include "transport/authentication/ntlm/rc4.h"

namespace wsman::testing {
namespace {

std::string key_stream(const std::string& key, size_t skipped, size_t size) {
  std::string zeros(skipped + size, '\0');
  ntlm::Rc4(key).apply(zeros.data(), zeros.size());
  return zeros.substr(skipped);
}

}  // namespace

// RFC 1320 A.5.
TEST_SUITE("MD4") {
  TEST_CASE("MD4 hashes messages of each length around a block") {
    CHECK(ntlm::md4("").view() == bytes("31D6CFE0D16AE931B73C59D7E0C089C0"));
    CHECK(ntlm::md4("a").view() == bytes("BDE52CB31DE33E46245E05FBDBD6FB24"));
    CHECK(ntlm::md4("abc").view() == bytes("A448017AAF21D8525FC10AE87AA6729D"));
    CHECK(ntlm::md4("message digest").view() == bytes("D9130A8164549FE818874806E1C7014B"));
    CHECK(ntlm::md4("abcdefghijklmnopqrstuvwxyz").view() ==
          bytes("D79E1C308AA5BBCDEEA8ED63DF412DA9"));
    const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    CHECK(ntlm::md4(letters).view() == bytes("043F8582F241DB351CE627E153E7F0E4"));
    std::string digits;
    for (int i = 0; i < 8; ++i) digits += "1234567890";
    CHECK(ntlm::md4(digits).view() == bytes("E33B4DDC9C38F2199C3E7B164FCC0536"));
  }
}

// RFC 2202 2 and RFC 1321 A.5.
TEST_SUITE("MD5 in pieces") {
  TEST_CASE("A message is hashed alike however it is cut") {
    const std::string abc = bytes("900150983CD24FB0D6963F7D28E17F72");
    CHECK(ntlm::md5({"abc"}).view() == abc);
    CHECK(ntlm::md5({"a", "", "bc"}).view() == abc);
    CHECK(ntlm::md5({}).view() == bytes("D41D8CD98F00B204E9800998ECF8427E"));
  }

  TEST_CASE("HMAC-MD5 takes keys of up to a block") {
    CHECK(ntlm::hmac_md5("Jefe", {"what do ya want ", "for nothing?"}).view() ==
          bytes("750C783E6AB0B503EAA86E310A5DB738"));
    CHECK(ntlm::hmac_md5(std::string(16, '\x0B'), {"Hi There"}).view() ==
          bytes("9294727A3638BB1C13F48EF8158BFC9D"));
    CHECK(ntlm::hmac_md5(std::string(16, '\xAA'), {std::string(50, '\xDD')}).view() ==
          bytes("56BE34521D144C88DBB8C733F0E8B3F6"));
  }
}

// RFC 6229 2.
TEST_SUITE("RC4") {
  TEST_CASE("The key stream is that of the key, from its first byte on") {
    const std::string short_key = bytes("0102030405");
    CHECK(key_stream(short_key, 0, 16) == bytes("B2396305F03DC027CCC3524A0A1118A8"));
    CHECK(key_stream(short_key, 4096, 16) == bytes("FF25B58995996707E51FBDF08B34D875"));
    const std::string long_key = bytes("0102030405060708090A0B0C0D0E0F10");
    CHECK(key_stream(long_key, 0, 16) == bytes("9AC7CC9A609D1EF7B2932899CDE41B97"));
    CHECK(key_stream(long_key, 4096, 16) == bytes("A36A4C301AE8AC13610CCBC12256CACC"));
  }

  TEST_CASE("The key stream goes on from one message to the next") {
    ntlm::Rc4 cipher("key");
    std::string first(5, '\0');
    std::string second(11, '\0');
    cipher.apply(first.data(), first.size());
    cipher.apply(second.data(), second.size());
    CHECK(first + second == key_stream("key", 0, 16));
  }
}

}  // namespace wsman::testing
