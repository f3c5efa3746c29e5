// From what a caller asked and what the client settings say to what the session room opens.
#ifndef WSMAN_ABI_CONNECT_SPEC_H_
#define WSMAN_ABI_CONNECT_SPEC_H_

#include <string_view>

#include "abi/connect_request.h"
#include "abi/settings.h"
#include "base/error.h"
#include "session/registry.h"
#include "transport/authentication/authentication.h"

namespace wsman {

// What a caller hands over beside a request, in its own memory.
struct CallerSecrets {
  std::string_view password;
  std::string_view private_key;
  std::string_view proxy_password;
};

// Fails with invalid_argument, or with authentication for what this version does not offer. Copies
// the secrets into wiped memory.
Result<ConnectSpec> make_connect_spec(const ConnectRequest& request, const Settings& settings,
                                      const CallerSecrets& secrets);

// The open session that the request names, or one to be opened for it.
Result<Place> make_place(const ConnectRequest& request, const Settings& settings,
                         const CallerSecrets& secrets);

// What the settings allow.
AuthenticationPolicy policy_from(const Settings& settings);

// How long the whole of an Identify may take.
Milliseconds test_timeout_for(const ConnectRequest& request, const Settings& settings);

}  // namespace wsman

#endif  // WSMAN_ABI_CONNECT_SPEC_H_
