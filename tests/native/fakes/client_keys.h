// A client's key and certificate, made for one test.
#ifndef WSMAN_TESTS_NATIVE_FAKES_CLIENT_KEYS_H_
#define WSMAN_TESTS_NATIVE_FAKES_CLIENT_KEYS_H_

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace wsman::testing {

// What the certificate is like.
struct KeyTraits {
  std::string name = "someone";
  std::string usage = "clientAuth";  // Extended key usage; empty: none.
  long valid_from = -3600;           // Seconds from now.
  long valid_until = 3600;
  unsigned rsa_bits = 0;  // 0: a key of P-256.
};

// Self-signed, so that who trusts it needs nothing else.
class ClientKeys {
 public:
  explicit ClientKeys(const KeyTraits& traits = {});

  X509* certificate() const { return certificate_.get(); }

  std::string der() const;
  std::string private_key() const;  // PKCS#8 in DER.
  std::string certificate_pem() const;
  std::string key_pem(const std::string& password = "") const;
  std::string pkcs12(const std::string& password = "") const;

 private:
  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_CLIENT_KEYS_H_
