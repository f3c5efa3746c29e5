// The server's end of the TLS inside CredSSP: bytes in, bytes out.
#ifndef WSMAN_TESTS_SERVICE_GSS_CREDSSP_TLS_H
#define WSMAN_TESTS_SERVICE_GSS_CREDSSP_TLS_H

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gss/gss_options.h"
#include "tls/certificates.h"

namespace wsman::service {

// What all connections share: a certificate that the service has made for itself, as Windows does.
class CredsspTlsServer {
 public:
  explicit CredsspTlsServer(const GssOptions& options);

  SSL_CTX* context() const { return context_.get(); }
  const std::string& key() const { return key_; }              // The content of SubjectPublicKey.
  const std::string& other_key() const { return other_key_; }  // Of somebody in between.

 private:
  std::shared_ptr<SSL_CTX> context_;
  std::string key_;
  std::string other_key_;
};

class CredsspTls {
 public:
  explicit CredsspTls(const CredsspTlsServer& server);

  // Takes records, and gives those that answer them. Nothing if they are not what should come.
  std::optional<std::string> shake_hands(std::string_view records);
  bool is_shaken() const { return SSL_is_init_finished(ssl_.get()) == 1; }

  std::string seal(std::string_view text);
  std::optional<std::string> unseal(std::string_view records);

  // What a record has beside its text: before the cipher, and behind it.
  std::size_t before() const;
  std::size_t behind() const;

 private:
  std::string taken();

  std::unique_ptr<SSL, FreeWith<SSL_free>> ssl_;
  BIO* in_;  // Both belong to `ssl_`.
  BIO* out_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_CREDSSP_TLS_H
