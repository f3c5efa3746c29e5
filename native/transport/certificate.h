// What is wrong with a server's certificate, in words.
#ifndef WSMAN_TRANSPORT_CERTIFICATE_H_
#define WSMAN_TRANSPORT_CERTIFICATE_H_

#include <openssl/x509.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "transport/transport.h"

namespace wsman {

// True if the user asked for this X509_V_ERR code to be passed over.
bool is_forgiven(int verify_code, const CertificateChecks& checks);

// Its subject in RFC 2253 order, for messages.
std::string subject_of(const X509* certificate);

// The error for a refused certificate. `failures` holds the X509_V_ERR codes in the order found,
// at least one.
Error certificate_error(const Endpoint& endpoint, X509* certificate,
                        const std::vector<int>& failures);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_CERTIFICATE_H_
