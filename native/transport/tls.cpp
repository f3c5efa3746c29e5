#include "transport/tls.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <vector>

#include "base/secret_memory.h"
#include "transport/certificate.h"
#include "transport/client_identity.h"
#include "transport/tls_wire.h"
#include "transport/trust.h"
#include "transport/wait.h"

namespace wsman {
namespace {

constexpr uint32_t kAccessDenied = 5;
constexpr uint32_t kTlsAborted = 0x803381BA;

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

// What the verification callback needs and finds; lives on the stack of handshake().
struct Verification {
  const CertificateChecks& checks;
  bool covered_by_crl = false;  // Until a list turns out to be missing, if there are any.
  std::vector<int> failures;
  std::unique_ptr<X509, FreeCertificate> certificate;

  void keep(X509* refused) {
    if (refused != nullptr && X509_up_ref(refused) == 1) certificate.reset(refused);
  }
};

int verification_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

Verification* verification_of(const SSL* ssl) {
  return static_cast<Verification*>(SSL_get_ex_data(ssl, verification_index()));
}

Verification* verification_of(X509_STORE_CTX* store) {
  const void* ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
  return verification_of(static_cast<const SSL*>(ssl));
}

// Notes every failure instead of stopping at the first, so that the error can name all of them.
int note_failure(int accepted, X509_STORE_CTX* store) {
  Verification* verification = verification_of(store);
  const int code = X509_STORE_CTX_get_error(store);
  if (accepted != 0 || verification == nullptr) return 1;
  const bool about_leaf = X509_STORE_CTX_get_error_depth(store) == 0;
  if (about_leaf && is_unknown_revocation(code)) verification->covered_by_crl = false;
  if (!is_forgiven(code, verification->checks)) verification->failures.push_back(code);
  return 1;
}

int accepted_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

// A server that asks for a certificate only when it knows what is wanted shakes hands again, in the
// middle of a connection. It has to be the same server then.
int verify_again(X509_STORE_CTX* store) {
  const auto* ssl = static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  const auto* accepted = static_cast<const X509*>(SSL_get_ex_data(ssl, accepted_index()));
  const bool same = accepted != nullptr && X509_cmp(accepted, X509_STORE_CTX_get0_cert(store)) == 0;
  X509_STORE_CTX_set_error(store, same ? X509_V_OK : X509_V_ERR_APPLICATION_VERIFICATION);
  return same ? 1 : 0;
}

int verify_chain(X509_STORE_CTX* store, void* /*unused*/) {
  Verification* verification = verification_of(store);
  if (verification == nullptr) return verify_again(store);
  X509_STORE_CTX_set_verify_cb(store, note_failure);
  if (X509_verify_cert(store) != 1)
    verification->failures.push_back(X509_STORE_CTX_get_error(store));
  if (verification->failures.empty()) {
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
  }
  verification->keep(X509_STORE_CTX_get0_cert(store));
  X509_STORE_CTX_set_error(store, verification->failures.front());
  return 0;
}

// Called once a handshake has the server's certificate and, perhaps, its stapled answer. A resumed
// one brings neither: what the full one found goes with the session.
int verify_staple(SSL* ssl, void* /*unused*/) {
  Verification* verification = verification_of(ssl);
  if (verification == nullptr || SSL_session_reused(ssl) == 1) return 1;
  const Revocation stapled = check_staple(ssl);
  if (stapled == Revocation::revoked) {
    verification->failures.push_back(X509_V_ERR_CERT_REVOKED);
  } else if (stapled == Revocation::staple_missing) {
    verification->failures.push_back(X509_V_ERR_OCSP_VERIFY_NEEDED);
  }
  const bool listed_good = stapled == Revocation::unknown && verification->covered_by_crl;
  remember(SSL_get_session(ssl), listed_good ? Revocation::good_by_crl : stapled);
  if (verification->failures.empty()) return 1;
  verification->keep(SSL_get0_peer_certificate(ssl));
  return 0;
}

std::string host_without_zone(const Endpoint& endpoint) {
  return endpoint.host.substr(0, endpoint.host.find('%'));
}

void expect_name(SSL* ssl, const TransportOptions& options) {
  const std::string host = host_without_zone(options.endpoint);
  const bool literal = is_address_literal(host);
  if (!literal) SSL_set_tlsext_host_name(ssl, host.c_str());
  if (options.checks.skip_cn) return;
  X509_VERIFY_PARAM* expected = SSL_get0_param(ssl);
  if (literal) {
    X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str());
  } else {
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size());
  }
}

