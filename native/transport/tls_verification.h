// What a handshake verifies of the server: its chain, its name, its revocation. OpenSSL calls back.
#ifndef WSMAN_TRANSPORT_TLS_VERIFICATION_H_
#define WSMAN_TRANSPORT_TLS_VERIFICATION_H_

#include <openssl/ssl.h>

#include <memory>
#include <vector>

#include "transport/transport.h"

namespace wsman {

// Of one handshake, from begin() to end(); it stays where it is meanwhile.
class Verification {
 public:
  // Has connections over `context` verified here. One without a Verification accepts nobody.
  static void prepare_context(SSL_CTX* context);

  // Lets a server shake hands again, in the middle of the connection, if it shows this certificate,
  // which outlives the connection.
  static void expect_again(SSL* ssl, X509* accepted);

  Verification(const CertificateChecks& checks, bool has_crls)
      : checks_(checks), has_crls_(has_crls), covered_by_crl_(has_crls) {}

  void begin(SSL* ssl, const Endpoint& endpoint);
  static void end(SSL* ssl);

  // X509_V_ERR codes in the order found, but for those that are forgiven; and of what certificate.
  const std::vector<int>& failures() const { return failures_; }
  X509* certificate() const { return certificate_.get(); }

 private:
  struct Free {
    void operator()(X509* certificate) const { X509_free(certificate); }
  };

  static Verification* of(const SSL* ssl);
  static Verification* of(X509_STORE_CTX* store);
  static int note_failure(int accepted, X509_STORE_CTX* store);
  static int verify_chain(X509_STORE_CTX* store, void* unused);
  static int verify_again(X509_STORE_CTX* store);
  static int verify_staple(SSL* ssl, void* unused);

  void expect_name(SSL* ssl, const Endpoint& endpoint) const;
  void expect_revocation(SSL* ssl) const;
  void keep(X509* refused);

  const CertificateChecks& checks_;
  const bool has_crls_;
  bool covered_by_crl_;  // Until a list turns out to be missing, if there are any.
  std::vector<int> failures_;
  std::unique_ptr<X509, Free> certificate_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_TLS_VERIFICATION_H_
