// Authentication on a new connection: tokens or challenges travel between a security context and a
// peer, which is a server or a proxy, until both are satisfied.
#ifndef WSMAN_TRANSPORT_CONNECTION_HANDSHAKE_H_
#define WSMAN_TRANSPORT_CONNECTION_HANDSHAKE_H_

#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "transport/authentication/mechanism.h"

namespace wsman::connection {

// The answer to a request with credentials.
struct HandshakeAnswer {
  bool denied = false;                  // With 401 or 407.
  std::vector<std::string> challenges;  // The lines of WWW-Authenticate or Proxy-Authenticate.
  // The token was refused in another way, as OMI refuses one of a mechanism that it has not:
  // another mechanism is tried, if there is one.
  bool refused_token = false;
};

// The peer that the user authenticates to: how a request reaches it, and how its failures are
// named.
class HandshakePeer {
 public:
  virtual ~HandshakePeer() = default;

  // One round trip: sends a request with the authorization line of `context`. Fails if the answer
  // has nothing to do with the authentication, and as the channel does.
  virtual Result<HandshakeAnswer> ask(authentication::SecurityContext& context,
                                      const Call& call) = 0;

  // Called once the peer is satisfied. `token` is its last one, or empty. Fails unless the context
  // is satisfied too.
  virtual Status finish(authentication::SecurityContext& context, const std::string& token,
                        int round_trips, const Call& call) = 0;

  // "the server" or "the proxy".
  virtual std::string name() const = 0;

  virtual Error not_accepted(const authentication::SecurityContext& context,
                             const std::vector<std::string>& challenges) const = 0;
  virtual Error failed(const std::string& why) const = 0;
};

// Carries tokens between `context`, whose scheme has some, and `peer`. The first token goes
// unasked, because some servers (OMI) answer no request without one. Fails as `peer` and `context`
// do.
Status exchange_tokens(HandshakePeer& peer, authentication::SecurityContext& context,
                       const Call& call);

// One round trip of a context without tokens. True if the peer is satisfied; false if it sent a
// challenge that the context has taken. Fails with not_accepted() if the context cannot use that
// challenge, and as `peer` and `context` do.
Result<bool> hear_challenge(HandshakePeer& peer, authentication::SecurityContext& context,
                            const Call& call);

}  // namespace wsman::connection

#endif  // WSMAN_TRANSPORT_CONNECTION_HANDSHAKE_H_
