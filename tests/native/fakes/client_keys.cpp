#include "fakes/client_keys.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <stdexcept>

#include "fakes/tls_identity.h"

namespace wsman::testing {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

std::string content(const Bio& bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<size_t>(size)};
}

template <typename Write>
std::string written(const Write& write) {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free);
  if (write(bio.get()) != 1) throw std::runtime_error("OpenSSL writes no key for the test");
  return content(bio);
}

}  // namespace

ClientKeys::ClientKeys(const KeyTraits& traits)
    : key_(traits.rsa_bits > 0 ? EVP_RSA_gen(traits.rsa_bits) : EVP_EC_gen("P-256"), EVP_PKEY_free),
      certificate_(X509_new(), X509_free) {
  X509* certificate = certificate_.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7);
  X509_gmtime_adj(X509_getm_notBefore(certificate), traits.valid_from);
  X509_gmtime_adj(X509_getm_notAfter(certificate), traits.valid_until);
  X509_NAME* subject = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(traits.name.c_str()), -1, -1,
                             0);
  X509_set_issuer_name(certificate, subject);
  X509_set_pubkey(certificate, key_.get());
  if (!traits.usage.empty()) add_extension(certificate, NID_ext_key_usage, traits.usage);
  if (X509_sign(certificate, key_.get(), EVP_sha256()) == 0) {
    throw std::runtime_error("no certificate for the test");
  }
}

std::string ClientKeys::der() const {
  return written([&](BIO* bio) { return i2d_X509_bio(bio, certificate_.get()); });
}

std::string ClientKeys::private_key() const {
  return written([&](BIO* bio) { return i2d_PKCS8PrivateKeyInfo_bio(bio, key_.get()); });
}

std::string ClientKeys::certificate_pem() const {
  return written([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate_.get()); });
}

std::string ClientKeys::key_pem(const std::string& password) const {
  return written([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(
        bio, key_.get(), password.empty() ? nullptr : EVP_aes_128_cbc(), password.data(),
        static_cast<int>(password.size()), nullptr, nullptr);
  });
}

std::string ClientKeys::pkcs12(const std::string& password) const {
  const std::unique_ptr<PKCS12, decltype(&PKCS12_free)> file(
      PKCS12_create(password.c_str(), "key", key_.get(), certificate_.get(), nullptr, 0, 0, 0, 0,
                    0),
      PKCS12_free);
  if (!file) throw std::runtime_error("no PKCS#12 for the test");
  return written([&](BIO* bio) { return i2d_PKCS12_bio(bio, file.get()); });
}

}  // namespace wsman::testing
