#include "transport/tls/channel_binding.h"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace wsman::testing {
namespace {

constexpr int kRsaBits = 2048;

EVP_PKEY* rsa_key() {
  static EVP_PKEY* const key = EVP_RSA_gen(kRsaBits);
  return key;
}

// A certificate in DER, signed with that hash; null for a key that has its own.
std::string certificate(EVP_PKEY* key, const EVP_MD* hash, bool pss = false) {
  const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(made.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
  X509_set_pubkey(made.get(), key);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> signer(EVP_MD_CTX_new(),
                                                                       EVP_MD_CTX_free);
  EVP_PKEY_CTX* parameters = nullptr;
  REQUIRE(EVP_DigestSignInit(signer.get(), &parameters, hash, nullptr, key) == 1);
  if (pss) REQUIRE(EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1);
  REQUIRE(X509_sign_ctx(made.get(), signer.get()) > 0);
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(made.get(), &bytes);
  REQUIRE(size > 0);
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

std::string expected(const std::string& der, const EVP_MD* hash) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  REQUIRE(EVP_Digest(der.data(), der.size(), digest, &size, hash, nullptr) == 1);
  return "tls-server-end-point:" + std::string(reinterpret_cast<const char*>(digest), size);
}

}  // namespace

TEST_SUITE("Channel binding") {
  TEST_CASE("The binding uses the hash of the certificate's signature") {
    for (const EVP_MD* hash : {EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
      const std::string der = certificate(rsa_key(), hash);
      CHECK(tls::end_point_binding(der).value() == expected(der, hash));
    }
  }

  TEST_CASE("The binding uses SHA-256 in place of MD5 and SHA-1") {
    for (const EVP_MD* hash : {EVP_md5(), EVP_sha1()}) {
      const std::string der = certificate(rsa_key(), hash);
      CHECK(tls::end_point_binding(der).value() == expected(der, EVP_sha256()));
    }
  }

  TEST_CASE("The binding reads the hash of RSASSA-PSS from its parameters") {
    const std::string der = certificate(rsa_key(), EVP_sha384(), true);
    CHECK(tls::end_point_binding(der).value() == expected(der, EVP_sha384()));
  }

  TEST_CASE("The binding uses SHA-256 if the signature names no hash") {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free);
    const std::string der = certificate(key.get(), nullptr);
    CHECK(tls::end_point_binding(der).value() == expected(der, EVP_sha256()));
  }

  TEST_CASE("Without a certificate that can be read there is no binding, and an error") {
    CHECK(tls::end_point_binding("").error().code == ErrorCode::tls);
    CHECK(tls::end_point_binding("no certificate").error().code == ErrorCode::tls);
  }
}

}  // namespace wsman::testing
