#include "tls/certificates.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <stdexcept>
#include <utility>

namespace wsman::service {
namespace {

constexpr long kDay = 24L * 60 * 60;
constexpr int kSerialBits = 127;

using NumberPtr = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;

void check(bool succeeded, const char* what) {
  if (!succeeded) throw_openssl_error(what);
}

KeyPtr make_key() {
  KeyPtr key(EVP_EC_gen("P-256"));
  check(key != nullptr, "make a key");
  return key;
}

void set_random_serial(X509* certificate) {
  const NumberPtr number(BN_new());
  check(number && BN_rand(number.get(), kSerialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1,
        "make a serial number");
  check(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr,
        "set the serial number");
}

void set_subject(X509* certificate, const char* common_name) {
  const auto add = [name = X509_get_subject_name(certificate)](const char* field,
                                                               const char* value) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(value);
    check(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, -1, -1, 0) == 1,
          "set the subject");
  };
  add("O", "Portable.WSMan.Management");
  add("CN", common_name);
}

// Begins yesterday, so that clocks that disagree a little do not matter.
CertificatePtr begin_certificate(EVP_PKEY* key, const char* common_name, long days) {
  CertificatePtr certificate(X509_new());
  check(certificate != nullptr, "make a certificate");
  X509* const raw = certificate.get();
  check(X509_set_version(raw, X509_VERSION_3) == 1, "set the version");
  check(X509_gmtime_adj(X509_getm_notBefore(raw), -kDay) != nullptr, "set the first day");
  check(X509_gmtime_adj(X509_getm_notAfter(raw), days * kDay) != nullptr, "set the last day");
  check(X509_set_pubkey(raw, key) == 1, "set the public key");
  set_random_serial(raw);
  set_subject(raw, common_name);
  return certificate;
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add an extension");
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
  check(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1, "set the issuer");
  check(X509_sign(certificate, key, EVP_sha256()) > 0, "sign a certificate");
}

std::string join(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : ",") + part;
  return joined;
}

}  // namespace

void throw_openssl_error(const char* what) {
  const char* const reason = ERR_reason_error_string(ERR_get_error());
  throw std::runtime_error(std::string("OpenSSL could not ") + what + ": " +
                           (reason != nullptr ? reason : "no reason given") + ".");
}

Identity make_authority_certificate() {
  KeyPtr key = make_key();
  CertificatePtr certificate = begin_certificate(key.get(), "WSMan loopback test CA", 3650);
  X509* const raw = certificate.get();
  add_extension(raw, raw, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(raw, raw, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(raw, raw, NID_subject_key_identifier, "hash");
  sign(raw, raw, key.get());
  return {std::move(certificate), std::move(key)};
}

Identity make_own_certificate() {
  constexpr unsigned kBits = 2048;
  KeyPtr key(EVP_RSA_gen(kBits));
  check(key != nullptr, "make a key");
  CertificatePtr certificate = begin_certificate(key.get(), "wsman-service", 365);
  sign(certificate.get(), certificate.get(), key.get());
  return {std::move(certificate), std::move(key)};
}

Identity issue_server_certificate(const Identity& authority,
                                  const std::vector<std::string>& names) {
  KeyPtr key = make_key();
  CertificatePtr certificate = begin_certificate(key.get(), "wsman-service", 365);
  X509* const raw = certificate.get();
  X509* const issuer = authority.certificate.get();
  add_extension(raw, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(raw, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(raw, issuer, NID_ext_key_usage, "serverAuth");
  add_extension(raw, issuer, NID_subject_key_identifier, "hash");
  // Two authorities of one name are told apart by it, as tests with a foreign CA need.
  add_extension(raw, issuer, NID_authority_key_identifier, "keyid:always");
  add_extension(raw, issuer, NID_subject_alt_name, join(names));
  sign(raw, issuer, authority.key.get());
  return {std::move(certificate), std::move(key)};
}

void use_identity(SSL_CTX* context, const Identity& identity) {
  check(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1, "set the TLS version");
  check(SSL_CTX_use_certificate(context, identity.certificate.get()) == 1, "use the certificate");
  check(SSL_CTX_use_PrivateKey(context, identity.key.get()) == 1, "use the private key");
}

}  // namespace wsman::service
