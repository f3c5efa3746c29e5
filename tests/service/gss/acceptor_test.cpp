#include "gss/acceptor.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "gss/initiator.h"
#include "gss/kerberos_frame.h"

namespace wsman::endpoint {
namespace {

using Mechanism = Initiator::Mechanism;
using Outcome = Acceptor::Outcome;

struct Pair {
  explicit Pair(Mechanism mechanism, const GssOptions& options = {},
                const std::string& host = "localhost", std::string bound_to = "",
                const std::string& binding = "", std::int32_t enctype = 0)
      : initiator(mechanism, host, std::move(bound_to)),
        acceptor(options, mechanism == Mechanism::kerberos) {
    if (enctype != 0) initiator.allow_only(enctype);
    outcome = Outcome::go_on;
    std::string answer;
    while (outcome == Outcome::go_on) {
      const std::string token = initiator.step(answer);
      answer.clear();
      outcome = acceptor.step(token, binding, answer);
      ++legs;
    }
    if (outcome == Outcome::established && !answer.empty()) initiator.step(answer);
  }

  Initiator initiator;
  Acceptor acceptor;
  Outcome outcome;
  int legs = 0;
};

}  // namespace

TEST_SUITE("acceptor") {
  TEST_CASE("knows a client of Kerberos after one leg") {
    Pair pair(Mechanism::kerberos);

    REQUIRE(pair.outcome == Outcome::established);
    CHECK(pair.legs == 1);
    CHECK(pair.initiator.is_established());
    CHECK_FALSE(pair.acceptor.is_ntlm());
    CHECK(pair.acceptor.client() == "tester@WSMAN.TEST");
  }

  TEST_CASE("prefers Kerberos within Negotiate") {
    Pair pair(Mechanism::spnego);

    REQUIRE(pair.outcome == Outcome::established);
    CHECK_FALSE(pair.acceptor.is_ntlm());
  }

  TEST_CASE("falls to NTLM within Negotiate for a name that the realm does not know") {
    Pair pair(Mechanism::spnego, {}, "stranger.wsman.test");

    REQUIRE(pair.outcome == Outcome::established);
    CHECK(pair.acceptor.is_ntlm());
    CHECK(pair.initiator.is_established());
    CHECK(pair.acceptor.client() == "WSMAN\\tester");
    const auto sealed = pair.acceptor.seal("text");
    REQUIRE(sealed);
    CHECK(pair.initiator.unseal(*sealed) == "text");
  }

  TEST_CASE("knows a client of NTLM without SPNEGO") {
    Pair pair(Mechanism::ntlm);

    REQUIRE(pair.outcome == Outcome::established);
    CHECK(pair.legs == 2);
    CHECK(pair.acceptor.is_ntlm());
    CHECK(pair.acceptor.unseal(pair.initiator.seal("question")) == "question");
    const auto answer = pair.acceptor.seal("answer");
    REQUIRE(answer);
    CHECK(answer->signature.size() == 16);
    CHECK(pair.initiator.unseal(*answer) == "answer");
  }

  TEST_CASE("takes no NTLM where only Kerberos is negotiated") {
    GssOptions options;
    options.ntlm = false;

    CHECK(Pair(Mechanism::ntlm, options).outcome == Outcome::refused);
  }

  TEST_CASE("refuses what is no token") {
    Acceptor acceptor({}, false);
    std::string answer;

    CHECK(acceptor.step("no token", "", answer) == Outcome::refused);
    CHECK_FALSE(acceptor.reason().empty());
  }

  TEST_CASE("tells a client that is bound to the channel from one that is not") {
    const std::string right = "tls-server-end-point:right";
    for (const Mechanism mechanism : {Mechanism::kerberos, Mechanism::ntlm, Mechanism::spnego}) {
      CAPTURE(static_cast<int>(mechanism));
      Pair bound(mechanism, {}, "localhost", right, right);
      CHECK(bound.outcome == Outcome::established);
      CHECK(bound.acceptor.is_bound());

      Pair unbound(mechanism, {}, "localhost", "", right);
      CHECK(unbound.outcome == Outcome::established);
      CHECK_FALSE(unbound.acceptor.is_bound());

      Pair elsewhere(mechanism, {}, "localhost", "tls-server-end-point:wrong", right);
      CHECK(elsewhere.outcome == Outcome::refused);
    }
  }

  TEST_CASE("opens each message once and in order") {
    for (const Mechanism mechanism : {Mechanism::kerberos, Mechanism::ntlm}) {
      CAPTURE(static_cast<int>(mechanism));
      Pair pair(mechanism);
      const Sealed first = pair.initiator.seal("first");
      const Sealed second = pair.initiator.seal("second");

      SUBCASE("a message again") {
        CHECK(pair.acceptor.unseal(first) == "first");
        CHECK_FALSE(pair.acceptor.unseal(first));
      }
      SUBCASE("a later one before its turn") { CHECK_FALSE(pair.acceptor.unseal(second)); }
      SUBCASE("one with a bit flipped") {
        Sealed changed = first;
        changed.ciphertext[2] = static_cast<char>(changed.ciphertext[2] ^ 1);
        CHECK_FALSE(pair.acceptor.unseal(changed));
      }
      SUBCASE("one without its end") {
        CHECK_FALSE(pair.acceptor.unseal({first.signature, first.ciphertext.substr(1)}));
      }
      SUBCASE("none") { CHECK_FALSE(pair.acceptor.unseal({"", ""})); }
    }
  }
}

// [RFC 4121 4.2.4] What GSSAPI makes is taken apart, and what it reads is made, by hand.
TEST_SUITE("frame of Kerberos") {
  TEST_CASE("begins with 60 octets and rotates the trailer into them") {
    Pair pair(Mechanism::kerberos);
    const std::string text = "<s:Envelope/> of any length";
    const auto sealed = pair.acceptor.seal(text);
    const ContextKey key = pair.initiator.export_key();
    REQUIRE(sealed);
    REQUIRE(key.type == ENCTYPE_AES256_CTS_HMAC_SHA1_96);

    CHECK(sealed->signature.size() == 60);
    CHECK(sealed->ciphertext.size() == text.size());
    const unsigned flags = kSentByAcceptor | kIsSealed | (key.of_acceptor ? kKeyOfAcceptor : 0U);
    const auto opened = open_by_hand(key, kAcceptorSeal, sealed->signature + sealed->ciphertext);
    REQUIRE(opened);
    CHECK(opened->head.substr(0, 8) == token_header(flags, 0, kRotation).substr(0, 8));
    CHECK(opened->text == text);
    // The copy has no rotation.
    CHECK(opened->copy.substr(0, 8) == token_header(flags, 0, 0).substr(0, 8));
    CHECK(opened->copy.substr(8) == opened->head.substr(8));
  }

  TEST_CASE("is opened when it was made by hand") {
    Pair pair(Mechanism::kerberos);
    const ContextKey key = pair.initiator.export_key();
    const std::string text = "made by hand";
    const unsigned flags = kIsSealed | (key.of_acceptor ? kKeyOfAcceptor : 0U);
    const Sealed sealed = seal_by_hand(key, kInitiatorSeal, text, flags);

    CHECK(sealed.signature.size() == 60);
    CHECK(pair.acceptor.unseal(sealed) == text);
    CHECK_FALSE(pair.acceptor.unseal(sealed));
  }

  TEST_CASE("has an octet of padding with RC4") {
    Pair pair(Mechanism::kerberos, {}, "localhost", "", "", ENCTYPE_ARCFOUR_HMAC);
    const auto answer = pair.acceptor.seal("text");
    REQUIRE(answer);
    CHECK(answer->ciphertext.size() == 5);

    const Sealed question = pair.initiator.seal("question");
    CHECK(question.ciphertext.size() == 9);
    CHECK(pair.acceptor.unseal(question) == "question");
  }
}

}  // namespace wsman::endpoint
