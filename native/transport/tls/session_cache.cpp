#include "transport/tls/session_cache.h"

namespace wsman::tls {
namespace {

int sessions_index() {
  static const int index = kept_index(SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr));
  return index;
}

}  // namespace

void SessionCache::prepare_context(SSL_CTX* context) {
  // Not OpenSSL's own store: that belongs to the context, which transports with other hosts and
  // options share. The callback is needed, since with TLS 1.3 the session comes after the handshake
  // [RFC 8446 4.6.1].
  // Before the callback asks for it, where nothing may be thrown.
  (void)sessions_index();
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, on_new_session);
}

void SessionCache::attach(SSL* ssl) {
  SSL_set_ex_data(ssl, sessions_index(), this);
  const std::lock_guard<std::mutex> lock(mutex_);
  // A changed trust store has a new context. A session from before it was verified by other
  // authorities.
  if (!session_ || context_.get() != SSL_get_SSL_CTX(ssl)) return;
  // A ticket of TLS 1.3 should be used once, because two uses can be linked to one client [RFC 8446
  // C.4]. The new connection brings new ones.
  SSL_set_session(ssl, session_.get());
  session_.reset();
}

void SessionCache::detach(SSL* ssl) { SSL_set_ex_data(ssl, sessions_index(), nullptr); }

int SessionCache::on_new_session(SSL* ssl, SSL_SESSION* session) {
  auto* sessions = static_cast<SessionCache*>(SSL_get_ex_data(ssl, sessions_index()));
  // A connection with skipped checks or with a client certificate has no cache (stream.cpp). 0
  // leaves the reference with OpenSSL.
  if (sessions == nullptr) return 0;
  SSL_CTX* context = SSL_get_SSL_CTX(ssl);
  const std::lock_guard<std::mutex> lock(sessions->mutex_);
  if (sessions->context_.get() != context) {
    // Held, because the address of a context that is freed could be that of the next one, which
    // would then be taken for the same.
    SSL_CTX_up_ref(context);
    sessions->context_.reset(context);
  }
  sessions->session_.reset(session);
  return 1;  // The reference is ours now.
}

}  // namespace wsman::tls
