// The trusted certificate authorities: stores that the whole process shares.
//
// Loading a system's bundle takes tens of milliseconds, so all connections share one store for each
// value of TrustedCAPath, and the bundle waits for a chain that nothing else ends. The store is
// loaded again when one of its files has changed.
#ifndef WSMAN_TRANSPORT_TLS_TRUST_STORE_H_
#define WSMAN_TRANSPORT_TLS_TRUST_STORE_H_

#include <openssl/ssl.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/call.h"
#include "base/error.h"

namespace wsman::tls {

// The bundle of the system's authorities, of which most chains need none: it is read into the store
// for the first chain that does. Safe from any thread.
class SystemBundle {
 public:
  explicit SystemBundle(std::string pem) : pem_(std::move(pem)) {}

  bool is_read() const { return is_read_.load(); }

  // Throws std::bad_alloc.
  void read_into(X509_STORE* store);

 private:
  std::atomic<bool> is_read_{false};
  std::mutex mutex_;
  std::string pem_;
};

struct Trust {
  std::shared_ptr<SSL_CTX> context;
  bool has_crls = false;  // The store holds certificate revocation lists.
  // The files of a folder that were passed over, each with the reason: "\"a.pem\" is no regular
  // file".
  std::vector<std::string> passed_over = {};
  std::shared_ptr<SystemBundle> bundle = {};  // Null if all there is to read has been read.
};

// A context for client connections over the system's authorities (SSL_CERT_FILE and SSL_CERT_DIR
// are obeyed) and, if it is not empty, those in `trusted_ca_path`: a file in PEM, DER or PKCS#7, or
// a folder of files ending in .pem, .crt, .cer, .der, .crl or .p7b, which may hold revocation lists
// too. TLS 1.2 or later. Fails with certificate, naming the path, if a file that was named cannot
// be read, or a .crl of a folder, or none of it; or as a stopped call does, while another one reads
// the same files. Safe from any thread.
Result<Trust> trusted_context(const std::string& trusted_ca_path, const Call& call);

// Has the next connection read the authorities again. OpenSSL keeps with a certificate what it
// found out about it, and keeps so that it had no memory to find it out.
void read_anew(const std::string& trusted_ca_path);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_TRUST_STORE_H_
