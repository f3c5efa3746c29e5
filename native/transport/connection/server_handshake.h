// The round trips in which a new connection is authenticated to the server, before the first
// request.
#ifndef WSMAN_TRANSPORT_CONNECTION_SERVER_HANDSHAKE_H_
#define WSMAN_TRANSPORT_CONNECTION_SERVER_HANDSHAKE_H_

#include <functional>
#include <optional>
#include <string>

#include "transport/authentication/mechanism.h"
#include "transport/connection/channel.h"

namespace wsman::connection {

// Opens the closed channel again, to the server that the context is bound to; fails if that cannot
// be reached.
using Reconnect = std::function<Status(const Call& call)>;

// The server closed the connection, and another one would not do.
Error lost_between_steps(const TransportOptions& options);

// Authenticates `context` to the server at the other end of `channel`. No token travels with a
// body, because some servers take it badly. A context that needs a challenge first gets one. Writes
// to the trace of the call how many round trips it took.
//
// Gives the answer of a server that had another one than to authenticate: its status and location.
// Fails with access_denied or authentication if the server is not satisfied, with connection_lost
// if it closes the connection in the middle of a mechanism, and as `reconnect` and
// Channel::exchange() do. A context that needs neither tokens nor a challenge takes no round trip.
Result<std::optional<HttpResponse>> authenticate(Channel& channel,
                                                 authentication::SecurityContext& context,
                                                 const TransportOptions& options,
                                                 const std::string& target,
                                                 const Reconnect& reconnect, const Call& call);

}  // namespace wsman::connection

#endif  // WSMAN_TRANSPORT_CONNECTION_SERVER_HANDSHAKE_H_
