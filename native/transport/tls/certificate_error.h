// The errors about a server's certificate, in words.
#ifndef WSMAN_TRANSPORT_TLS_CERTIFICATE_ERROR_H_
#define WSMAN_TRANSPORT_TLS_CERTIFICATE_ERROR_H_

#include <openssl/x509.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "transport/transport.h"

namespace wsman::tls {

// True if `checks` leaves out the check that this X509_V_ERR code is about, or if the code means an
// unknown revocation.
bool is_forgiven(int verify_code, const CertificateChecks& checks);

// The subject in RFC 2253 order, for messages. Control bytes are escaped.
std::string subject_of(const X509* certificate);

// What a user may do who has to reach a server with TLS or keys that are too old.
Advice advice_on_age(const Endpoint& endpoint);

// The error for a refused certificate. `failures` holds the X509_V_ERR codes in the order found,
// at least one; `chain_end` is the certificate whose issuer is missing, or null.
Error certificate_error(const Endpoint& endpoint, X509* certificate,
                        const std::vector<int>& failures, const X509* chain_end = nullptr);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_CERTIFICATE_ERROR_H_
