// Through a proxy to a computer: CONNECT [RFC 9110 9.3.6], and proving to the proxy who asks.
#ifndef WSMAN_TRANSPORT_TUNNEL_H_
#define WSMAN_TRANSPORT_TUNNEL_H_

#include <memory>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "transport/authentication/authentication.h"
#include "transport/transport.h"

namespace wsman {

class Wire;

// The proxy of a transport, with the credential for it. Shared by its connections; safe from any
// thread.
class Tunnel {
 public:
  // Null if there is no proxy for that computer. Takes the credential out of `options.proxy`. Fails
  // with invalid_argument or authentication, before any traffic.
  static Result<std::unique_ptr<Tunnel>> make(TransportOptions& options,
                                              const AuthenticationPolicy& policy);

  // The proxy as what is connected to; its endpoint is where.
  const TransportOptions& options() const { return options_; }

  // Has the proxy connect `wire`, which reaches it, to `target`. Where the proxy hangs up between
  // two steps, the wire reaches it again. Fails with access_denied, authentication, cannot_connect
  // or as the wire does.
  Status open(Wire& wire, const Endpoint& target, const Call& call) const;

  bool wipe() const { return mechanism_->wipe(); }

 private:
  explicit Tunnel(TransportOptions options) : options_(std::move(options)) {}

  Result<bool> go_on(const std::vector<std::string>& lines, SecurityContext& context,
                     const Call& call) const;
  Error denied(const std::vector<std::string>& lines) const;

  const TransportOptions options_;
  std::unique_ptr<Mechanism> mechanism_;  // Set once, when it is made.
};

// What was said of a failure, and that it was the proxy's.
Error at_proxy(Error error);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_TUNNEL_H_
