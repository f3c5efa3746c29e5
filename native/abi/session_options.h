// From a request and the client settings to the options of a session.
#ifndef WSMAN_ABI_SESSION_OPTIONS_H_
#define WSMAN_ABI_SESSION_OPTIONS_H_

#include <string_view>

#include "abi/documents/connect_request.h"
#include "abi/settings/settings.h"
#include "base/call.h"
#include "base/error.h"
#include "session/client.h"

namespace wsman::abi {

// The secrets of a request, in memory of the caller.
struct CallerSecrets {
  std::string_view password;
  std::string_view private_key;
  std::string_view proxy_password;
};

// Fails with invalid_argument, or with authentication for a mechanism that this version does not
// offer. Copies the secrets into wiped memory.
Result<session::SessionOptions> make_session_options(const ConnectRequest& request,
                                                     const Settings& settings,
                                                     const CallerSecrets& secrets);

// The same call with the bound of a whole Identify, connecting included.
Call test_call(const Call& call, const ConnectRequest& request, const Settings& settings);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_SESSION_OPTIONS_H_
