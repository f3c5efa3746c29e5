// Whether a certificate was revoked, from what the handshake itself brings [RFC 6066 8, RFC 7633].
//
// Nothing is fetched: a stapled OCSP answer and the CRLs of TrustedCAPath are all there is. An
// unknown status is not an error, unless the certificate says that its server must staple.
#ifndef WSMAN_TRANSPORT_REVOCATION_H_
#define WSMAN_TRANSPORT_REVOCATION_H_

#include <openssl/ssl.h>

namespace wsman {

enum class Revocation {
  unknown,         // Nothing that is at hand says anything.
  skipped,         // Not asked for.
  good_by_staple,  // A stapled answer, signed and in time, says so.
  good_by_crl,     // A list covers the certificate and does not name it.
  revoked,         // A stapled answer says so.
  staple_missing,  // The certificate demands a stapled answer, and none came.
};

// Judges the stapled answer of a handshake whose chain is verified.
Revocation check_staple(SSL* ssl);

// Keeps what was found with the TLS session, so that a connection that resumes it knows as well.
void remember(SSL_SESSION* session, Revocation revocation);
Revocation remembered(const SSL_SESSION* session);

// True for X509_V_ERR codes that say no more than that a CRL is missing or stale.
bool is_unknown_revocation(int verify_code);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_REVOCATION_H_
