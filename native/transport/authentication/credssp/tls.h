// The TLS of CredSSP: bytes in, bytes out, without a socket.
//
// It runs inside HTTP, with certificates that servers make for themselves: neither their names nor
// their issuers say anything. The server proves its identity inside this TLS (public_key_proof), so
// nothing is verified here and no name is asked for. Nothing is resumed either, because the proof
// belongs to one handshake.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TLS_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TLS_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "transport/http/multipart_encrypted.h"
#include "transport/tls/openssl.h"

namespace wsman::credssp {

// One thread at a time. Every error is a few words on the cause; where OpenSSL failed for lack of
// memory, std::bad_alloc is thrown. After either the TLS is of no further use.
class Tls {
 public:
  // Fails if OpenSSL makes none, with a whole sentence, also for lack of memory.
  static Result<std::unique_ptr<Tls>> open();
  Tls(const Tls&) = delete;
  Tls& operator=(const Tls&) = delete;

  // Takes the server's records, none at first, and appends ours.
  Status shake_hands(std::string_view records, std::string& ours);
  bool is_shaken() const { return SSL_is_init_finished(ssl_.get()) == 1; }

  // The content of SubjectPublicKey in the server's certificate; empty without one.
  std::string server_key() const;

  // The records that carry `plain`. Fails if it is empty, because OpenSSL sends no record for it.
  Result<std::string> seal(std::string_view plain);

  // The record that carries a piece of a message, up to kMostInTlsRecord bytes. Its signature is as
  // long as the trailer of the record, wherever that trailer stands [MS-WSMV 2.2.9.1.2].
  Result<http::Sealed> seal_piece(std::string_view plain);

  // The content of whole records. It may be empty: some records are only for the TLS itself.
  Result<std::string> unseal(std::string_view records);

 private:
  explicit Tls(tls::Ssl ssl)
      : ssl_(std::move(ssl)), in_(SSL_get_rbio(ssl_.get())), out_(SSL_get_wbio(ssl_.get())) {}
  static void note_lack(int is_written, int version, int type, const void* message, size_t size,
                        SSL* ssl, void* self);
  void begin_step();
  Error broken(const std::string& otherwise) const;
  size_t before_cipher() const;
  bool feed(std::string_view records);
  void take_ours(std::string& ours);

  tls::Ssl ssl_;
  BIO* in_;  // Both belong to `ssl_`.
  BIO* out_;
  bool lacked_memory_ = false;
};

}  // namespace wsman::credssp

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_TLS_H_
