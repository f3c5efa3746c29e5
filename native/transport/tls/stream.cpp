#include "transport/tls/stream.h"

#include <openssl/err.h>

#include <new>
#include <utility>

#include "base/codes.h"
#include "base/secret_memory.h"
#include "base/wait.h"
#include "transport/tls/certificate_error.h"
#include "transport/tls/certified_key.h"
#include "transport/tls/context.h"
#include "transport/tls/reasons.h"
#include "transport/tls/socket_bio.h"
#include "transport/tls/trust_store.h"
#include "transport/tls/verification.h"

namespace wsman::tls {
namespace {

bool checks_everything(const CertificateChecks& checks) {
  return !checks.skip_ca && !checks.skip_cn && !checks.skip_revocation;
}

int request_index() {
  static const int index = kept_index(SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr));
  return index;
}

// Notes a CertificateRequest, and a HelloRequest: HTTP.sys and Apache ask for another handshake to
// have one in it, which a client without a certificate declines. Of what is written it is called
// for the head of each record.
void note_message(int is_written, int /*version*/, int type, const void* message, size_t size,
                  SSL* ssl, void* /*unused*/) {
  if (is_written != 0 && type == SSL3_RT_HEADER) note_lack(ssl);
  if (is_written != 0 || type != SSL3_RT_HANDSHAKE || size == 0) return;
  const int kind = *static_cast<const unsigned char*>(message);
  if (kind == SSL3_MT_CERTIFICATE_REQUEST || kind == SSL3_MT_HELLO_REQUEST)
    SSL_set_ex_data(ssl, request_index(), ssl);
}

// Whether a key or a hash is what it refuses as too weak.
bool is_about_age(unsigned long openssl_error) {
  const int reason = parts_of(openssl_error).reason;
  return reason == SSL_R_EE_KEY_TOO_SMALL || reason == SSL_R_CA_KEY_TOO_SMALL ||
         reason == SSL_R_CA_MD_TOO_WEAK;
}

bool has_request(const SSL* ssl) { return SSL_get_ex_data(ssl, request_index()) != nullptr; }

Error handshake_error(SSL* ssl, const TransportOptions& options, const Verification& verification) {
  const Endpoint& endpoint = options.endpoint;
  const Failure failure = take_failure();
  if (failure.lacked_memory || has_lacked_memory(ssl) || verification.lacked_memory())
    return out_of_memory();
  // First, because OpenSSL's own reason is only "certificate verify failed".
  if (!verification.failures().empty()) {
    return certificate_error(endpoint, verification.certificate(), verification.failures(),
                             verification.chain_end());
  }
  const bool shown = options.certified_key != nullptr;
  const std::string refusal = refusal_in_words(failure.code, shown || has_request(ssl));
  if (!refusal.empty()) return client_certificate_refused(options, refusal);
  const Reason reason = reason_in_words(failure.code, SSL_get_min_proto_version(ssl));
  AdviceList advice;
  if (!shown && has_request(ssl)) advice.emplace_back(AdviceKey::add_certificate_if_wanted);
  if (reason.advice != AdviceKey::allow_legacy_tls) {
    advice.emplace_back(reason.advice);
  } else if (options.legacy_tls) {
    // Even older than what the setting allows.
    advice.emplace_back(AdviceKey::update_server);
  } else {
    advice.push_back(advice_on_age(endpoint));
  }
  return make_error(ErrorCode::tls, code::kSslConnectionAborted,
                    "The TLS handshake with " + endpoint.display() + " failed: " + reason.words,
                    std::move(advice));
}

// The certificate is not for OpenSSL on this computer: the server has not been asked.
Error certificate_not_shown(const TransportOptions& options, unsigned long openssl_error) {
  const char* text = ERR_reason_error_string(openssl_error);
  return make_error(ErrorCode::invalid_argument, code::kClientInvalidCert,
                    "OpenSSL on this computer does not take the client certificate " +
                        options.certified_key->subject() + " (" +
                        (text != nullptr ? text : "no reason") + ")",
                    {AdviceKey::renew_certificate},
                    // Its policy is the computer's, and knows other weaknesses than these.
                    is_about_age(openssl_error) && !options.legacy_tls
                        ? "It is shown to servers that the client setting LegacyTLSHosts names."
                        : "");
}

Status shake_hands(SSL* ssl, const net::Socket& socket, const TransportOptions& options,
                   const Verification& verification, const Call& call) {
  const Phase phase{"the TLS handshake with " + options.endpoint.display()};
  bool lacked_memory = false;
  for (;;) {
    // SSL_connect() goes on where it stopped. Each call reads a bounded number of bytes
    // (socket_bio.h).
    begin_step(ssl);
    const int code = SSL_connect(ssl);
    lacked_memory = lacked_memory || has_lacked_memory(ssl);
    if (code == 1) {
      if (take_failure().lacked_memory || lacked_memory) return out_of_memory();
      return Done{};
    }
    const int why = SSL_get_error(ssl, code);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) {
      return handshake_error(ssl, options, verification);
    }
    const WaitFor what = why == SSL_ERROR_WANT_READ ? WaitFor::readable : WaitFor::writable;
    const WaitResult waited = wait_for(socket.descriptor(), what, call);
    if (waited != WaitResult::ready) return stopped_error(waited, call, phase);
  }
}

}  // namespace

