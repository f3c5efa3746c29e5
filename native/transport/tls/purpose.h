// What a certificate may be used for.
#ifndef WSMAN_TRANSPORT_TLS_PURPOSE_H_
#define WSMAN_TRANSPORT_TLS_PURPOSE_H_

#include <openssl/x509.h>

#include <string>

namespace wsman::tls {

enum class Role { server, client };

// Whether the certificate of an end, or of an authority over it, allows that role. One for any
// purpose does [RFC 5280 4.2.1.12], as on Windows; OpenSSL alone would refuse it.
bool allows_role(X509* certificate, Role role, bool is_authority);

// Why the certificate of an end does not allow the role, in words for the end of a sentence: "its
// extended key usage lacks serverAuth (1.3.6.1.5.5.7.3.1)". Empty if it does.
std::string fault_for_role(X509* certificate, Role role);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_PURPOSE_H_
