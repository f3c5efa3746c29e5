#include "gss/acceptor.h"

#include <doctest/doctest.h>
#include <krb5/krb5.h>

#include <algorithm>
#include <string>
#include <utility>

#include "gss/initiator.h"

namespace wsman::endpoint {
namespace {

using Mechanism = Initiator::Mechanism;
using Outcome = Acceptor::Outcome;

constexpr std::size_t kTokenHeader = 16;
constexpr std::size_t kMac = 12;                        // Of aes256-cts-hmac-sha1-96.
constexpr std::size_t kRotation = kTokenHeader + kMac;  // The copy of the header, and the MAC.
constexpr krb5_keyusage kAcceptorSeal = 22;             // [RFC 4121 2]
constexpr krb5_keyusage kInitiatorSeal = 24;

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

std::string header(unsigned flags, std::uint64_t number) {
  std::string octets("\x05\x04", 2);
  octets += static_cast<char>(flags);
  octets.append("\xFF\0\0\0\0", 5);  // Filler, EC and RRC.
  for (int shift = 56; shift >= 0; shift -= 8) octets += static_cast<char>(number >> shift & 0xFFU);
  return octets;
}

// libkrb5's cipher, without its GSSAPI.
class Cipher {
 public:
  explicit Cipher(const ContextKey& key) : octets_(key.octets) {
    krb5_init_context(&context_);
    block_ = {0, key.type, static_cast<unsigned>(octets_.size()),
              reinterpret_cast<krb5_octet*>(octets_.data())};
  }
  ~Cipher() { krb5_free_context(context_); }
  Cipher(const Cipher&) = delete;
  Cipher& operator=(const Cipher&) = delete;

  std::string encrypt(krb5_keyusage usage, std::string plain) {
    std::size_t size = 0;
    REQUIRE(krb5_c_encrypt_length(context_, block_.enctype, plain.size(), &size) == 0);
    std::string output(size, '\0');
    const krb5_data input = data(plain);
    krb5_enc_data encrypted{0, block_.enctype, 0, data(output)};
    REQUIRE(krb5_c_encrypt(context_, &block_, usage, nullptr, &input, &encrypted) == 0);
    return output;
  }

  std::string decrypt(krb5_keyusage usage, std::string cipher) {
    std::string output(cipher.size(), '\0');
    const krb5_enc_data input{0, block_.enctype, 0, data(cipher)};
    krb5_data plain = data(output);
    REQUIRE(krb5_c_decrypt(context_, &block_, usage, nullptr, &input, &plain) == 0);
    output.resize(plain.length);
    return output;
  }

 private:
  static krb5_data data(std::string& text) {
    return {0, static_cast<unsigned>(text.size()), text.data()};
  }

  krb5_context context_ = nullptr;
  std::string octets_;
  krb5_keyblock block_{};
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
    const std::string head = sealed->signature.substr(0, kTokenHeader);
    const unsigned flags = 0x03U | (key.of_acceptor ? 0x04U : 0U);  // Sent by acceptor, sealed.
    CHECK(head.substr(0, 6) == header(flags, 0).substr(0, 6));
    CHECK(head.substr(6, 2) == std::string("\0\x1C", 2));  // RRC is 28.

    std::string rotated = sealed->signature.substr(kTokenHeader) + sealed->ciphertext;
    std::rotate(rotated.begin(), rotated.begin() + kRotation, rotated.end());
    const std::string plain = Cipher(key).decrypt(kAcceptorSeal, rotated);
    REQUIRE(plain.size() == text.size() + kTokenHeader);
    CHECK(plain.substr(0, text.size()) == text);
    // The copy has no rotation.
    CHECK(plain.substr(text.size(), 6) == head.substr(0, 6));
    CHECK(plain.substr(text.size() + 6, 2) == std::string(2, '\0'));
    CHECK(plain.substr(text.size() + 8) == head.substr(8));
  }

  TEST_CASE("is opened when it was made by hand") {
    Pair pair(Mechanism::kerberos);
    const ContextKey key = pair.initiator.export_key();
    const std::string text = "made by hand";
    std::string head = header(0x02U | (key.of_acceptor ? 0x04U : 0U), key.next_number);

    std::string rotated = Cipher(key).encrypt(kInitiatorSeal, text + head);
    std::rotate(rotated.begin(), rotated.end() - kRotation, rotated.end());
    head[7] = kRotation;
    const std::size_t cut = rotated.size() - text.size();
    const Sealed sealed{head + rotated.substr(0, cut), rotated.substr(cut)};

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
