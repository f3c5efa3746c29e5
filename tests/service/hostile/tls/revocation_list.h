// Revocation lists of the authority.
#ifndef WSMAN_HOSTILE_TLS_REVOCATION_LIST_H
#define WSMAN_HOSTILE_TLS_REVOCATION_LIST_H

#include <string>

#include "tls/certificates.h"

namespace wsman::hostile {

// Writes the certificate of `issuer` and a list that has `revoked` in it, as PEM. Throws
// std::runtime_error.
void write_revocation_list(const std::string& path, const service::Identity& issuer,
                           const X509& revoked);

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_TLS_REVOCATION_LIST_H
