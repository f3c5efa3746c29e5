// The round trips in which a new connection is authenticated to the server, before the first
// request.
#ifndef WSMAN_TRANSPORT_CONNECTION_SERVER_HANDSHAKE_H_
#define WSMAN_TRANSPORT_CONNECTION_SERVER_HANDSHAKE_H_

#include <string>

#include "transport/authentication/mechanism.h"
#include "transport/connection/channel.h"

namespace wsman::connection {

// Authenticates `context` to the server at the other end of `channel`. No token travels with a
// body, because some servers take it badly. A context that needs a challenge first gets one. Writes
// to the trace of the call how many round trips it took.
//
// Fails with access_denied or authentication if the server is not satisfied, with connection_lost
// if it closes the connection in between, and as Channel::exchange() does. A context that needs
// neither tokens nor a challenge takes no round trip.
Status authenticate(Channel& channel, authentication::SecurityContext& context,
                    const TransportOptions& options, const std::string& target, const Call& call);

}  // namespace wsman::connection

#endif  // WSMAN_TRANSPORT_CONNECTION_SERVER_HANDSHAKE_H_
