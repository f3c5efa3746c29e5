// Revocation of a server's certificate, judged by the handshake and by local CRLs [RFC 6066 8, RFC
// 7633].
//
// Nothing is fetched: the only sources are a stapled OCSP response and the CRLs in TrustedCAPath.
// An unknown status is not an error, unless the certificate demands a staple.
#ifndef WSMAN_TRANSPORT_TLS_REVOCATION_H_
#define WSMAN_TRANSPORT_TLS_REVOCATION_H_

#include <openssl/ssl.h>

namespace wsman::tls {

enum class Revocation {
  unknown,         // No source covers the certificate.
  skipped,         // The user has turned the check off.
  good_by_staple,  // By a stapled response that is signed and in time.
  good_by_crl,     // A CRL covers the certificate and does not list it.
  revoked,         // By a stapled response.
  staple_missing,  // The certificate demands a staple, and the server sent none.
};

// Reads the stapled response of a handshake whose chain is verified.
Revocation check_staple(SSL* ssl);

// To be called before a handshake that may call remember(). Throws std::bad_alloc.
void prepare_to_remember();

// Keeps the status with the TLS session, for connections that resume it.
void remember(SSL_SESSION* session, Revocation revocation);
Revocation remembered(const SSL_SESSION* session);

// True for X509_V_ERR codes that mean a missing or stale CRL only.
bool is_unknown_revocation(int verify_code);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_REVOCATION_H_
