// TLS sessions to resume, for the lanes of one transport.
//
// A resumed handshake verifies nothing, so a session may be taken only where the full handshake
// would have come to the same: by the same transport (same host, same options), over the same trust
// store, and never after a handshake with skipped checks.
#ifndef WSMAN_TRANSPORT_TLS_SESSIONS_H_
#define WSMAN_TRANSPORT_TLS_SESSIONS_H_

#include <openssl/ssl.h>

#include <memory>
#include <mutex>

namespace wsman {

// Safe from any thread. Outlives every connection that was given to it.
class TlsSessions {
 public:
  // Lets `context` report new sessions to the TlsSessions of their connection.
  static void prepare_context(SSL_CTX* context);

  // Offers the kept session to a new connection, if its context is the same, and keeps what the
  // connection will be given. To be called before the handshake.
  void attach(SSL* ssl);

  // Ends the reporting; to be called before the connection is freed.
  static void detach(SSL* ssl);

 private:
  struct Free {
    void operator()(SSL_SESSION* session) const { SSL_SESSION_free(session); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  static int on_new_session(SSL* ssl, SSL_SESSION* session);

  std::mutex mutex_;
  std::unique_ptr<SSL_SESSION, Free> session_;
  std::unique_ptr<SSL_CTX, Free> context_;  // The one that session_ came from.
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_TLS_SESSIONS_H_
