// The server's end of a TLS without a socket, as CredSSP has it.
#ifndef WSMAN_TESTS_NATIVE_FAKES_TLS_FAR_END_H_
#define WSMAN_TESTS_NATIVE_FAKES_TLS_FAR_END_H_

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <array>
#include <string>

#include "fakes/tls_identity.h"

namespace wsman::testing {

class TlsFarEnd {
 public:
  // Of one version of TLS, and below 1.3 of one cipher if it is named.
  explicit TlsFarEnd(int version, const char* cipher = nullptr,
                     const TlsIdentity& shown = identity())
      : ssl_(SSL_new(shown.context())), in_(BIO_new(BIO_s_mem())), out_(BIO_new(BIO_s_mem())) {
    SSL_set_bio(ssl_, in_, out_);
    SSL_set_min_proto_version(ssl_, version);
    SSL_set_max_proto_version(ssl_, version);
    if (cipher != nullptr) SSL_set_cipher_list(ssl_, cipher);
    SSL_set_accept_state(ssl_);
  }
  ~TlsFarEnd() { SSL_free(ssl_); }
  TlsFarEnd(const TlsFarEnd&) = delete;
  TlsFarEnd& operator=(const TlsFarEnd&) = delete;

  // Takes records, and gives those that answer them.
  std::string shake_hands(const std::string& records) {
    feed(records);
    SSL_do_handshake(ssl_);
    return taken();
  }

  std::string seal(const std::string& plain) {
    size_t written = 0;
    SSL_write_ex(ssl_, plain.data(), plain.size(), &written);
    return taken();
  }

  // What the records carry; "" if they are none.
  std::string unseal(const std::string& records) {
    feed(records);
    std::string plain;
    std::array<char, 16384> piece{};
    size_t size = 0;
    while (SSL_read_ex(ssl_, piece.data(), piece.size(), &size) == 1) {
      plain.append(piece.data(), size);
    }
    return plain;
  }

  bool is_shaken() const { return SSL_is_init_finished(ssl_) == 1; }

  std::string goodbye() {
    SSL_shutdown(ssl_);
    return taken();
  }

  SSL* ssl() const { return ssl_; }

  // One for all, because to make a key takes longer than to use it.
  static const TlsIdentity& identity() {
    static const TlsIdentity one("DNS:whoever");
    return one;
  }

 private:
  void feed(const std::string& records) {
    if (!records.empty()) BIO_write(in_, records.data(), static_cast<int>(records.size()));
  }

  std::string taken() {
    std::string records(BIO_ctrl_pending(out_), '\0');
    if (!records.empty()) BIO_read(out_, records.data(), static_cast<int>(records.size()));
    return records;
  }

  SSL* ssl_;
  BIO* in_;  // Both belong to `ssl_`.
  BIO* out_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_TLS_FAR_END_H_
