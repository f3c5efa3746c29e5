#include "transport/tls/verification.h"

#include <openssl/x509v3.h>

#include <string>

#include "transport/tls/certificate_error.h"
#include "transport/tls/openssl.h"
#include "transport/tls/purpose.h"
#include "transport/tls/revocation.h"

namespace wsman::tls {
namespace {

int verification_index() {
  static const int index = kept_index(SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr));
  return index;
}

int accepted_index() {
  static const int index = kept_index(SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr));
  return index;
}

const SSL* connection_of(X509_STORE_CTX* store) {
  return static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
}

// Makes a verification that has ended ready to be made once more. False if there is no memory.
bool begin_anew(X509_STORE_CTX* context) {
  SSL* const ssl = const_cast<SSL*>(connection_of(context));
  X509* const leaf = X509_STORE_CTX_get0_cert(context);
  X509_STORE* const store = X509_STORE_CTX_get0_store(context);
  STACK_OF(X509)* const sent = X509_STORE_CTX_get0_untrusted(context);
  // What is expected, which OpenSSL has put together of its defaults and the connection's.
  Owned<X509_VERIFY_PARAM, X509_VERIFY_PARAM_free> expected(X509_VERIFY_PARAM_new());
  if (!expected ||
      X509_VERIFY_PARAM_set1(expected.get(), X509_STORE_CTX_get0_param(context)) != 1) {
    return false;
  }
  X509_STORE_CTX_cleanup(context);
  if (X509_STORE_CTX_init(context, store, leaf, sent) != 1) return false;
  X509_STORE_CTX_set0_param(context, expected.release());
  return X509_STORE_CTX_set_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx(), ssl) == 1;
}

// The number that 1.1.1 has for an authority that is none stands in 3 for one without a key.
int failure_of(X509_STORE_CTX* store) {
  const int code = X509_STORE_CTX_get_error(store);
  return code == X509_V_ERR_NO_ISSUER_PUBLIC_KEY && !is_openssl_3() ? X509_V_ERR_INVALID_CA : code;
}

// A reference of our own: the error is made when the handshake is over.
void keep(Certificate& place, X509* certificate) {
  if (certificate != nullptr && X509_up_ref(certificate) == 1) place.reset(certificate);
}

}  // namespace

void Verification::prepare_context(SSL_CTX* context) {
  // Before the callbacks ask for them, where nothing may be thrown.
  (void)verification_index();
  (void)accepted_index();
  prepare_to_remember();
  // The callbacks find their Verification through the connection, because all transports with the
  // same authorities share the context.
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context, verify_chain, nullptr);
  SSL_CTX_set_tlsext_status_cb(context, verify_staple);
}

void Verification::expect_again(SSL* ssl, X509* accepted) {
  SSL_set_ex_data(ssl, accepted_index(), accepted);
}

Status Verification::begin(SSL* ssl, const Endpoint& endpoint) {
  name_ = endpoint.host_for_tls();
  is_literal_ = is_address_literal(name_);
  // OpenSSL takes an empty name for "verify none". The callbacks come from inside SSL_connect().
  if (!name_.empty() && SSL_set_ex_data(ssl, verification_index(), this) == 1 && ask(ssl) &&
      expect(SSL_get0_param(ssl))) {
    return Done{};
  }
  if (take_failure().lacked_memory) return out_of_memory();
  return make_error(ErrorCode::internal, "OpenSSL cannot verify the name " + endpoint.host);
}

void Verification::end(SSL* ssl) { SSL_set_ex_data(ssl, verification_index(), nullptr); }

Verification* Verification::of(const SSL* ssl) {
  return static_cast<Verification*>(SSL_get_ex_data(ssl, verification_index()));
}

Verification* Verification::of(X509_STORE_CTX* store) { return of(connection_of(store)); }

// Where a certificate with the issuer's name was sent, it is not missing, but unfit.
void Verification::note_chain_end(X509_STORE_CTX* store) {
  X509* const end = X509_STORE_CTX_get_current_cert(store);
  STACK_OF(X509)* const sent = X509_STORE_CTX_get0_untrusted(store);
  if (end == nullptr) return;
  if (X509_find_by_subject(sent, X509_get_issuer_name(end)) == nullptr) keep(chain_end_, end);
}

// No exception may pass a frame of OpenSSL.
void Verification::note(int code) {
  lacked_memory_ = lacked_memory_ || code == X509_V_ERR_OUT_OF_MEM;
  try {
    failures_.push_back(code);
  } catch (const std::bad_alloc&) {
    lacked_memory_ = true;
  }
}

// Notes every failure instead of stopping at the first, so that the error can name all of them. It
// returns 1 for that; verify_chain() decides in the end.
int Verification::note_failure(int accepted, X509_STORE_CTX* store) {
  Verification* verification = of(store);
  const int code = failure_of(store);
  if (accepted != 0 || verification == nullptr) return 1;
  verification->is_flawless_ = false;
  // A missing CRL for an authority does not change whether one covers the leaf.
  const bool about_leaf = X509_STORE_CTX_get_error_depth(store) == 0;
  if (about_leaf && is_unknown_revocation(code)) verification->covered_by_crl_ = false;
  if (code == X509_V_ERR_INVALID_PURPOSE &&
      allows_role(X509_STORE_CTX_get_current_cert(store), Role::server, !about_leaf)) {
    return 1;
  }
  if (is_forgiven(code, verification->checks_)) return 1;
  verification->note(code);
  if (code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
      code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) {
    verification->note_chain_end(store);
  }
  return 1;
}

