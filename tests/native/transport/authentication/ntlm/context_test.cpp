#include "transport/authentication/ntlm/context.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "far_end.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

const ntlm::Login kNtlmLogin{"Domain", "User", "Password"};

ntlm::Target ntlm_server(const std::string& channel_binding = {}) {
  return {"HTTP/server01", channel_binding, "server01 (port 5985)"};
}

std::string token_of(ntlm::Context& context) {
  std::string token(context.token().view());
  context.token_was_sent();
  return token;
}

// A client that has made its first token, and the server that took it.
struct AskedNtlm {
  explicit AskedNtlm(std::string its_challenge = challenge_at(0),
                     ntlm::Login its_login = kNtlmLogin, ntlm::Target target = ntlm_server())
      : client(std::move(target)),
        challenge(std::move(its_challenge)),
        login(its_login),
        far(challenge) {
    REQUIRE(client.step("", login).ok());
    far.take_first(token_of(client));
  }

  Status answer(const std::string& token) { return client.step(token, login); }

  // Whether the server is satisfied with the second token, in SPNEGO.
  bool is_accepted() {
    const auto response = spnego::read_response(token_of(client));
    return response && far.accepts(response->token, login.domain, login.user, login.password) &&
           far.incoming->verify(spnego::offered_mechanisms(), response->mechanism_list_mic).ok();
  }

  ntlm::Context client;
  std::string challenge;
  ntlm::Login login;
  FarEnd far;
};

// The same with the second token made and accepted.
struct ProvedNtlm : AskedNtlm {
  ProvedNtlm() {
    REQUIRE(answer(spnego_answer(1, challenge)).ok());
    REQUIRE(is_accepted());
    far.incoming->restart_cipher();
  }
};

std::string words_of(const Status& status) {
  return status.ok() ? "" : status.error().message + " " + advice_of(status.error());
}

void check_sealing(ntlm::Context& client, FarEnd& far) {
  for (const std::string& text : {std::string("one"), std::string(5000, 'x')}) {
    Result<http::Sealed> sealed = client.seal(text);
    REQUIRE(sealed.ok());
    REQUIRE(far.incoming->open(sealed.value().cipher, sealed.value().signature).ok());
    CHECK(sealed.value().cipher == text);
    const http::Sealed answer = *far.outgoing->seal("to " + text);
    const Result<std::string> opened =
        client.unseal(answer.signature + answer.cipher, answer.signature.size());
    REQUIRE(opened.ok());
    CHECK(opened.value() == "to " + text);
  }
}

}  // namespace

