// The Transport over cpprestsdk's http_client, whose last pipeline stage is a connection of this
// library.
#ifndef WSMAN_TRANSPORT_HTTP_TRANSPORT_H_
#define WSMAN_TRANSPORT_HTTP_TRANSPORT_H_

#include <memory>

#include "transport/authentication/policy.h"
#include "transport/net/resolver.h"
#include "transport/transport.h"

namespace wsman {

// Makes a transport for one computer, without opening a connection. Fails as TransportFactory does.
// `lookup` lets tests replace the resolver; production passes net::system_lookup.
Result<std::unique_ptr<Transport>> make_http_transport(TransportOptions options,
                                                       const authentication::Policy& policy,
                                                       net::Lookup lookup);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_HTTP_TRANSPORT_H_
