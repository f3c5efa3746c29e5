// Whether there is a proxy between here and a computer, and whether it may be used.
#ifndef WSMAN_TRANSPORT_PROXY_H_
#define WSMAN_TRANSPORT_PROXY_H_

#include <optional>
#include <string_view>

#include "base/error.h"
#include "transport/authentication/authentication.h"
#include "transport/transport.h"

namespace wsman {

// The proxy that `options.proxy` names for `options.endpoint`; nothing if there is none: the
// address is empty, the computer is this one, or `bypass` has it. Fails with invalid_argument if
// the address names no HTTP proxy.
Result<std::optional<Endpoint>> proxy_for(const TransportOptions& options);

// "server01", ".example.com" and "example.com" (which cover what is below them), an address, "*",
// each with ":port" or without; separated by commas or blanks. As curl reads no_proxy.
bool is_bypassed(std::string_view bypass, std::string_view host, uint16_t port);

// What Windows refuses about a proxy, with its codes, whether or not one is used in the end.
Status check_proxy(const TransportOptions& options);

// Whether the proxy at `proxy.endpoint` can be proved to as `proxy` says. Fails with
// invalid_argument or authentication.
Status check_proxy_authentication(const TransportOptions& proxy,
                                  const AuthenticationPolicy& policy);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_PROXY_H_
