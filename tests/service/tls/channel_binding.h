// What binds an authentication to the TLS channel that it goes through.
#ifndef WSMAN_TESTS_SERVICE_TLS_CHANNEL_BINDING_H
#define WSMAN_TESTS_SERVICE_TLS_CHANNEL_BINDING_H

#include <openssl/x509.h>

#include <string>

namespace wsman::service {

// [RFC 5929 4] "tls-server-end-point:" and the hash of the certificate, by the hash of its own
// signature; SHA-256 for MD5, SHA-1 and what has none. Throws std::runtime_error.
std::string server_end_point(const X509* certificate);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_TLS_CHANNEL_BINDING_H