void Verification::verify(X509_STORE_CTX* store) {
  if (!expect(X509_STORE_CTX_get0_param(store))) return note(X509_V_ERR_OUT_OF_MEM);
  X509_STORE_CTX_set_verify_cb(store, note_failure);
  // It fails without a call of note_failure() if it cannot begin at all, for lack of memory or of a
  // certificate.
  if (X509_verify_cert(store) != 1) note(failure_of(store));
  look_for_lack();
}

// OpenSSL passes over a name, a list, a staple or a demand that it has no memory to read, as if
// there was none. It is looked for at once, because libssl forgets it when it reads on.
void Verification::look_for_lack() {
  lacked_memory_ = take_failure().lacked_memory || lacked_memory_;
}

// Once more, with all that can be known: what is told of the server must not depend on what others
// needed.
void Verification::verify_with_bundle(X509_STORE_CTX* store) {
  try {
    bundle_->read_into(X509_STORE_CTX_get0_store(store));
    lacked_memory_ = !begin_anew(store);
  } catch (const std::bad_alloc&) {
    lacked_memory_ = true;
  }
  if (lacked_memory_) return;
  failures_.clear();
  chain_end_.reset();
  covered_by_crl_ = has_crls_;
  verify(store);
}

int Verification::verify_chain(X509_STORE_CTX* store, void* /*unused*/) {
  Verification* verification = of(store);
  if (verification == nullptr) return verify_again(store);
  const bool knows_all = verification->bundle_ == nullptr || verification->bundle_->is_read();
  verification->verify(store);
  const bool is_done = knows_all || verification->is_flawless_ || verification->lacked_memory_;
  if (!is_done) verification->verify_with_bundle(store);
  if (verification->failures_.empty() && !verification->lacked_memory_) {
    // A forgiven code stays in the store otherwise, and OpenSSL would report it as the result.
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
  }
  keep(verification->certificate_, X509_STORE_CTX_get0_cert(store));
  X509_STORE_CTX_set_error(store, verification->lacked_memory_ ? X509_V_ERR_OUT_OF_MEM
                                                               : verification->failures_.front());
  return 0;
}

// A server that asks for a client certificate once it knows the path of the request renegotiates in
// the middle of a connection. The checks of the first handshake hold for it only if it presents the
// same certificate.
int Verification::verify_again(X509_STORE_CTX* store) {
  const auto* accepted =
      static_cast<const X509*>(SSL_get_ex_data(connection_of(store), accepted_index()));
  const bool same = accepted != nullptr && X509_cmp(accepted, X509_STORE_CTX_get0_cert(store)) == 0;
  X509_STORE_CTX_set_error(store, same ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION);
  return same ? 1 : 0;
}

// Called once a handshake has the server's certificate and, perhaps, its stapled answer. A resumed
// one brings neither: what the full one found goes with the session.
int Verification::verify_staple(SSL* ssl, void* /*unused*/) {
  Verification* verification = of(ssl);
  // In a renegotiation there is no Verification either; verify_again() has decided.
  if (verification == nullptr || SSL_session_reused(ssl) == 1) return 1;
  const Revocation stapled = check_staple(ssl);
  if (stapled == Revocation::revoked) {
    verification->note(X509_V_ERR_CERT_REVOKED);
  } else if (stapled == Revocation::staple_missing) {
    verification->note(X509_V_ERR_OCSP_VERIFY_NEEDED);
  }
  const bool listed_good = stapled == Revocation::unknown && verification->covered_by_crl_;
  remember(SSL_get_session(ssl), listed_good ? Revocation::good_by_crl : stapled);
  verification->look_for_lack();
  if (verification->failures_.empty() && !verification->lacked_memory_) return 1;
  keep(verification->certificate_, SSL_get0_peer_certificate(ssl));
  return 0;
}

// Server Name Indication does not allow address literals [RFC 6066 3]. Stapled answers are asked
// for unless the user does not want them.
bool Verification::ask(SSL* ssl) const {
  if (!is_literal_ && SSL_set_tlsext_host_name(ssl, name_.c_str()) != 1) return false;
  return checks_.skip_revocation || SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp) == 1;
}

bool Verification::expect(X509_VERIFY_PARAM* expected) const {
  // CRLs are asked for only where the store has some, because without any every check would come
  // out as unknown.
  if (has_crls_ && !checks_.skip_revocation &&
      X509_VERIFY_PARAM_set_flags(expected, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL) !=
          1) {
    return false;
  }
  if (checks_.skip_cn) return true;
  // A literal is compared with iPAddress entries, and with no DNS name [RFC 9110 4.3.5].
  if (is_literal_) return X509_VERIFY_PARAM_set1_ip_asc(expected, name_.c_str()) == 1;
  // A wildcard stands for a whole label: no "f*.example" [RFC 6125 6.4.3].
  X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(expected, name_.c_str(), name_.size()) == 1;
}

}  // namespace wsman::tls
