// The way through a proxy to a computer: CONNECT [RFC 9110 9.3.6] and the authentication to the
// proxy.
#ifndef WSMAN_TRANSPORT_CONNECTION_PROXY_TUNNEL_H_
#define WSMAN_TRANSPORT_CONNECTION_PROXY_TUNNEL_H_

#include <memory>

#include "base/call.h"
#include "base/error.h"
#include "transport/authentication/mechanism.h"
#include "transport/authentication/policy.h"
#include "transport/connection/channel.h"
#include "transport/transport.h"

namespace wsman::connection {

// The proxy of a transport, with the credential for it. Shared by its connections; safe from any
// thread.
class ProxyTunnel {
 public:
  // Null if no proxy leads to that computer. Takes the credential out of `options.proxy`. Fails
  // with invalid_argument or authentication, before any traffic.
  static Result<std::unique_ptr<ProxyTunnel>> make(TransportOptions& options,
                                                   const authentication::Policy& policy);

  // The options of the connection to the proxy; their endpoint is its address.
  const TransportOptions& options() const { return options_; }

  // Reaches the proxy over `channel` and asks it for a connection to `target`. A proxy that closes
  // the connection between two round trips is reached again. Fails with access_denied,
  // authentication, cannot_connect or as the channel does.
  Status open(Channel& channel, const Endpoint& target, const Call& call) const;

  bool wipe() const { return mechanism_->wipe(); }

 private:
  explicit ProxyTunnel(TransportOptions options) : options_(std::move(options)) {}

  const TransportOptions options_;
  std::unique_ptr<authentication::Mechanism> mechanism_;  // Set once, when it is made.
};

}  // namespace wsman::connection

#endif  // WSMAN_TRANSPORT_CONNECTION_PROXY_TUNNEL_H_
