// The common part of Negotiate and Kerberos: a security context of GSSAPI on one connection.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_MECHANISM_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_MECHANISM_H_

#include <memory>

#include "transport/authentication/gss/dialog.h"
#include "transport/authentication/mechanism.h"

namespace wsman::gss {

// Makes the mechanism, which takes `credential`. Each of its contexts fails if the library is
// missing.
std::unique_ptr<authentication::Mechanism> make_gss(const TransportOptions& options,
                                                    Credential credential, Plan plan);

// Checks the needs of both: a credential that GSSAPI can take, encryption, the target by
// `check_target`, and last the library.
using Check = Status (*)(const TransportOptions& options, const authentication::Policy& policy);
Status check_gss(const TransportOptions& options, const authentication::Policy& policy,
                 Check check_target);

// The plan of Negotiate, which CredSSP follows inside its TLS.
Plan negotiate_plan(const TransportOptions& options, const Credential& credential,
                    bool ntlm_allowed);

// A context that fails with `error`, for a system without the library. check_gss() reports that
// before.
std::unique_ptr<authentication::SecurityContext> make_missing_context(Error error);

}  // namespace wsman::gss

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_MECHANISM_H_
