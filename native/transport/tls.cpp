#include "transport/tls.h"

#include <openssl/err.h>

#include "base/secret_memory.h"
#include "transport/certificate.h"
#include "transport/client_identity.h"
#include "transport/codes.h"
#include "transport/tls_verification.h"
#include "transport/tls_wire.h"
#include "transport/trust.h"
#include "transport/wait.h"

namespace wsman {
namespace {

constexpr uint32_t kTlsAborted = 0x803381BA;

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
  if (!verification.failures().empty()) {
    return certificate_error(endpoint, verification.certificate(), verification.failures());
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
  Verification::prepare_context(context);
}

Result<TlsStream> TlsStream::handshake(const Socket& socket, const TransportOptions& options,
                                       TlsSessions& sessions, const Call& call) {
  const Result<Trust> trust = trusted_context(options.trusted_ca_path);
  if (!trust.ok()) return trust.error();
  TlsStream stream(SSL_new(trust.value().context.get()));
  SSL* ssl = stream.ssl_.get();
  if (ssl == nullptr) return Error{ErrorCode::internal, "OpenSSL made no connection.", 0, {}};
  Verification verification(options.checks, trust.value().has_crls);
  if (!attach_wire(ssl, socket)) {
    return Error{ErrorCode::internal, "OpenSSL made no connection.", 0, {}};
  }
  verification.begin(ssl, options.endpoint);
  if (options.identity) {
    if (!stream.show_identity(*options.identity)) {
      return refused_identity(options, "OpenSSL does not accept its key");
    }
  } else if (checks_everything(options.checks)) {
    sessions.attach(ssl);
  }
  const Status shaken = shake_hands(ssl, socket, options, verification, call);
  verification.end(ssl);
  if (!shaken.ok()) return shaken.error();
  if (options.identity) {
    stream.accepted_.reset(SSL_get1_peer_certificate(ssl));
    Verification::expect_again(ssl, stream.accepted_.get());
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
