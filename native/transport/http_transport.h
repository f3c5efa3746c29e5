// Transport over cpprestsdk's http_client, whose last pipeline stage is our own connection.
#ifndef WSMAN_TRANSPORT_HTTP_TRANSPORT_H_
#define WSMAN_TRANSPORT_HTTP_TRANSPORT_H_

#include <memory>

#include "transport/authentication/authentication.h"
#include "transport/resolver.h"
#include "transport/transport.h"

namespace wsman {

// Makes a transport for one computer; opens nothing. Fails as TransportFactory says. `lookup` is
// the seam for names that never resolve; production passes system_lookup.
Result<std::unique_ptr<Transport>> make_http_transport(TransportOptions options,
                                                       const AuthenticationPolicy& policy,
                                                       Lookup lookup);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_HTTP_TRANSPORT_H_
