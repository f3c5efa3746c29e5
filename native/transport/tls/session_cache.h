// The cache of TLS sessions to resume, for the connections of one transport.
//
// A resumed handshake verifies no certificate. So a session may be resumed only where the full
// handshake would have had the same result: by the same transport (same host, same options), over
// the same trust store, and never after a handshake with skipped checks.
#ifndef WSMAN_TRANSPORT_TLS_SESSION_CACHE_H_
#define WSMAN_TRANSPORT_TLS_SESSION_CACHE_H_

#include <openssl/ssl.h>

#include <mutex>

#include "transport/tls/openssl.h"

namespace wsman::tls {

// Safe from any thread. Outlives every connection that was given to it.
class SessionCache {
 public:
  // Has `context` report new sessions to the SessionCache of their connection.
  static void prepare_context(SSL_CTX* context);

  // Offers the kept session to a new connection if its context is the same, and keeps the session
  // that the server gives to the connection. To be called before the handshake.
  void attach(SSL* ssl);

  // Ends the reports of this connection. To be called before it is freed.
  static void detach(SSL* ssl);

 private:
  static int on_new_session(SSL* ssl, SSL_SESSION* session);

  std::mutex mutex_;
  Owned<SSL_SESSION, SSL_SESSION_free> session_;
  Owned<SSL_CTX, SSL_CTX_free> context_;  // The context of session_.
};

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_SESSION_CACHE_H_
