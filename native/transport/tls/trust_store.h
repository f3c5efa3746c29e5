// The trusted certificate authorities: stores that the whole process shares.
//
// Loading a system's bundle takes tens of milliseconds, so all connections share one store for each
// value of TrustedCAPath. The store is loaded again when one of its files has changed.
#ifndef WSMAN_TRANSPORT_TLS_TRUST_STORE_H_
#define WSMAN_TRANSPORT_TLS_TRUST_STORE_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"

namespace wsman::tls {

struct Trust {
  std::shared_ptr<SSL_CTX> context;
  bool has_crls = false;  // The store holds certificate revocation lists.
  // The files of a folder that were passed over, each with the reason: "\"a.pem\" is no regular
  // file".
  std::vector<std::string> passed_over = {};
};

// A context for client connections over the system's authorities (SSL_CERT_FILE and SSL_CERT_DIR
// are obeyed) and, if it is not empty, those in `trusted_ca_path`: a file in PEM, DER or PKCS#7, or
// a folder of files ending in .pem, .crt, .cer, .der, .crl or .p7b, which may hold revocation lists
// too. TLS 1.2 or later. Fails with certificate, naming the path, if a file that was named cannot
// be read, or a .crl of a folder, or none of it. Safe from any thread.
Result<Trust> trusted_context(const std::string& trusted_ca_path);

// Has the next connection read the authorities again. OpenSSL keeps with a certificate what it
// found out about it, and keeps so that it had no memory to find it out.
void read_anew(const std::string& trusted_ca_path);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_TRUST_STORE_H_
