// The mechanisms, and the choice of one for a connection.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_MECHANISMS_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_MECHANISMS_H_

#include <memory>

#include "base/error.h"
#include "transport/authentication/mechanism.h"
#include "transport/authentication/policy.h"
#include "transport/transport.h"

namespace wsman::authentication {

// Fails with authentication if the mechanism is turned off or insufficient for the target; with
// unencrypted if it would send a password or messages in clear text; with invalid_argument if a
// credential is missing, unneeded, or cannot be used.
Status check_authentication(const TransportOptions& options, const Policy& policy);

// The mechanism for options that check_authentication() accepted. Takes the credential.
std::unique_ptr<Mechanism> make_mechanism(const TransportOptions& options, Credential credential,
                                          const Policy& policy);

}  // namespace wsman::authentication

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_MECHANISMS_H_
