// A TLS server's key and certificate, made for one test.
#ifndef WSMAN_TESTS_NATIVE_FAKES_TLS_IDENTITY_H_
#define WSMAN_TESTS_NATIVE_FAKES_TLS_IDENTITY_H_

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <functional>
#include <memory>
#include <string>

#include "support/scratch_folder.h"

namespace wsman::testing {

// Adds an extension to a certificate that issues itself, as OpenSSL writes its value. Throws
// std::runtime_error.
void add_extension(X509* certificate, int kind, const std::string& value);

// Self-signed unless it has an issuer, so that the certificate is its own authority: trusted where
// its file is named.
class TlsIdentity {
 public:
  // `names` as OpenSSL's subjectAltName takes them, such as "IP:127.0.0.1,DNS:localhost";
  // `extended_usage` as its extendedKeyUsage does, or empty for none.
  explicit TlsIdentity(const std::string& names, const std::string& extended_usage = "");

  // Called `common_name`, for 127.0.0.1, and signed by `issuer`.
  TlsIdentity(const std::string& common_name, const TlsIdentity& issuer);

  X509* certificate() const { return certificate_.get(); }
  SSL_CTX* context() const { return context_.get(); }

  // The certificate in PEM.
  const std::string& file() const { return file_; }

  // A revocation list of its own in PEM, which names the certificate or is empty. `days` from today
  // it ends.
  std::string revocation_list(bool names_itself, int days = 1) const;

 private:
  TlsIdentity(std::shared_ptr<EVP_PKEY> key,
              const std::function<std::shared_ptr<X509>(EVP_PKEY*)>& certified);

  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
  std::shared_ptr<SSL_CTX> context_;
  ScratchFolder folder_;
  std::string file_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_TLS_IDENTITY_H_