Error client_certificate_refused(const TransportOptions& options,
                                 const std::string& client_certificate_refusal) {
  const std::string where = options.endpoint.display();
  if (options.certified_key == nullptr) {
    return make_error(ErrorCode::tls, code::kSslConnectionAborted,
                      where + " wants a client certificate", {AdviceKey::add_certificate_or_port});
  }
  return make_error(ErrorCode::access_denied, code::kAccessDenied,
                    "Access is denied: " + where + " refused the client certificate " +
                        options.certified_key->subject() + ": " + client_certificate_refusal,
                    {AdviceKey::check_client_authority});
}

Result<Stream> Stream::handshake(const net::Socket& socket, const TransportOptions& options,
                                 SessionCache& sessions, const Call& call) {
  const Result<Trust> trust = trusted_context(options.trusted_ca_path, call);
  if (!trust.ok()) return trust.error();
  forget_failures();
  Stream stream(SSL_new(trust.value().context.get()));
  SSL* ssl = stream.ssl_.get();
  if (ssl == nullptr || !attach_socket(ssl, socket)) return cannot_begin_tls();
  // Before the callback asks for it, where nothing may be thrown.
  (void)request_index();
  SSL_set_msg_callback(ssl, note_message);
  if (options.legacy_tls && !allow_legacy(ssl)) return cannot_begin_tls();
  Verification verification(options.checks, trust.value());
  const Status expected = verification.begin(ssl, options.endpoint);
  if (!expected.ok()) return expected.error();
  // No resumption with a client certificate: HTTP.sys answers it with 503. None after skipped
  // checks either, because a resumed handshake checks nothing.
  if (options.certified_key) {
    if (!stream.show_certified_key(*options.certified_key)) {
      const Failure failure = take_failure();
      if (failure.lacked_memory) return out_of_memory();
      return certificate_not_shown(options, failure.code);
    }
  } else if (checks_everything(options.checks)) {
    sessions.attach(ssl);
  }
  const Status shaken = shake_hands(ssl, socket, options, verification, call);
  // Before any return, because `verification` ends with this function, and a renegotiation would
  // call it later.
  verification.end(ssl);
  if (!shaken.ok()) {
    // Also of a certificate error, which may be one for lack of memory.
    const ErrorCode code = shaken.error().code;
    if (code == ErrorCode::certificate || code == ErrorCode::internal)
      read_anew(options.trusted_ca_path);
    return shaken.error();
  }
  if (options.certified_key) {
    // The peer of a renegotiation has to be the server that this handshake verified.
    stream.accepted_.reset(SSL_get1_peer_certificate(ssl));
    // Without it a renegotiation accepts nobody.
    Verification::expect_again(ssl, stream.accepted_.get());
  }
  stream.revocation_ =
      options.checks.skip_revocation ? Revocation::skipped : remembered(SSL_get_session(ssl));
  return stream;
}

// HTTP.sys and Apache ask for the certificate in the handshake, or once they have read the request
// and know its path: by a renegotiation in TLS 1.2, by post-handshake authentication in TLS 1.3
// [RFC 8446 4.6.2].
bool Stream::show_certified_key(const CertifiedKey& identity) {
  SSL_clear_options(ssl_.get(), SSL_OP_NO_RENEGOTIATION);
  SSL_set_post_handshake_auth(ssl_.get(), 1);
  shows_identity_ = identity.show(ssl_.get());
  return shows_identity_;
}