TEST_SUITE("NTLM context") {
  TEST_CASE("A user is proved in SPNEGO, and messages are sealed") {
    AskedNtlm asked;
    REQUIRE(asked.answer(spnego_answer(1, asked.challenge)).ok());
    CHECK_FALSE(asked.client.is_established());
    CHECK(asked.client.can_wrap());
    REQUIRE(asked.is_accepted());
    asked.far.incoming->restart_cipher();
    REQUIRE(asked.answer(asked.far.end()).ok());
    CHECK(asked.client.is_established());
    CHECK(asked.client.token().empty());
    check_sealing(asked.client, asked.far);
  }

  TEST_CASE("A server that answers without SPNEGO is answered so") {
    AskedNtlm asked;
    REQUIRE(asked.answer(asked.challenge).ok());
    CHECK(asked.client.is_established());
    REQUIRE(asked.far.accepts(token_of(asked.client), "Domain", "User", "Password"));
    check_sealing(asked.client, asked.far);
  }

  TEST_CASE("Messages are wrapped in one piece from the second token on") {
    ProvedNtlm proved;
    const Result<std::string> wrapped = proved.client.wrap("key");
    REQUIRE(wrapped.ok());
    std::string cipher = wrapped.value().substr(16);
    REQUIRE(proved.far.incoming->open(cipher, wrapped.value().substr(0, 16)).ok());
    CHECK(cipher == "key");
    REQUIRE(proved.answer(proved.far.end()).ok());
    const http::Sealed answer = *proved.far.outgoing->seal("proof");
    const Result<std::string> opened = proved.client.unwrap(answer.signature + answer.cipher);
    REQUIRE(opened.ok());
    CHECK(opened.value() == "proof");
    CHECK_FALSE(proved.client.unwrap(answer.signature.substr(0, 5)).ok());
  }

  TEST_CASE("The answer has the server's time, the binding, the service and no weaker response") {
    AskedNtlm asked(challenge_at(0), kNtlmLogin, ntlm_server("tls-server-end-point:hash"));
    REQUIRE(asked.answer(asked.challenge).ok());
    REQUIRE(asked.far.accepts(token_of(asked.client), "Domain", "User", "Password"));
    const auto sent = ntlm::read_challenge(asked.challenge);
    CHECK(asked.far.time() == *sent->info(ntlm::AvId::timestamp));
    CHECK(asked.far.field(12) == std::string(24, '\0'));
    CHECK(contains(asked.far.target_info(), utf16("HTTP/server01")));
    CHECK(contains(asked.far.target_info(), bytes("0600 0400 02000000")));
    const std::string structure =
        std::string(16, '\0') + bytes("19000000") + "tls-server-end-point:hash";
    CHECK(contains(asked.far.target_info(), std::string(ntlm::md5({structure}).view())));
  }

  TEST_CASE("A server that gives no time gets that of this computer") {
    AskedNtlm asked(challenge_with(kExampleInfo));
    REQUIRE(asked.answer(asked.challenge).ok());
    REQUIRE(asked.far.accepts(token_of(asked.client), "Domain", "User", "Password"));
    // As numbers, which begin with their smallest byte.
    const auto reversed = [](const std::string& time) {
      return std::string(time.rbegin(), time.rend());
    };
    CHECK(reversed(filetime(-1)) < reversed(asked.far.time()));
    CHECK(reversed(asked.far.time()) < reversed(filetime(1)));
  }

  TEST_CASE("Names and passwords of each length and of every script are proved") {
    const std::string key = "\xF0\x9F\x94\x91";
    const std::string decomposed = "Ju\xCC\x88rgen";
    std::vector<std::string> texts{"a",        std::string(127, 'b'), std::string(1000, 'c'), key,
                                   decomposed, "J\xC3\xBCrgen",       "user@example.com"};
    for (const std::string& text : texts) {
      CAPTURE(text);
      for (const ntlm::Login& login :
           {ntlm::Login{"", text, "Password"}, ntlm::Login{"Domain", "User", text},
            ntlm::Login{text, "User", text}}) {
        AskedNtlm asked(challenge_at(0), login);
        REQUIRE(asked.answer(spnego_answer(1, asked.challenge)).ok());
        CHECK(asked.is_accepted());
      }
    }
  }

  TEST_CASE("A name that no message can carry is told, and one that is not UTF-8") {
    const std::string longest(40000, 'u');
    AskedNtlm asked(challenge_at(0), {"", longest, "Password"});
    CHECK(contains(words_of(asked.answer(asked.challenge)), "too long"));
    for (const ntlm::Login& login :
         {ntlm::Login{"\xFF", "User", "Password"}, ntlm::Login{"", "\xC3", "Password"},
          ntlm::Login{"", "User", "\xED\xA0\x80"}}) {
      AskedNtlm other(challenge_at(0), login);
      CHECK(contains(words_of(other.answer(other.challenge)), "not UTF-8"));
    }
  }
}

