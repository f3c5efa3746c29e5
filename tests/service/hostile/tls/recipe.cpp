#include "hostile/tls/recipe.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <utility>

namespace wsman::hostile {
namespace {

using service::CertificatePtr;
using service::FreeWith;
using service::Identity;
using service::KeyPtr;

constexpr long kDay = 24L * 60 * 60;
constexpr int kSerialBits = 127;

void check(bool succeeded, const char* what) {
  if (!succeeded) service::throw_openssl_error(what);
}

KeyPtr make_key(int rsa_bits) {
  KeyPtr key(rsa_bits > 0 ? EVP_RSA_gen(static_cast<unsigned>(rsa_bits)) : EVP_EC_gen("P-256"));
  check(key != nullptr, "make a key");
  return key;
}

void set_serial(X509* certificate) {
  const std::unique_ptr<BIGNUM, FreeWith<BN_free>> number(BN_new());
  check(number && BN_rand(number.get(), kSerialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1,
        "make a serial number");
  check(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr,
        "set the serial number");
}

void set_subject(X509* certificate, const std::string& common_name) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(common_name.c_str());
  check(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, bytes,
                                   -1, -1, 0) == 1,
        "set the subject");
}

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add an extension");
}

void extend_all(X509* certificate, X509* issuer, const Recipe& recipe) {
  const bool authority = recipe.is_authority;
  extend(certificate, issuer, NID_basic_constraints,
         authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  extend(certificate, issuer, NID_key_usage,
         authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature");
  extend(certificate, issuer, NID_subject_key_identifier, "hash");
  if (issuer != certificate) {
    extend(certificate, issuer, NID_authority_key_identifier, "keyid:always");
  }
  if (authority) return;
  extend(certificate, issuer, NID_ext_key_usage, recipe.purpose);
  extend(certificate, issuer, NID_subject_alt_name, recipe.names);
  if (recipe.must_staple) extend(certificate, issuer, NID_tlsfeature, "status_request");
}

}  // namespace

Identity issue(const Recipe& recipe, const Identity* issuer) {
  Identity made{CertificatePtr(X509_new()), make_key(recipe.rsa_bits)};
  X509* const raw = made.certificate.get();
  check(raw != nullptr && X509_set_version(raw, X509_VERSION_3) == 1, "make a certificate");
  check(X509_gmtime_adj(X509_getm_notBefore(raw), recipe.first_day * kDay) != nullptr &&
            X509_gmtime_adj(X509_getm_notAfter(raw), recipe.last_day * kDay) != nullptr,
        "set the validity");
  check(X509_set_pubkey(raw, made.key.get()) == 1, "set the public key");
  set_serial(raw);
  set_subject(raw, recipe.common_name);
  X509* const signer = issuer != nullptr ? issuer->certificate.get() : raw;
  extend_all(raw, signer, recipe);
  check(X509_set_issuer_name(raw, X509_get_subject_name(signer)) == 1, "set the issuer");
  EVP_PKEY* const key = issuer != nullptr ? issuer->key.get() : made.key.get();
  check(X509_sign(raw, key, recipe.sha1 ? EVP_sha1() : EVP_sha256()) > 0, "sign a certificate");
  return made;
}

}  // namespace wsman::hostile
