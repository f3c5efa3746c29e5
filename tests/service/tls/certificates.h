// Keys and X.509 certificates, made on the spot.
#ifndef WSMAN_TESTS_SERVICE_TLS_CERTIFICATES_H
#define WSMAN_TESTS_SERVICE_TLS_CERTIFICATES_H

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

namespace wsman::service {

// Makes a type of the function that frees, so that owning pointers need no deleter of their own.
template <auto kFree>
struct FreeWith {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

using CertificatePtr = std::unique_ptr<X509, FreeWith<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;

// A certificate and its private key.
struct Identity {
  CertificatePtr certificate;
  KeyPtr key;
};

// All of these throw std::runtime_error with the reason that OpenSSL gives.

// ECDSA P-256, self-signed, for ten years.
Identity make_authority_certificate();

// RSA, self-signed, for a year: what Windows makes for itself where nobody gave it a certificate.
Identity make_own_certificate();

// ECDSA P-256, for a year. `names` as OpenSSL writes them: "IP:127.0.0.2", "DNS:localhost".
Identity issue_server_certificate(const Identity& authority, const std::vector<std::string>& names);

// Lets a TLS server present `identity`, with TLS 1.2 or later.
void use_identity(SSL_CTX* context, const Identity& identity);

// The error that a failed call of OpenSSL left behind.
[[noreturn]] void throw_openssl_error(const char* what);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_TLS_CERTIFICATES_H