// Revocation is asked for unless the user does not want it; CRLs only where the store has some,
// because without any every check would come out as unknown.
void expect_revocation(SSL* ssl, const CertificateChecks& checks, const Trust& trust) {
  if (checks.skip_revocation) return;
  SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp);
  if (trust.has_crls) {
    X509_VERIFY_PARAM_set_flags(SSL_get0_param(ssl),
                                X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  }
}

bool checks_everything(const CertificateChecks& checks) {
  return !checks.skip_ca && !checks.skip_cn && !checks.skip_revocation;
}

// The alert that ended a handshake, if it is about the client's certificate.
std::string objection_in(unsigned long code, bool identity_shown) {
  const int reason = ERR_GET_REASON(code) - SSL_AD_REASON_OFFSET;
  if (ERR_GET_LIB(code) != ERR_LIB_SSL || reason < 0) return {};
  switch (reason) {
    case SSL_AD_BAD_CERTIFICATE:
    case SSL_AD_UNSUPPORTED_CERTIFICATE:
    case SSL_AD_CERTIFICATE_REVOKED:
    case SSL_AD_CERTIFICATE_EXPIRED:
    case SSL_AD_CERTIFICATE_UNKNOWN:
    case SSL_AD_UNKNOWN_CA:
    case SSL_AD_ACCESS_DENIED:
    case SSL_AD_CERTIFICATE_REQUIRED:
      return SSL_alert_desc_string_long(reason);
    case SSL_AD_DECRYPT_ERROR:
    case SSL_AD_HANDSHAKE_FAILURE:  // These may have other reasons where none was shown.
      return identity_shown ? SSL_alert_desc_string_long(reason) : std::string();
    default:
      return {};
  }
}

Error handshake_error(const TransportOptions& options, const Verification& verification) {
  const Endpoint& endpoint = options.endpoint;
  if (!verification.failures.empty()) {
    return certificate_error(endpoint, verification.certificate.get(), verification.failures);
  }
  const unsigned long code = ERR_peek_error();
  const std::string objection = objection_in(code, options.identity != nullptr);
  if (!objection.empty()) {
    ERR_clear_error();
    return refused_identity(options, objection);
  }
  const char* reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
  const std::string why = reason != nullptr ? reason : "the server broke it off";
  ERR_clear_error();
  return {
      ErrorCode::tls,
      with_code("The TLS handshake with " + endpoint.display() + " failed: " + why, kTlsAborted) +
          ". Check that the port speaks TLS 1.2 or later; a plain http port needs no -UseSSL.",
      kTlsAborted,
      {}};
}

Status shake_hands(SSL* ssl, const Socket& socket, const TransportOptions& options,
                   const Verification& verification, const Call& call) {
  const Phase phase{"the TLS handshake with " + options.endpoint.display()};
  for (;;) {
    begin_step(ssl);
    const int code = SSL_connect(ssl);
    if (code == 1) return Done{};
    const int why = SSL_get_error(ssl, code);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
      return handshake_error(options, verification);
    }
    const WaitFor what = why == SSL_ERROR_WANT_READ ? WaitFor::readable : WaitFor::writable;
    const WaitResult waited = wait_for(socket.descriptor(), what, call);
    if (waited != WaitResult::ready) return stopped_error(waited, call, phase);
  }
}

}  // namespace

Error refused_identity(const TransportOptions& options, const std::string& objection) {
  const std::string where = options.endpoint.display();
  if (options.identity == nullptr) {
    return {ErrorCode::tls,
            with_code(where + " wants a client certificate", kTlsAborted) +
                ". Use -CertificateThumbprint, or another port.",
            kTlsAborted,
            {}};
  }
  return {ErrorCode::access_denied,
          with_code(where + " refused the client certificate " + options.identity->subject() +
                        ": " + objection,
                    kAccessDenied) +
              ". The server must trust the authority that issued it, and it must be valid for "
              "clients.",
          kAccessDenied,
          {}};
}

void prepare_context(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_security_level(context, 2);  // 112 bits: keys below RSA 2048 are refused.
  TlsSessions::prepare_context(context);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context, verify_chain, nullptr);
  SSL_CTX_set_tlsext_status_cb(context, verify_staple);
}

