// What Negotiate and Kerberos have in common: a security context of GSSAPI on one connection.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_

#include <memory>

#include "transport/authentication/authentication.h"
#include "transport/authentication/gss_dialog.h"

namespace wsman {

// Makes the mechanism. `credential` goes to it. Fails in each context if the library is missing.
std::unique_ptr<Mechanism> make_gss(const TransportOptions& options, Credential credential,
                                    GssPlan plan);

// What Negotiate does, which CredSSP does as well inside its TLS.
GssPlan negotiate_plan(const TransportOptions& options, const Credential& credential,
                       bool ntlm_allowed);

// In the place of a context where there is no library: check_authentication() says so before.
std::unique_ptr<SecurityContext> make_missing_context(Error error);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_
