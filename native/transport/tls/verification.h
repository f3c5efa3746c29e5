// The verification of a server in the handshake: chain, name and revocation. OpenSSL calls it back.
#ifndef WSMAN_TRANSPORT_TLS_VERIFICATION_H_
#define WSMAN_TRANSPORT_TLS_VERIFICATION_H_

#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "transport/tls/openssl.h"
#include "transport/tls/trust_store.h"
#include "transport/transport.h"

namespace wsman::tls {

// The verification of one handshake, from begin() to end(). OpenSSL holds its address meanwhile.
class Verification {
 public:
  // Has connections over `context` verified here. A connection without a Verification accepts no
  // server, except as expect_again() says.
  static void prepare_context(SSL_CTX* context);

  // Allows a renegotiation if the server presents this certificate, which outlives the connection.
  static void expect_again(SSL* ssl, X509* accepted);

  Verification(const CertificateChecks& checks, const Trust& trust)
      : checks_(checks),
        has_crls_(trust.has_crls),
        bundle_(trust.bundle),
        covered_by_crl_(trust.has_crls) {}

  // Fails if OpenSSL does not take what is to be asked for, since it would verify less.
  Status begin(SSL* ssl, const Endpoint& endpoint);
  static void end(SSL* ssl);

  // Says what an X509 verification is to look at; false if it cannot be said. It is said to the
  // connection and to each verification once more: libssl copies what the connection expects, and
  // verifies without the name if it had no memory for the copy.
  bool expect(X509_VERIFY_PARAM* expected) const;

  // X509_V_ERR codes in the order found, without those that are forgiven; the refused certificate;
  // and the last one of its chain if the certificate of that one's issuer is missing.
  const std::vector<int>& failures() const { return failures_; }
  X509* certificate() const { return certificate_.get(); }
  const X509* chain_end() const { return chain_end_.get(); }

  // There was no memory to verify, or to note a failure. The server is refused.
  bool lacked_memory() const { return lacked_memory_; }

 private:
  static Verification* of(const SSL* ssl);
  static Verification* of(X509_STORE_CTX* store);
  static int note_failure(int accepted, X509_STORE_CTX* store);
  static int verify_chain(X509_STORE_CTX* store, void* unused);
  static int verify_again(X509_STORE_CTX* store);
  static int verify_staple(SSL* ssl, void* unused);

  bool ask(SSL* ssl) const;
  void verify(X509_STORE_CTX* store);
  void verify_with_bundle(X509_STORE_CTX* store);
  void look_for_lack();
  void note(int code);
  void note_chain_end(X509_STORE_CTX* store);

  const CertificateChecks& checks_;
  const bool has_crls_;
  std::string name_;  // The one that is verified.
  bool is_literal_ = false;
  const std::shared_ptr<SystemBundle> bundle_;  // Null if there is none that is not read.
  bool is_flawless_ = true;                     // Nothing was found, what is forgiven included.
  bool covered_by_crl_;                         // False once a CRL turns out to be missing.
  std::vector<int> failures_;
  bool lacked_memory_ = false;
  Certificate certificate_;
  Certificate chain_end_;
};

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_VERIFICATION_H_
