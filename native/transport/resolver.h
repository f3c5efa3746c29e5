// From a host name to addresses, without ever waiting longer than the caller can.
//
// getaddrinfo() cannot be stopped and may take as long as the system's resolver wants, so it runs
// aside (transport/aside), on one of eight threads.
#ifndef WSMAN_TRANSPORT_RESOLVER_H_
#define WSMAN_TRANSPORT_RESOLVER_H_

#include <sys/socket.h>

#include <functional>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"

namespace wsman {

struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
};

struct LookupResult {
  std::vector<Address> addresses;
  std::string failure;  // The system's own words if there are none.
};

// Finds the addresses of a host. Blocks. The default asks getaddrinfo(); tests bring their own.
using Lookup = std::function<LookupResult(const std::string& host, uint16_t port)>;

LookupResult system_lookup(const std::string& host, uint16_t port);

// Resolves `host`; literals are answered at once. The deadline of `call` covers the wait in line as
// well. Fails with name_resolution, timed_out, cancelled or closed.
Result<std::vector<Address>> resolve(const std::string& host, uint16_t port, const Lookup& lookup,
                                     const Call& call);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_RESOLVER_H_
