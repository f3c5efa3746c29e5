// A stapled answer about the revocation of a certificate [RFC 6066 8, RFC 6960].
#ifndef WSMAN_HOSTILE_TLS_STAPLE_H
#define WSMAN_HOSTILE_TLS_STAPLE_H

#include <string>

#include "tls/certificates.h"

namespace wsman::hostile {

enum class StapleKind {
  good,
  revoked,
  stale,      // "Revoked", but its time was over yesterday.
  forged,     // "Good", but signed by the server's own key.
  unrelated,  // "Good", but about the authority itself.
  endless,    // "Good", without a time at which there is a newer answer.
};

// The bytes of an OCSP response about `subject`, in DER. Throws std::runtime_error.
std::string make_staple(StapleKind kind, const service::Identity& subject,
                        const service::Identity& issuer);

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_TLS_STAPLE_H
