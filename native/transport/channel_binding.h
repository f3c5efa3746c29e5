// What ties an authentication to the TLS channel it travels in.
#ifndef WSMAN_TRANSPORT_CHANNEL_BINDING_H_
#define WSMAN_TRANSPORT_CHANNEL_BINDING_H_

#include <string>

namespace wsman {

// The channel binding "tls-server-end-point" for a server's certificate in DER [RFC 5929 4.1]: its
// digest by the hash of its signature, with SHA-256 in the place of MD5 and SHA-1, and where the
// signature names no hash. Empty if `certificate` is none.
std::string end_point_binding(const std::string& certificate);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_CHANNEL_BINDING_H_