bool Stream::lacks_certificate() const { return !shows_identity_ && has_request(ssl_.get()); }

std::string Stream::version() const {
  const std::string name = SSL_get_version(ssl_.get());  // "TLSv1.3"
  if (name == "TLSv1") return "TLS 1.0";
  return name.starts_with("TLSv") ? "TLS " + name.substr(4) : name;
}

std::string Stream::leaf_certificate() const {
  const X509* leaf = SSL_get0_peer_certificate(ssl_.get());
  const int size = leaf != nullptr ? i2d_X509(leaf, nullptr) : 0;
  if (size <= 0) return {};
  // Into memory of our own, which goes by itself where there is no more.
  std::string der(static_cast<size_t>(size), '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(der.data());
  return i2d_X509(leaf, &bytes) == size ? der : std::string();
}

net::IoResult Stream::io_result(int code) {
  if (code > 0) return {net::IoResult::Kind::moved, static_cast<size_t>(code), 0};
  const int why = SSL_get_error(ssl_.get(), code);
  wants_write_ = why == SSL_ERROR_WANT_WRITE;
  switch (why) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return {net::IoResult::Kind::would_block, 0, 0};
    case SSL_ERROR_ZERO_RETURN:
      return {net::IoResult::Kind::ended, 0, 0};
    // With TLS 1.3 the refusal of a client certificate arrives here: the client's handshake is over
    // before the server has verified it.
    default: {
      const Failure failure = take_failure();
      if (failure.lacked_memory || has_lacked_memory(ssl_.get())) throw std::bad_alloc();
      certificate_refusal_ =
          refusal_in_words(failure.code, shows_identity_ || has_request(ssl_.get()));
      return {net::IoResult::Kind::failed, 0, 0};
    }
  }
}

net::IoResult Stream::read(char* data, size_t size) {
  begin_step(ssl_.get());
  return io_result(SSL_read(ssl_.get(), data, static_cast<int>(size)));
}

net::IoResult Stream::write(const char* data, size_t size) {
  begin_step(ssl_.get());
  const int written = SSL_write(ssl_.get(), data, static_cast<int>(size));
  wipe_registers();  // OpenSSL has copied the authorization line.
  return io_result(written);
}

bool Stream::is_stale() {
  char byte = 0;
  begin_step(ssl_.get());
  // SSL_peek() reads records that are no data, such as a session ticket. Those alone do not make a
  // connection stale, though poll() sees their bytes.
  try {
    return io_result(SSL_peek(ssl_.get(), &byte, 1)).kind != net::IoResult::Kind::would_block;
  } catch (const std::bad_alloc&) {
    return true;
  }
}

void Stream::say_goodbye_unheard() {
  begin_step(ssl_.get());
  (void)SSL_shutdown(ssl_.get());
}

bool Stream::say_goodbye(const net::Socket& socket, const Call& call) {
  begin_step(ssl_.get());
  int code = SSL_shutdown(ssl_.get());
  // SSL_get_error() and not SSL_want_write(): the latter stays true after a write that failed for
  // good, and this loop would go on over a dead connection.
  while (code < 0 && SSL_get_error(ssl_.get(), code) == SSL_ERROR_WANT_WRITE) {
    if (wait_for(socket.descriptor(), WaitFor::writable, call) != WaitResult::ready) return false;
    begin_step(ssl_.get());
    code = SSL_shutdown(ssl_.get());
  }
  if (code < 0) return false;
  // 0 means that ours was sent. The peer's is waited for, because closing a socket with unread
  // bytes sends RST, which may overtake our close_notify [RFC 1122 4.2.2.13].
  while (code != 1) {
    if (wait_for(socket.descriptor(), WaitFor::readable, call) != WaitResult::ready) break;
    begin_step(ssl_.get());
    code = SSL_shutdown(ssl_.get());
    // Data, or a broken connection, instead of the peer's goodbye: ours was said.
    if (code < 0 && SSL_get_error(ssl_.get(), code) != SSL_ERROR_WANT_READ) break;
  }
  return true;
}

}  // namespace wsman::tls
