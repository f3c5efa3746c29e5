// CredSSP: an authentication inside TLS inside HTTP. At its end the server gets user name and
// password, so that it can act as the user. [MS-CSSP]
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_MECHANISM_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_MECHANISM_H_

#include <cstdint>
#include <memory>

#include "transport/authentication/mechanism.h"
#include "transport/authentication/policy.h"

namespace wsman::credssp {

// Fails unless a password is given, and the client settings allow that this server gets it.
Status check_delegation(const TransportOptions& options, const authentication::Policy& policy);

// The error for a server that ends the authentication with an NTSTATUS.
Error ended_with_status(const TransportOptions& options, uint32_t status);

}  // namespace wsman::credssp

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_MECHANISM_H_
