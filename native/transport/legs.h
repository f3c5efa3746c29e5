// The round trips in which a new connection is authenticated, before the first request.
#ifndef WSMAN_TRANSPORT_LEGS_H_
#define WSMAN_TRANSPORT_LEGS_H_

#include <string>

#include "transport/authentication/authentication.h"
#include "transport/wire.h"

namespace wsman {

// Carries tokens between `context` and the server until both are satisfied. The first token goes
// unasked, because some servers (OMI) answer nothing without one; no token travels with a body,
// because some take it badly. A context that needs a challenge first gets one. Says to whoever
// listens how many round trips it took.
//
// Fails with access_denied or authentication if the server is not satisfied, with connection_lost
// if it hangs up in between, and as Wire::exchange() does. A context without tokens needs none.
Status authenticate(Wire& wire, SecurityContext& context, const TransportOptions& options,
                    const std::string& target, const Call& call);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_LEGS_H_
