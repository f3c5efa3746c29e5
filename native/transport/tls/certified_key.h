// The certificate of a client in a TLS handshake, with the certificates of its issuers and its
// private key.
#ifndef WSMAN_TRANSPORT_TLS_CERTIFIED_KEY_H_
#define WSMAN_TRANSPORT_TLS_CERTIFIED_KEY_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "transport/tls/openssl.h"
#include "transport/transport.h"

namespace wsman::tls {

// Immutable, so safe from any thread. OpenSSL holds the key, and cleanses it with the last
// reference.
class CertifiedKey {
 public:
  // Reads the certificate and key of `source`, or its file, and checks whether a server could
  // accept them. Fails with invalid_argument, naming the certificate or the file, if there is none,
  // if it cannot be read or is encrypted, if the key is missing or belongs to another certificate,
  // or if the certificate is not valid now or not meant for clients.
  static Result<std::shared_ptr<const CertifiedKey>> load(ClientCertificate source);

  // Has the connection present it whenever the server asks. False if OpenSSL does not accept it.
  bool show(SSL* ssl) const;

  // "CN=someone", for messages.
  std::string subject() const;

  // The file that it was read from, if others than its owner may read it and so the key; or empty.
  const std::string& shared_file() const { return shared_file_; }

 private:
  CertifiedKey() = default;
  static Result<std::shared_ptr<const CertifiedKey>> read(const ClientCertificate& source);
  Status read_parts(const ClientCertificate& source);
  Status read_file(const std::string& path);
  Status read_pem(std::string_view text, const std::string& path);
  Status read_pkcs12(std::string_view bytes, const std::string& path);
  Status check() const;

  std::string shared_file_;
  std::vector<Certificate> chain_;  // The client's own first.
  PrivateKey key_;
};

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_CERTIFIED_KEY_H_
