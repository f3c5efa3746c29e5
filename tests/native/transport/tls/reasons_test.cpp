// Why a handshake failed, as the user is told. What servers send is made here byte by byte.
#include "transport/tls/reasons.h"

#include <doctest/doctest.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>

#include <string>

#include "fakes/tls_connection.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// A record of TLS 1.2 [RFC 5246 6.2.1].
std::string record(char type, const std::string& content) {
  return std::string{type, 3, 3, 0, static_cast<char>(content.size())} + content;
}

std::string alert(int description) {
  return record(21, {2, static_cast<char>(description)});  // Fatal.
}

// A ServerHello of TLS 1.2 with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 and no extension, so without
// renegotiation_info [RFC 5246 7.4.1.3] [RFC 5746 3.2].
std::string hello_without_extensions() {
  const std::string body =
      std::string{3, 3} + std::string(32, '\7') + std::string{0, '\xC0', '\x2F', 0};
  return record(22, std::string{2, 0, 0, static_cast<char>(body.size())} + body);
}

// The end of the sentence about the handshake, and the advice.
std::string told(const Result<HttpResponse>& response) {
  if (response.ok()) return "accepted";
  CHECK(response.error().code == ErrorCode::tls);
  const std::string& message = response.error().message;
  const size_t start = message.find(" failed: ");
  REQUIRE(start != std::string::npos);
  return message.substr(start + 9) + " " + advice_of(response.error());
}

// The failure as OpenSSL packs it.
unsigned long failure_of(int library, int reason) {
  ERR_clear_error();
  ERR_raise(library, reason);
  return ERR_get_error();
}

std::string told_of(const std::string& answer) {
  TlsConnection client([&](Peer& peer) {
    (void)peer.send(answer);
    (void)peer.wait_for_end();
  });
  return told(client.exchange());
}

}  // namespace

TEST_SUITE("TLS reason") {
  TEST_CASE("A handshake that fails is told in words, with the advice that fits") {
    CHECK(told_of("HTTP/1.1 400 Bad Request\r\n\r\n") ==
          "the server answered with something else than TLS (0x803381BA). CheckTlsPort");
    CHECK(told_of(alert(70)) ==
          "the server has no TLS 1.2 or later (0x803381BA). "
          "AllowLegacyTls(127.0.0.1)");
    CHECK(told_of(alert(40)).starts_with("the server found nothing that it and this client both"));
    CHECK(told_of(alert(40)).ends_with(" MatchCiphers"));
    CHECK(told_of(alert(71)).starts_with("the server demands stronger ciphers"));
    CHECK(told_of(alert(80)).ends_with("(internal_error) (0x803381BA). ReadServerLog"));
    CHECK(told_of(alert(112)).ends_with(" CheckComputerName"));
    CHECK(told_of(alert(99)) == "the server ended it with the alert 99 (0x803381BA). CheckTlsPort");
    CHECK(told_of(record(22, std::string(40, '\2')))
              .starts_with("a message of the server breaks TLS (OpenSSL: "));
  }

  TEST_CASE("A server without secure renegotiation is told as such") {
    CHECK(told_of(hello_without_extensions()) ==
          "the server does not have secure renegotiation (RFC 5746), without which somebody in "
          "between can put requests of theirs before those of the user (0x803381BA). "
          "AllowLegacyTls(127.0.0.1)");
  }

  TEST_CASE("A server without a common cipher is told as such") {
    TlsIdentity elliptic("IP:127.0.0.1");
    SSL_CTX_set_max_proto_version(elliptic.context(), TLS1_2_VERSION);
    // The key of the certificate is none of RSA.
    REQUIRE(SSL_CTX_set_cipher_list(elliptic.context(), "ECDHE-RSA-AES128-GCM-SHA256") == 1);
    TlsConnection client(elliptic, answer_all);

    const std::string said = told(client.exchange());

    CHECK(said.starts_with("the server found nothing that it and this client both allow"));
    CHECK(said.ends_with(" MatchCiphers"));
  }

  TEST_CASE("Where the computer demands TLS 1.3 an older server is no reason to lower that") {
    const unsigned long old = failure_of(ERR_LIB_SSL, SSL_R_TLSV1_ALERT_PROTOCOL_VERSION);
    CHECK(tls::reason_in_words(old, TLS1_2_VERSION).advice == AdviceKey::allow_legacy_tls);
    const tls::Reason told = tls::reason_in_words(old, TLS1_3_VERSION);
    CHECK(told.words.starts_with("the server has no TLS 1.3"));
    CHECK(told.advice == AdviceKey::configure_open_ssl);
  }

  TEST_CASE("The words do not mix up OpenSSL's libraries") {
    const unsigned long other = failure_of(ERR_LIB_X509, SSL_R_WRONG_VERSION_NUMBER);
    CHECK(tls::reason_in_words(other, TLS1_2_VERSION)
              .words.starts_with("a message of the server breaks TLS"));
    CHECK(tls::reason_in_words(0, TLS1_2_VERSION).words == "the server broke it off");
    const unsigned long inside = failure_of(ERR_LIB_SSL, ERR_R_INTERNAL_ERROR);
    CHECK(tls::reason_in_words(inside, TLS1_2_VERSION).words ==
          "OpenSSL failed inside (internal error)");
    CHECK(tls::refusal_in_words(failure_of(ERR_LIB_X509, 1048), true).empty());
    // What a policy does not let OpenSSL fetch.
    const tls::Reason refused =
        tls::reason_in_words(failure_of(ERR_LIB_EVP, EVP_R_UNSUPPORTED_ALGORITHM), TLS1_2_VERSION);
    CHECK(refused.words == "OpenSSL failed inside (unsupported algorithm)");
    CHECK(refused.advice == AdviceKey::configure_open_ssl);
  }

  TEST_CASE("An alert that has other causes is about a certificate only where one is concerned") {
    const unsigned long failure = failure_of(ERR_LIB_SSL, SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE);
    const unsigned long unknown = failure_of(ERR_LIB_SSL, SSL_R_TLSV1_ALERT_UNKNOWN_CA);
    CHECK(tls::refusal_in_words(failure, false).empty());
    CHECK_FALSE(tls::refusal_in_words(failure, true).empty());
    CHECK(tls::refusal_in_words(unknown, false) == "its authority is not known there");
  }
}

}  // namespace wsman::testing
