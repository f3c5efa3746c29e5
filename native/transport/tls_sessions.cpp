#include "transport/tls_sessions.h"

namespace wsman {
namespace {

int sessions_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

}  // namespace

void TlsSessions::prepare_context(SSL_CTX* context) {
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, on_new_session);
}

void TlsSessions::attach(SSL* ssl) {
  SSL_set_ex_data(ssl, sessions_index(), this);
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!session_ || context_.get() != SSL_get_SSL_CTX(ssl)) return;
  // TLS 1.3 tickets are for one use; the new connection brings new ones.
  SSL_set_session(ssl, session_.get());
  session_.reset();
}

void TlsSessions::detach(SSL* ssl) { SSL_set_ex_data(ssl, sessions_index(), nullptr); }

int TlsSessions::on_new_session(SSL* ssl, SSL_SESSION* session) {
  auto* sessions = static_cast<TlsSessions*>(SSL_get_ex_data(ssl, sessions_index()));
  if (sessions == nullptr) return 0;
  SSL_CTX* context = SSL_get_SSL_CTX(ssl);
  const std::lock_guard<std::mutex> lock(sessions->mutex_);
  if (sessions->context_.get() != context) {
    SSL_CTX_up_ref(context);
    sessions->context_.reset(context);
  }
  sessions->session_.reset(session);
  return 1;  // The reference is ours now.
}

}  // namespace wsman