TEST_SUITE("NTLM server that refuses or errs") {
  TEST_CASE("A server that does not take NTLM is told from one that refuses the user") {
    for (const std::string& answer :
         {spnego_answer(2), element(0xA1, element(0x30, bytes("A1 0B 06 09 2A 86 48 86 F7 12 01 02"
                                                              "02")))}) {
      AskedNtlm asked;
      REQUIRE(asked.answer(answer).ok());
      CHECK(asked.client.token().empty());
      CHECK_FALSE(asked.client.is_established());
      CHECK(asked.client.refusal().of_mechanism);
      CHECK(asked.client.refusal().mechanism == "NTLM");
    }
    ProvedNtlm proved;
    REQUIRE(proved.answer(spnego_answer(2)).ok());
    CHECK_FALSE(proved.client.is_established());
    CHECK_FALSE(proved.client.refusal().of_mechanism);
  }

  TEST_CASE("A server that grants less than is needed gets nothing, and hears what it lacks") {
    for (const auto& [flag, words] : std::vector<std::pair<std::uint32_t, const char*>>{
             {ntlm::kUnicode, "Unicode"},
             {ntlm::kNtlm, "NTLM itself"},
             {ntlm::kExtendedSecurity, "extended session security"},
             {ntlm::kTargetInfo, "NTLMv2"},
             {ntlm::k128, "128 bits"},
             {ntlm::kKeyExchange, "key exchange"},
             {ntlm::kSign, "signatures"},
             {ntlm::kSeal, "encryption"}}) {
      AskedNtlm asked(challenge_at(0, kGranted & ~flag));
      const Status answered = asked.answer(spnego_answer(1, asked.challenge));
      CAPTURE(words_of(answered));
      REQUIRE_FALSE(answered.ok());
      CHECK(contains(words_of(answered), words));
      CHECK(contains(words_of(answered), "nothing weaker"));
      CHECK(asked.client.token().empty());
    }
    AskedNtlm asked(challenge_at(0, 0));
    CHECK(contains(words_of(asked.answer(asked.challenge)), "a key exchange, signatures"));
  }

  TEST_CASE("What is neither SPNEGO nor NTLM, or a malformed challenge, ends it") {
    const std::string challenge = challenge_at(0);
    for (const std::string& answer :
         {std::string("garbage"), spnego_answer(1), spnego_answer(0), spnego_answer(1, "garbage"),
          spnego_answer(1, challenge) + "x", challenge.substr(0, challenge.size() - 1),
          spnego_answer(1, challenge.substr(0, 40)), bytes("4E544C4D53535000")}) {
      AskedNtlm asked;
      const Status answered = asked.answer(answer);
      CHECK_FALSE(answered.ok());
      CHECK(asked.client.token().empty());
      CHECK_FALSE(asked.client.can_wrap());
    }
  }

  TEST_CASE("A challenge in the place of the end says that the connections are mixed") {
    for (const bool in_spnego : {true, false}) {
      ProvedNtlm proved;
      const std::string again = in_spnego ? spnego_answer(1, proved.challenge) : proved.challenge;
      CHECK(contains(words_of(proved.answer(again)), "LookForBalancer"));
      CHECK_FALSE(proved.client.is_established());
    }
    AskedNtlm bare;
    REQUIRE(bare.answer(bare.challenge).ok());
    CHECK(contains(words_of(bare.answer(bare.challenge)), "LookForBalancer"));
  }

  TEST_CASE("An end that is not signed, wrongly signed or none is refused") {
    ProvedNtlm signer;
    const std::string good = *signer.far.outgoing->sign(spnego::offered_mechanisms());
    for (const std::string& answer :
         {spnego_answer(0), spnego_answer(0, {}, good), spnego_answer(1), spnego_answer(3),
          spnego_answer(0, "more"), std::string("garbage"), std::string("\xA1\x02\x30\x00", 4)}) {
      ProvedNtlm proved;  // With a key of its own.
      CHECK_FALSE(proved.answer(answer).ok());
      CHECK_FALSE(proved.client.is_established());
    }
    ProvedNtlm cut;
    std::string end = cut.far.end();
    end.back() = static_cast<char>(end.back() ^ 1);
    CHECK_FALSE(cut.answer(end).ok());
  }

  TEST_CASE("What comes after the end is refused") {
    ProvedNtlm proved;
    REQUIRE(proved.answer(proved.far.end()).ok());
    CHECK(contains(words_of(proved.answer(proved.far.end())), "after its end"));
    AskedNtlm bare;
    REQUIRE(bare.answer(bare.challenge).ok());
    CHECK(contains(words_of(bare.answer(spnego_answer(0))), "after its end"));
  }

  TEST_CASE("A clock that is far away is told with a refusal") {
    for (const auto& [minutes, words] :
         std::vector<std::pair<int, const char*>>{{0, ""},
                                                  {4, ""},
                                                  {-4, ""},
                                                  {31, "30 minutes ahead of"},
                                                  {-31, "31 minutes behind"},
                                                  {60 * 5 + 1, "5 hours ahead of"},
                                                  {-60 * 24 * 400, "400 days behind"}}) {
      const int from_now = minutes;
      CAPTURE(from_now);
      AskedNtlm asked(challenge_at(minutes));
      REQUIRE(asked.answer(spnego_answer(1, asked.challenge)).ok());
      const std::string further = asked.client.refusal().further;
      CAPTURE(further);
      CHECK(further.empty() == std::string(words).empty());
      CHECK(contains(further, words));
    }
    AskedNtlm wild(challenge_with(bytes("0700 0800 FFFFFFFFFFFFFFFF 0000 0000")));
    REQUIRE(wild.answer(wild.challenge).ok());
    CHECK(contains(wild.client.refusal().further, "days ahead of"));
  }
}

}  // namespace wsman::testing
