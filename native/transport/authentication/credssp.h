// CredSSP: an authentication inside TLS inside HTTP, at whose end the server is given user name and
// password, to act with as the user would. [MS-CSSP]
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_H_

#include <cstdint>

#include "transport/authentication/authentication.h"

namespace wsman {

// Whether the user allowed that this server is handed the password, and gave one. Part of
// check_authentication().
Status check_delegation(const TransportOptions& options, const AuthenticationPolicy& policy);

// The error for a server that ends the authentication with an NTSTATUS.
Error ended_with_status(const TransportOptions& options, uint32_t status);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_H_
