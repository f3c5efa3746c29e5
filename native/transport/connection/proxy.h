// The proxy between here and a computer, if there is one, and the rules for its use.
#ifndef WSMAN_TRANSPORT_CONNECTION_PROXY_H_
#define WSMAN_TRANSPORT_CONNECTION_PROXY_H_

#include <optional>
#include <string_view>

#include "base/error.h"
#include "transport/authentication/policy.h"
#include "transport/transport.h"

namespace wsman::connection {

// The proxy that `options.proxy` names for `options.endpoint`; nothing if there is none: the
// address is empty, the computer is this one, or `bypass` has it. Fails with invalid_argument if
// the address names no HTTP proxy.
Result<std::optional<Endpoint>> proxy_for(const TransportOptions& options);

// Whether `bypass` has the host. It is a list of "server01", of ".example.com" and "example.com"
// (both cover their subdomains), of addresses and of "*", each with ":port" or without, separated
// by commas or blanks. The rules are those of curl for no_proxy.
bool is_bypassed(std::string_view bypass, std::string_view host, uint16_t port);

// Fails with the codes of Windows for the combinations that Windows refuses, whether or not a proxy
// is used in the end.
Status check_proxy(const TransportOptions& options);

// Whether the credential and the authentication in `proxy` can be used with the proxy at its
// endpoint. Fails with invalid_argument or authentication.
Status check_proxy_authentication(const TransportOptions& proxy,
                                  const authentication::Policy& policy);

}  // namespace wsman::connection

#endif  // WSMAN_TRANSPORT_CONNECTION_PROXY_H_
