// The common part of Negotiate and Kerberos: their context on one connection, and their checks.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_NEGOTIATE_MECHANISM_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_NEGOTIATE_MECHANISM_H_

#include <memory>

#include "transport/authentication/mechanism.h"
#include "transport/authentication/negotiate/dialog.h"

namespace wsman::negotiate {

// Makes the mechanism, which takes `credential`.
std::unique_ptr<authentication::Mechanism> make_mechanism(const TransportOptions& options,
                                                          Credential credential, Plan plan);

// Checks the needs of both: a credential that they can take, and encryption.
Status check_common(const TransportOptions& options, const authentication::Policy& policy);

// Fails if the library of GSSAPI is missing. Asked last: a user who must change the call anyway
// need not install anything first.
Status check_library();

// The plan of Negotiate, which CredSSP follows inside its TLS.
Plan negotiate_plan(const TransportOptions& options, const Credential& credential,
                    bool ntlm_allowed);

}  // namespace wsman::negotiate

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_NEGOTIATE_MECHANISM_H_
