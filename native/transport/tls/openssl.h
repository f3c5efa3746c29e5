// Owners of OpenSSL objects, which free them at the end of their scope.
#ifndef WSMAN_TRANSPORT_TLS_OPENSSL_H_
#define WSMAN_TRANSPORT_TLS_OPENSSL_H_

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

namespace wsman::tls {

template <auto Release>
struct Releaser {
  template <typename T>
  void operator()(T* object) const {
    (void)Release(object);
  }
};

// Owned<TLS_FEATURE, TLS_FEATURE_free>: the function that frees it is named with the type.
template <typename T, auto Release>
using Owned = std::unique_ptr<T, Releaser<Release>>;

using Bio = Owned<BIO, BIO_free>;
using Certificate = Owned<X509, X509_free>;
using PrivateKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using Ssl = Owned<SSL, SSL_free>;

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_OPENSSL_H_
