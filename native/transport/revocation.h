// Whether a certificate was revoked, from what the handshake itself brings [RFC 6066 8, RFC 7633].
//
// Nothing is fetched: a stapled OCSP answer and the CRLs of TrustedCAPath are all there is. An
// unknown status is not an error, unless the certificate says that its server must staple.
#ifndef WSMAN_TRANSPORT_REVOCATION_H_
#define WSMAN_TRANSPORT_REVOCATION_H_

#include <openssl/ssl.h>

namespace wsman {

enum class Revocation { skipped, unknown, good, revoked, staple_missing };

// Judges the stapled answer of a handshake whose chain is verified.
Revocation check_staple(SSL* ssl);

// True for X509_V_ERR codes that say no more than that a CRL is missing or stale.
bool is_unknown_revocation(int verify_code);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_REVOCATION_H_
