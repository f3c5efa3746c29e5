#include "transport/tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <vector>

#include "transport/certificate.h"
#include "transport/trust.h"
#include "transport/wait.h"

namespace wsman {
namespace {

constexpr uint32_t kTlsAborted = 0x803381BA;

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};

// What the verification callback needs and finds; lives on the stack of handshake().
struct Verification {
  const CertificateChecks& checks;
  std::vector<int> failures;
  std::unique_ptr<X509, FreeCertificate> certificate;
};

int verification_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

Verification* verification_of(X509_STORE_CTX* store) {
  const void* ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());
  return static_cast<Verification*>(
      SSL_get_ex_data(static_cast<const SSL*>(ssl), verification_index()));
}

// Notes every failure instead of stopping at the first, so that the error can name all of them.
int note_failure(int accepted, X509_STORE_CTX* store) {
  Verification* verification = verification_of(store);
  const int code = X509_STORE_CTX_get_error(store);
  if (accepted == 0 && verification != nullptr && !is_forgiven(code, verification->checks)) {
    verification->failures.push_back(code);
  }
  return 1;
}

int verify_chain(X509_STORE_CTX* store, void* /*unused*/) {
  Verification* verification = verification_of(store);
  if (verification == nullptr) return 0;
  X509_STORE_CTX_set_verify_cb(store, note_failure);
  if (X509_verify_cert(store) != 1)
    verification->failures.push_back(X509_STORE_CTX_get_error(store));
  if (verification->failures.empty()) {
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
  }
  X509* certificate = X509_STORE_CTX_get0_cert(store);
  if (certificate != nullptr && X509_up_ref(certificate) == 1) {
    verification->certificate.reset(certificate);
  }
  X509_STORE_CTX_set_error(store, verification->failures.front());
  return 0;
}

// A BIO over Socket, because OpenSSL's own would raise SIGPIPE when the peer is gone.
int bio_result(BIO* bio, const IoResult& result, bool reading) {
  BIO_clear_retry_flags(bio);
  if (result.kind == IoResult::Kind::moved) return static_cast<int>(result.octets);
  if (result.kind == IoResult::Kind::would_block) {
    if (reading) {
      BIO_set_retry_read(bio);
    } else {
      BIO_set_retry_write(bio);
    }
    return -1;
  }
  return result.kind == IoResult::Kind::ended ? 0 : -1;
}

int bio_read(BIO* bio, char* data, int size) {
  const auto* socket = static_cast<const Socket*>(BIO_get_data(bio));
  return bio_result(bio, socket->read(data, static_cast<size_t>(size)), true);
}

int bio_write(BIO* bio, const char* data, int size) {
  const auto* socket = static_cast<const Socket*>(BIO_get_data(bio));
  return bio_result(bio, socket->write(data, static_cast<size_t>(size)), false);
}

long bio_control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* socket_method() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "wsman socket");
    BIO_meth_set_read(made, bio_read);
    BIO_meth_set_write(made, bio_write);
    BIO_meth_set_ctrl(made, bio_control);
    return made;
  }();
  return method;
}

void attach(SSL* ssl, const Socket& socket) {
  BIO* bio = BIO_new(socket_method());
  BIO_set_data(bio, const_cast<Socket*>(&socket));
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl, bio, bio);
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

Error handshake_error(const Endpoint& endpoint, const Verification& verification) {
  if (!verification.failures.empty()) {
    return certificate_error(endpoint, verification.certificate.get(), verification.failures);
  }
  const unsigned long code = ERR_peek_error();
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

Status shake_hands(SSL* ssl, const Socket& socket, const Endpoint& endpoint,
                   const Verification& verification, const Call& call) {
  const Phase phase{"the TLS handshake with " + endpoint.display()};
  for (;;) {
    ERR_clear_error();
    const int code = SSL_connect(ssl);
    if (code == 1) return Done{};
    const int why = SSL_get_error(ssl, code);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
      return handshake_error(endpoint, verification);
    }
    const WaitFor what = why == SSL_ERROR_WANT_READ ? WaitFor::readable : WaitFor::writable;
    const WaitResult waited = wait_for(socket.descriptor(), what, call);
    if (waited != WaitResult::ready) return stopped_error(waited, call, phase);
  }
}

}  // namespace

void prepare_context(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context, verify_chain, nullptr);
}

Result<TlsStream> TlsStream::handshake(const Socket& socket, const TransportOptions& options,
                                       const Call& call) {
  Result<std::shared_ptr<SSL_CTX>> context = trusted_context(options.trusted_ca_path);
  if (!context.ok()) return context.error();
  TlsStream stream(SSL_new(context.value().get()));
  SSL* ssl = stream.ssl_.get();
  if (ssl == nullptr) return Error{ErrorCode::internal, "OpenSSL made no connection.", 0, {}};
  Verification verification{options.checks, {}, nullptr};
  SSL_set_ex_data(ssl, verification_index(), &verification);
  attach(ssl, socket);
  expect_name(ssl, options);
  const Status shaken = shake_hands(ssl, socket, options.endpoint, verification, call);
  SSL_set_ex_data(ssl, verification_index(), nullptr);
  if (!shaken.ok()) return shaken.error();
  return stream;
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
      ERR_clear_error();
      return {IoResult::Kind::failed, 0, 0};
  }
}

IoResult TlsStream::read(char* data, size_t size) {
  ERR_clear_error();
  return io_result(SSL_read(ssl_.get(), data, static_cast<int>(size)));
}

IoResult TlsStream::write(const char* data, size_t size) {
  ERR_clear_error();
  return io_result(SSL_write(ssl_.get(), data, static_cast<int>(size)));
}

bool TlsStream::is_stale() {
  char octet = 0;
  ERR_clear_error();
  // A peek takes in what is no data, such as a session ticket, and finds nothing then.
  return io_result(SSL_peek(ssl_.get(), &octet, 1)).kind != IoResult::Kind::would_block;
}

void TlsStream::say_goodbye_unheard() {
  ERR_clear_error();
  (void)SSL_shutdown(ssl_.get());
  ERR_clear_error();
}

bool TlsStream::say_goodbye(const Socket& socket, const Call& call) {
  ERR_clear_error();
  int code = SSL_shutdown(ssl_.get());
  while (code < 0 && SSL_get_error(ssl_.get(), code) == SSL_ERROR_WANT_WRITE) {
    if (wait_for(socket.descriptor(), WaitFor::writable, call) != WaitResult::ready) return false;
    ERR_clear_error();
    code = SSL_shutdown(ssl_.get());
  }
  if (code < 0) return false;
  while (code != 1) {
    if (wait_for(socket.descriptor(), WaitFor::readable, call) != WaitResult::ready) break;
    ERR_clear_error();
    code = SSL_shutdown(ssl_.get());
    // Data, or a broken connection, instead of the peer's goodbye: ours was said.
    if (code < 0 && SSL_get_error(ssl_.get(), code) != SSL_ERROR_WANT_READ) break;
  }
  return true;
}

}  // namespace wsman
