#include "transport/authentication/ntlm/proof.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/bytes.h"
#include "specs.h"
#include "transport/authentication/ntlm/rc4.h"

namespace wsman::testing {
namespace {

ntlm::Account account(std::string_view domain, std::string_view user, std::string_view password) {
  return {Secret(utf16(domain)), Secret(utf16(user)), Secret(utf16(password))};
}

std::string key_of(std::string_view domain, std::string_view user, std::string_view password) {
  return std::string(ntlm::response_key(account(domain, user, password)).view());
}

const std::string* find(const std::vector<ntlm::AvPair>& pairs, ntlm::AvId id) {
  for (const ntlm::AvPair& pair : pairs)
    if (pair.id == id) return &pair.value;
  return nullptr;
}

std::vector<ntlm::AvPair> answered(const std::string& info, const std::string& binding) {
  const auto challenge = ntlm::read_challenge(challenge_with(info));
  REQUIRE(challenge);
  const auto answer = ntlm::answered_target_info(*challenge, binding, utf16("HTTP/server01"));
  const auto again = ntlm::read_challenge(challenge_with(answer));
  REQUIRE(again);
  return again->target_info;
}

}  // namespace

// The figures of [MS-NLMP 4.2.4].
TEST_SUITE("NTLMv2 proof") {
  TEST_CASE("The key is made of user, domain and password") {
    CHECK(key_of("Domain", "User", "Password") == bytes("0C868A403BFD7A93A3001EF22EF02E3F"));
    CHECK(key_of("Domain", "uSER", "Password") == bytes("0C868A403BFD7A93A3001EF22EF02E3F"));
    CHECK(key_of("DOMAIN", "User", "Password") != key_of("Domain", "User", "Password"));
    CHECK(key_of("Domain", "User", "password") != key_of("Domain", "User", "Password"));
  }

  TEST_CASE("The response and its session key are those of the specification") {
    const auto key = ntlm::response_key(account("Domain", "User", "Password"));
    const ntlm::Choice choice{std::string(8, '\0'), std::string(8, '\xAA'), kExampleInfo};
    const auto response = ntlm::respond(key, bytes("0123456789ABCDEF"), choice);
    CHECK(response.nt_response.view() ==
          bytes("68CD0AB851E51C96AABC927BEBEF6A1C 0101000000000000 0000000000000000"
                "AAAAAAAAAAAAAAAA 00000000") +
              kExampleInfo + std::string(4, '\0'));
    CHECK(response.session_base_key.view() == bytes("8DE40CCADBC14A82F15CB0AD0DE95CA3"));
    std::string random(16, '\x55');
    ntlm::Rc4(response.session_base_key.view()).apply(random.data(), random.size());
    CHECK(random == bytes("C5DAD2544FC9799094CE1CE90BC9D03E"));
  }

  TEST_CASE("The answered target information is the server's, with what the client states") {
    const auto pairs = answered(kExampleInfo, "");
    CHECK(*find(pairs, ntlm::AvId(2)) == utf16("Domain"));
    CHECK(*find(pairs, ntlm::AvId(1)) == utf16("Server"));
    CHECK(*find(pairs, ntlm::AvId::flags) == bytes("02000000"));
    CHECK(*find(pairs, ntlm::AvId::binding) == std::string(16, '\0'));
    CHECK(*find(pairs, ntlm::AvId::target_name) == utf16("HTTP/server01"));
    CHECK(pairs.size() == 5);
  }

  TEST_CASE("What the client states is not taken from the server, but for the other flags") {
    const auto pairs = answered(bytes("0600 0400 05000000 0900 0200 4100"
                                      "0A00 0400 01020304 0000 0000"),
                                "");
    CHECK(*find(pairs, ntlm::AvId::flags) == bytes("07000000"));
    CHECK(*find(pairs, ntlm::AvId::binding) == std::string(16, '\0'));
    CHECK(*find(pairs, ntlm::AvId::target_name) == utf16("HTTP/server01"));
    CHECK(pairs.size() == 3);
  }

  // The hash was computed apart, by the structure in [MS-NLMP 2.2.2.1].
  TEST_CASE("The channel binding is the MD5 of its structure") {
    const std::string binding = "tls-server-end-point:" + bytes(
                                                              "E3CA49271E5089CC48CE82109F1324F4"
                                                              "1DBEDDC29A777410C738F7868C4FF405");
    CHECK(*find(answered(kExampleInfo, binding), ntlm::AvId::binding) ==
          bytes("6EA19DF066DA4622051F9C4F92C6DF74"));
  }
}

}  // namespace wsman::testing