Result<TlsStream> TlsStream::handshake(const Socket& socket, const TransportOptions& options,
                                       TlsSessions& sessions, const Call& call) {
  const Result<Trust> trust = trusted_context(options.trusted_ca_path);
  if (!trust.ok()) return trust.error();
  TlsStream stream(SSL_new(trust.value().context.get()));
  SSL* ssl = stream.ssl_.get();
  if (ssl == nullptr) return Error{ErrorCode::internal, "OpenSSL made no connection.", 0, {}};
  Verification verification{options.checks, trust.value().has_crls, {}, nullptr};
  SSL_set_ex_data(ssl, verification_index(), &verification);
  if (!attach_wire(ssl, socket)) {
    return Error{ErrorCode::internal, "OpenSSL made no connection.", 0, {}};
  }
  expect_name(ssl, options);
  expect_revocation(ssl, options.checks, trust.value());
  if (options.identity) {
    if (!stream.show_identity(*options.identity)) {
      return refused_identity(options, "OpenSSL does not accept its key");
    }
  } else if (checks_everything(options.checks)) {
    sessions.attach(ssl);
  }
  const Status shaken = shake_hands(ssl, socket, options, verification, call);
  SSL_set_ex_data(ssl, verification_index(), nullptr);
  if (!shaken.ok()) return shaken.error();
  if (options.identity) {
    stream.accepted_.reset(SSL_get1_peer_certificate(ssl));
    SSL_set_ex_data(ssl, accepted_index(), stream.accepted_.get());
  }
  stream.revocation_ =
      options.checks.skip_revocation ? Revocation::skipped : remembered(SSL_get_session(ssl));
  return stream;
}

// Windows asks for the certificate in the handshake, or in a second one once it has read the
// request; a resumed session would be refused.
bool TlsStream::show_identity(const ClientIdentity& identity) {
  SSL_clear_options(ssl_.get(), SSL_OP_NO_RENEGOTIATION);
  SSL_set_post_handshake_auth(ssl_.get(), 1);
  shows_identity_ = identity.show(ssl_.get());
  return shows_identity_;
}

std::string TlsStream::version() const {
  const std::string name = SSL_get_version(ssl_.get());  // "TLSv1.3"
  return name.starts_with("TLSv") ? "TLS " + name.substr(4) : name;
}

std::string TlsStream::leaf_certificate() const {
  const X509* leaf = SSL_get0_peer_certificate(ssl_.get());
  unsigned char* octets = nullptr;
  const int size = leaf != nullptr ? i2d_X509(leaf, &octets) : 0;
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(octets), static_cast<size_t>(size));
  OPENSSL_free(octets);
  return der;
}

IoResult TlsStream::io_result(int code) {
  if (code > 0) return {IoResult::Kind::moved, static_cast<size_t>(code), 0};
  const int why = SSL_get_error(ssl_.get(), code);
  wants_write_ = why == SSL_ERROR_WANT_WRITE;
  switch (why) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return {IoResult::Kind::would_block, 0, 0};
    case SSL_ERROR_ZERO_RETURN:
      return {IoResult::Kind::ended, 0, 0};
    default:
      objection_ = objection_in(ERR_peek_error(), shows_identity_);
      ERR_clear_error();
      return {IoResult::Kind::failed, 0, 0};
  }
}

IoResult TlsStream::read(char* data, size_t size) {
  begin_step(ssl_.get());
  return io_result(SSL_read(ssl_.get(), data, static_cast<int>(size)));
}

IoResult TlsStream::write(const char* data, size_t size) {
  begin_step(ssl_.get());
  const int written = SSL_write(ssl_.get(), data, static_cast<int>(size));
  wipe_registers();  // OpenSSL has copied an authorization line.
  return io_result(written);
}

bool TlsStream::is_stale() {
  char octet = 0;
  begin_step(ssl_.get());
  // A peek takes in what is no data, such as a session ticket, and finds nothing then.
  return io_result(SSL_peek(ssl_.get(), &octet, 1)).kind != IoResult::Kind::would_block;
}

void TlsStream::say_goodbye_unheard() {
  begin_step(ssl_.get());
  (void)SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

bool TlsStream::say_goodbye(const Socket& socket, const Call& call) {
  begin_step(ssl_.get());
  int code = SSL_shutdown(ssl_.get());
  while (code < 0 && SSL_get_error(ssl_.get(), code) == SSL_ERROR_WANT_WRITE) {
    if (wait_for(socket.descriptor(), WaitFor::writable, call) != WaitResult::ready) return false;
    begin_step(ssl_.get());
    code = SSL_shutdown(ssl_.get());
  }
  if (code < 0) return false;
  while (code != 1) {
    if (wait_for(socket.descriptor(), WaitFor::readable, call) != WaitResult::ready) break;
    begin_step(ssl_.get());
    code = SSL_shutdown(ssl_.get());
    // Data, or a broken connection, instead of the peer's goodbye: ours was said.
    if (code < 0 && SSL_get_error(ssl_.get(), code) != SSL_ERROR_WANT_READ) break;
  }
  return true;
}

}  // namespace wsman
