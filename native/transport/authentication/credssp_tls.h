// The TLS of CredSSP: octets in, octets out, without a socket.
//
// It runs inside HTTP, with certificates that servers make for themselves: neither their names nor
// their issuers say anything. Who is at the other end is proved by what is said inside
// (public_key_proof), so nothing is verified here and no name is asked for. Nothing is resumed
// either, because what was proved belongs to one handshake.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TLS_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TLS_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "transport/sealing.h"

namespace wsman {

// One thread at a time. Every error is a few words: what is wrong. After one, the TLS is of no
// further use.
class CredsspTls {
 public:
  // Null if OpenSSL makes none.
  static std::unique_ptr<CredsspTls> open();

  // Takes the server's records, none at first, and appends ours.
  Status shake_hands(std::string_view records, std::string& ours);
  bool is_shaken() const { return SSL_is_init_finished(ssl_.get()) == 1; }

  // The content of SubjectPublicKey in the server's certificate; empty without one.
  std::string server_key() const;

  // The records that carry `plain`. TLS of OpenSSL carries nothing that is empty.
  Result<std::string> seal(std::string_view plain);

  // The record that carries a piece of a message, up to kMostInTlsRecord octets. As its signature
  // counts what is as long as the trailer of the record, wherever that stands [MS-WSMV 2.2.9.1.2].
  Result<Sealed> seal_piece(std::string_view plain);

  // What whole records carry, which may be nothing: some are only for the TLS itself.
  Result<std::string> unseal(std::string_view records);

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };

  CredsspTls(SSL* ssl, BIO* in, BIO* out) : ssl_(ssl), in_(in), out_(out) {}
  size_t before_cipher() const;
  bool feed(std::string_view records);
  void take_ours(std::string& ours);

  std::unique_ptr<SSL, Free> ssl_;
  BIO* in_;  // Both belong to `ssl_`.
  BIO* out_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TLS_H_
