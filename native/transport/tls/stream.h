// TLS over a socket: the handshake with its checks, reads and writes, and close_notify.
#ifndef WSMAN_TRANSPORT_TLS_STREAM_H_
#define WSMAN_TRANSPORT_TLS_STREAM_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "transport/net/socket.h"
#include "transport/tls/openssl.h"
#include "transport/tls/revocation.h"
#include "transport/tls/session_cache.h"
#include "transport/transport.h"

namespace wsman::tls {

// The error for a server that refuses the client's certificate, or demands one.
// `client_certificate_refusal` is that of the Stream.
Error client_certificate_refused(const TransportOptions& options,
                                 const std::string& client_certificate_refusal);

class Stream {
 public:
  // Makes the handshake over `socket`. `socket` and `sessions` outlive the stream. Checks chain,
  // name, validity, purpose and revocation, except those that `options.checks` leaves out. Fails
  // with certificate (the message says which check, with the certificate's names and issuer), tls,
  // connection_lost, timed_out, cancelled or closed.
  static Result<Stream> handshake(const net::Socket& socket, const TransportOptions& options,
                                  SessionCache& sessions, const Call& call);

  // Both throw std::bad_alloc if OpenSSL had no memory for it.
  net::IoResult read(char* data, size_t size);
  net::IoResult write(const char* data, size_t size);

  // After would_block: whether the stream waits to write rather than to read.
  bool wants_write() const { return wants_write_; }

  // After a failed read or write: the alert by which the peer refused the client's certificate, or
  // the lack of one ("it has expired"). Empty if there was no such alert.
  const std::string& client_certificate_refusal() const { return certificate_refusal_; }

  // Whether the peer has asked for a client certificate, or for a handshake to ask in, and none was
  // shown. It need not insist on one.
  bool lacks_certificate() const;

  // "TLS 1.3".
  std::string version() const;

  // The server's own certificate in DER, for channel bindings [RFC 5929 4].
  std::string leaf_certificate() const;

  // The revocation status of the server's certificate. For a resumed session, that of its first
  // handshake.
  Revocation revocation() const { return revocation_; }

  // True if the peer has closed the connection, or sent data without a request, since the last
  // answer.
  bool is_stale();

  // Sends close_notify if that does not block.
  void say_goodbye_unheard();

  // Sends close_notify and waits for the peer's within the bounds of `call`. False if ours was not
  // sent.
  bool say_goodbye(const net::Socket& socket, const Call& call);

 private:
  struct Free {
    void operator()(SSL* ssl) const {
      SessionCache::detach(ssl);
      SSL_free(ssl);
    }
  };
  explicit Stream(SSL* ssl) : ssl_(ssl) {}
  bool show_certified_key(const CertifiedKey& identity);
  net::IoResult io_result(int code);

  std::unique_ptr<SSL, Free> ssl_;
  Certificate accepted_;  // Kept only with a client certificate, for verify_again().
  bool shows_identity_ = false;
  bool wants_write_ = false;
  std::string certificate_refusal_;
  Revocation revocation_ = Revocation::unknown;
};

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_STREAM_H_
