// The addresses of a host name, resolved within the bounds of a call.
//
// getaddrinfo() cannot be stopped, and its time is bounded by the system's resolver only, so it
// runs in the background (base/background), on one of eight threads.
#ifndef WSMAN_TRANSPORT_NET_RESOLVER_H_
#define WSMAN_TRANSPORT_NET_RESOLVER_H_

#include <sys/socket.h>

#include <functional>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "transport/endpoint.h"

namespace wsman::net {

struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
};

struct LookupResult {
  std::vector<Address> addresses;
  std::string failure;  // The message of getaddrinfo() if there are none.
};

// Finds the addresses of a host. Blocks. Production passes system_lookup(), tests a function of
// their own.
using Lookup = std::function<LookupResult(const std::string& host, uint16_t port)>;

LookupResult system_lookup(const std::string& host, uint16_t port);

// Resolves the host of `endpoint`; an address literal is answered at once. The deadline of `call`
// includes the wait for a free thread. Fails with name_resolution, timed_out, cancelled or closed.
Result<std::vector<Address>> resolve(const Endpoint& endpoint, const Lookup& lookup,
                                     const Call& call);

}  // namespace wsman::net

#endif  // WSMAN_TRANSPORT_NET_RESOLVER_H_
