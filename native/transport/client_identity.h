// What a client shows of itself in a TLS handshake: its certificate, those that issued it, its key.
#ifndef WSMAN_TRANSPORT_CLIENT_IDENTITY_H_
#define WSMAN_TRANSPORT_CLIENT_IDENTITY_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "transport/transport.h"

namespace wsman {

// Immutable, so safe from any thread. OpenSSL holds the key; it is cleansed with the last user.
class ClientIdentity {
 public:
  // Reads what is handed over or the file, and looks whether a server could accept it. Fails with
  // invalid_argument, naming the certificate or the file: there is none, it cannot be read or is
  // encrypted, the key is missing or another's, the certificate is not valid now, or is not meant
  // for clients.
  static Result<std::shared_ptr<const ClientIdentity>> load(ClientCertificate source);

  // Lets a connection show it, whenever the server asks. False if OpenSSL does not take it.
  bool show(SSL* ssl) const;

  // "CN=someone", for messages.
  std::string subject() const;

 private:
  struct Free {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  using Certificate = std::unique_ptr<X509, Free>;

  ClientIdentity() = default;
  Status read_parts(const ClientCertificate& source);
  Status read_file(const std::string& path);
  Status read_pem(std::string_view text, const std::string& path);
  Status read_pkcs12(std::string_view octets, const std::string& path);
  Status check() const;

  std::vector<Certificate> chain_;  // The client's own first.
  std::unique_ptr<EVP_PKEY, Free> key_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_CLIENT_IDENTITY_H_
