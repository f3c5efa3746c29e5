// Options for a transport to a server of the test's own.
#ifndef WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_OPTIONS_H_
#define WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_OPTIONS_H_

#include <string>

#include "support/bounds.h"
#include "transport/transport.h"

namespace wsman::testing {

// Without authentication, over http, with times that only a hanging test reaches.
inline TransportOptions loopback_options(uint16_t port, const std::string& path = "/wsman") {
  TransportOptions options;
  options.endpoint = {false, "127.0.0.1", port, path};
  options.timeouts.reach = options.timeouts.receive = kPatience;
  return options;
}

// The same over https, trusting the certificates in `trusted_ca_path`.
inline TransportOptions tls_options(uint16_t port, const std::string& trusted_ca_path) {
  TransportOptions options = loopback_options(port);
  options.endpoint.tls = true;
  options.trusted_ca_path = trusted_ca_path;
  return options;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_LOOPBACK_OPTIONS_H_
