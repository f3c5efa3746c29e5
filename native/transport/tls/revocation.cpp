#include "transport/tls/revocation.h"

#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include <array>

#include "transport/tls/openssl.h"

namespace wsman::tls {
namespace {

// For clocks of responder and client that differ. Five minutes is also Kerberos's usual tolerance.
constexpr long kClockTolerance = 300;  // Seconds.
constexpr long kStatusRequest = 5;     // The TLS extension that a must-staple certificate names.

bool must_staple(const X509* leaf) {
  const Owned<TLS_FEATURE, TLS_FEATURE_free> features(
      static_cast<TLS_FEATURE*>(X509_get_ext_d2i(leaf, NID_tlsfeature, nullptr, nullptr)));
  const int count = features ? sk_ASN1_INTEGER_num(features.get()) : 0;
  for (int i = 0; i < count; ++i) {
    if (ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features.get(), i)) == kStatusRequest) return true;
  }
  return false;
}

Owned<OCSP_BASICRESP, OCSP_BASICRESP_free> stapled_answer(SSL* ssl) {
  // The response is the server's to choose, so nothing of it is believed before
  // OCSP_basic_verify(). An error status is not signed [RFC 6960 2.3].
  const unsigned char* bytes = nullptr;
  const long size = SSL_get_tlsext_status_ocsp_resp(ssl, &bytes);
  if (bytes == nullptr || size <= 0) return nullptr;
  const Owned<OCSP_RESPONSE, OCSP_RESPONSE_free> response(d2i_OCSP_RESPONSE(nullptr, &bytes, size));
  if (!response || OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
    return nullptr;
  return Owned<OCSP_BASICRESP, OCSP_BASICRESP_free>(OCSP_response_get1_basic(response.get()));
}

// Whether one part of the response is about `leaf`. A CertID holds hashes of issuer and key by an
// algorithm that the responder chose [RFC 6960 4.1.1], so ours is computed by the same.
bool is_about(const OCSP_SINGLERESP* single, const X509* leaf, const X509* issuer) {
  auto* id = const_cast<OCSP_CERTID*>(OCSP_SINGLERESP_get0_id(single));
  ASN1_OBJECT* algorithm = nullptr;
  (void)OCSP_id_get0_info(nullptr, &algorithm, nullptr, nullptr, id);
  const EVP_MD* digest = EVP_get_digestbyobj(algorithm);
  if (digest == nullptr) return false;
  const Owned<OCSP_CERTID, OCSP_CERTID_free> expected(OCSP_cert_to_id(digest, leaf, issuer));
  return expected && OCSP_id_cmp(expected.get(), id) == 0;
}

Revocation status_of(OCSP_BASICRESP* answer, const X509* leaf, const X509* issuer) {
  // A response may be about several certificates. A server could staple a good one for another of
  // its certificates.
  for (int i = 0; i < OCSP_resp_count(answer); ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(answer, i);
    if (!is_about(single, leaf, issuer)) continue;
    ASN1_GENERALIZEDTIME* from = nullptr;
    ASN1_GENERALIZEDTIME* until = nullptr;
    const int status = OCSP_single_get0_status(single, nullptr, nullptr, &from, &until);
    // Without the times, an old "good" could be replayed after the revocation. -1 sets no maximum
    // age of its own: the responder's nextUpdate is the bound.
    if (OCSP_check_validity(from, until, kClockTolerance, -1) != 1) continue;
    if (status == V_OCSP_CERTSTATUS_REVOKED) return Revocation::revoked;
    // Without nextUpdate there is newer information at any time [RFC 6960 4.2.2.1]: a "good" would
    // be good for ever.
    if (status == V_OCSP_CERTSTATUS_GOOD && until != nullptr) return Revocation::good_by_staple;
  }
  return Revocation::unknown;
}

Revocation read_staple(SSL* ssl, X509* leaf) {
  const auto answer = stapled_answer(ssl);
  STACK_OF(X509)* chain = SSL_get0_verified_chain(ssl);
  // The CertID needs the issuer, which a chain of one certificate does not have.
  if (!answer || sk_X509_num(chain) < 2) return Revocation::unknown;
  X509_STORE* store = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl));
  // The signer has to be the issuer, or to hold a certificate of the issuer for OCSP signing [RFC
  // 6960 4.2.2.2]. Any other response counts as none.
  if (OCSP_basic_verify(answer.get(), chain, store, 0) <= 0) return Revocation::unknown;
  return status_of(answer.get(), leaf, sk_X509_value(chain, 1));
}

int remembered_index() {
  static const int index =
      kept_index(SSL_SESSION_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr));
  return index;
}

// A session points to one of these. They are static, because OpenSSL copies the pointer with the
// session and frees nothing. A revoked certificate ends its handshake, so there is no session to
// remember it with.
constexpr std::array kRememberable{Revocation::good_by_staple, Revocation::good_by_crl};

}  // namespace

Revocation check_staple(SSL* ssl) {
  X509* leaf = SSL_get0_peer_certificate(ssl);
  if (leaf == nullptr) return Revocation::unknown;
  const Revocation revocation = read_staple(ssl, leaf);
  // A certificate with the TLS feature extension promises that its server staples [RFC 7633 4].
  // Otherwise an attacker with a stolen key would just leave the staple out.
  const bool missing = revocation == Revocation::unknown && must_staple(leaf);
  return missing ? Revocation::staple_missing : revocation;
}

void prepare_to_remember() { (void)remembered_index(); }

void remember(SSL_SESSION* session, Revocation revocation) {
  for (const Revocation& one : kRememberable) {
    if (one == revocation) {
      SSL_SESSION_set_ex_data(session, remembered_index(), const_cast<Revocation*>(&one));
    }
  }
}

Revocation remembered(const SSL_SESSION* session) {
  const void* found = SSL_SESSION_get_ex_data(session, remembered_index());
  return found != nullptr ? *static_cast<const Revocation*>(found) : Revocation::unknown;
}

bool is_unknown_revocation(int verify_code) {
  return verify_code == X509_V_ERR_UNABLE_TO_GET_CRL ||
         verify_code == X509_V_ERR_CRL_NOT_YET_VALID || verify_code == X509_V_ERR_CRL_HAS_EXPIRED;
}

}  // namespace wsman::tls
