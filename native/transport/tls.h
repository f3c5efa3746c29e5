// TLS over a socket: the handshake with its checks, octets in and out, and the goodbye.
#ifndef WSMAN_TRANSPORT_TLS_H_
#define WSMAN_TRANSPORT_TLS_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "transport/revocation.h"
#include "transport/socket.h"
#include "transport/tls_sessions.h"
#include "transport/transport.h"

namespace wsman {

// The error where the server does not accept the client's certificate, or wants one. `objection` is
// what TlsStream::objection() says.
Error refused_identity(const TransportOptions& options, const std::string& objection);

// Sets what holds for every connection over `context`: versions, modes and the verification.
void prepare_context(SSL_CTX* context);

class TlsStream {
 public:
  // Shakes hands over `socket`, which must outlive the stream, as must `sessions`. Checks chain,
  // name, validity, purpose and revocation but for what `options.checks` leaves out. Fails with
  // certificate (the message says which check, with the certificate's names and issuer), tls,
  // connection_lost, timed_out, cancelled or closed.
  static Result<TlsStream> handshake(const Socket& socket, const TransportOptions& options,
                                     TlsSessions& sessions, const Call& call);

  IoResult read(char* data, size_t size);
  IoResult write(const char* data, size_t size);

  // After would_block: whether the stream waits to write rather than to read.
  bool wants_write() const { return wants_write_; }

  // After a failed read or write: whether the peer said that it does not accept the client's
  // certificate, or the lack of one, and its reason ("unknown CA"). Empty otherwise.
  const std::string& objection() const { return objection_; }

  // "TLS 1.3".
  std::string version() const;

  // The server's own certificate in DER, for channel bindings [RFC 5929 4].
  std::string leaf_certificate() const;

  // What is known of the certificate's revocation; of a resumed session, what was known at first.
  Revocation revocation() const { return revocation_; }

  // True if the peer has hung up, or sent octets that nobody asked for, since the last answer.
  bool is_stale();

  // Sends close_notify if that takes no waiting.
  void say_goodbye_unheard();

  // Sends close_notify and waits for the peer's until `call` is over. False if ours was not sent.
  bool say_goodbye(const Socket& socket, const Call& call);

 private:
  struct Free {
    void operator()(SSL* ssl) const {
      TlsSessions::detach(ssl);
      SSL_free(ssl);
    }
  };
  struct FreeCertificate {
    void operator()(X509* certificate) const { X509_free(certificate); }
  };
  explicit TlsStream(SSL* ssl) : ssl_(ssl) {}
  bool show_identity(const ClientIdentity& identity);
  IoResult io_result(int code);

  std::unique_ptr<SSL, Free> ssl_;
  std::unique_ptr<X509, FreeCertificate> accepted_;  // Only with a client certificate.
  bool shows_identity_ = false;
  bool wants_write_ = false;
  std::string objection_;
  Revocation revocation_ = Revocation::unknown;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_TLS_H_
