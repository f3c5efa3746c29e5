// The channel binding, which ties an authentication to its TLS channel.
#ifndef WSMAN_TRANSPORT_TLS_CHANNEL_BINDING_H_
#define WSMAN_TRANSPORT_TLS_CHANNEL_BINDING_H_

#include <string>

#include "base/error.h"

namespace wsman::tls {

// The channel binding "tls-server-end-point" for a server's certificate in DER [RFC 5929 4.1]: its
// digest by the hash function of its signature. SHA-256 takes the place of MD5 and SHA-1, and is
// used if the signature names no hash. Fails with tls where that is not X.509, or cannot be hashed:
// an authentication that is bound to nothing could be passed on.
Result<std::string> end_point_binding(const std::string& certificate);

}  // namespace wsman::tls

#endif  // WSMAN_TRANSPORT_TLS_CHANNEL_BINDING_H_
