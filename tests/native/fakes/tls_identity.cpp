#include "fakes/tls_identity.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <stdexcept>
#include <utility>

namespace wsman::testing {
namespace {

constexpr long kOneHour = 3600;

std::shared_ptr<EVP_PKEY> new_key() { return {EVP_EC_gen("P-256"), EVP_PKEY_free}; }

// Not signed yet, and its own issuer.
std::shared_ptr<X509> certify(EVP_PKEY* key, const std::string& common_name,
                              const std::string& names, const std::string& extended_usage) {
  std::shared_ptr<X509> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kOneHour);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kOneHour);
  X509_NAME* subject = X509_get_subject_name(certificate.get());
  const auto* text = reinterpret_cast<const unsigned char*>(common_name.c_str());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, text, -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  X509_set_pubkey(certificate.get(), key);
  add_extension(certificate.get(), NID_subject_alt_name, names);
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  if (!extended_usage.empty()) {
    add_extension(certificate.get(), NID_ext_key_usage, extended_usage);
  }
  return certificate;
}

std::shared_ptr<X509> signed_by(EVP_PKEY* key, std::shared_ptr<X509> certificate) {
  if (X509_sign(certificate.get(), key, EVP_sha256()) == 0) {
    throw std::runtime_error("no certificate for the test");
  }
  return certificate;
}

std::shared_ptr<X509> issued_by(X509* issuer, std::shared_ptr<X509> certificate) {
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
  return certificate;
}

std::string write_pem(const ScratchFolder& folder, X509* certificate) {
  std::string name = folder.file("server.pem");
  FILE* file = std::fopen(name.c_str(), "w");
  if (file == nullptr) throw std::runtime_error("no file for the test");
  PEM_write_X509(file, certificate);
  (void)std::fclose(file);
  return name;
}

std::string pem_of(X509_CRL* list) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
  char* bytes = nullptr;
  if (PEM_write_bio_X509_CRL(memory.get(), list) != 1) {
    throw std::runtime_error("no revocation list for the test");
  }
  const long size = BIO_get_mem_data(memory.get(), &bytes);
  return {bytes, static_cast<size_t>(size)};
}

}  // namespace

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("no extension for the test: " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::string TlsIdentity::revocation_list(bool names_itself, int days) const {
  const std::unique_ptr<X509_CRL, decltype(&X509_CRL_free)> list(X509_CRL_new(), X509_CRL_free);
  const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> from(
      X509_time_adj_ex(nullptr, days - 2, 0, nullptr), ASN1_TIME_free);
  const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> until(
      X509_time_adj_ex(nullptr, days, 0, nullptr), ASN1_TIME_free);
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(certificate_.get()));
  X509_CRL_set1_lastUpdate(list.get(), from.get());
  X509_CRL_set1_nextUpdate(list.get(), until.get());
  if (names_itself) {
    X509_REVOKED* entry = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(certificate_.get()));
    X509_REVOKED_set_revocationDate(entry, from.get());
    X509_CRL_add0_revoked(list.get(), entry);
  }
  if (X509_CRL_sign(list.get(), key_.get(), EVP_sha256()) == 0) {
    throw std::runtime_error("no revocation list for the test");
  }
  return pem_of(list.get());
}

TlsIdentity::TlsIdentity(const std::string& names, const std::string& extended_usage)
    : TlsIdentity(new_key(), [&](EVP_PKEY* key) {
        return signed_by(key, certify(key, "a server of the tests", names, extended_usage));
      }) {}

TlsIdentity::TlsIdentity(const std::string& common_name, const TlsIdentity& issuer)
    : TlsIdentity(new_key(), [&](EVP_PKEY* key) {
        return signed_by(
            issuer.key_.get(),
            issued_by(issuer.certificate_.get(), certify(key, common_name, "IP:127.0.0.1", "")));
      }) {}

TlsIdentity::TlsIdentity(std::shared_ptr<EVP_PKEY> key,
                         const std::function<std::shared_ptr<X509>(EVP_PKEY*)>& certified)
    : key_(std::move(key)),
      certificate_(certified(key_.get())),
      context_(SSL_CTX_new(TLS_server_method()), SSL_CTX_free),
      file_(write_pem(folder_, certificate_.get())) {
  SSL_CTX_use_certificate(context_.get(), certificate_.get());
  SSL_CTX_use_PrivateKey(context_.get(), key_.get());
}

}  // namespace wsman::testing
