// The address of a computer: scheme, host, port and path, made from the user's input.
#ifndef WSMAN_TRANSPORT_ENDPOINT_H_
#define WSMAN_TRANSPORT_ENDPOINT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace wsman {

struct Endpoint {
  bool tls = false;
  std::string
      host;  // As typed, without brackets; an IPv6 literal may carry a zone ("fe80::1%eth0").
  uint16_t port = 0;
  std::string path;  // Begins with "/".

  // The host as it stands in a URL or a Host header: IPv6 in brackets, no zone.
  std::string host_in_url() const;

  // The host as a certificate has it: no zone, and no dot at its end.
  std::string host_for_tls() const;

  // "https://server01:5986/wsman".
  std::string url() const;

  // "server01 (port 5986)", for messages.
  std::string display() const;
};

// The parts of a connection as a user names them. 0 and "" mean not given.
struct EndpointRequest {
  std::string computer_name;
  uint16_t port = 0;
  std::string application_name;
  bool use_tls = false;
  std::string connection_uri;  // If given, it stands for all but a missing port.
};

// The defaults of the client settings for parts that were not given.
struct EndpointDefaults {
  uint16_t http_port = 5985;
  uint16_t https_port = 5986;
  std::string url_prefix = "wsman";
};

// Fails with invalid_argument if the name is empty or has a character that is not allowed in a host
// name, or if the URI is not an http or https URI with a host.
Result<Endpoint> make_endpoint(const EndpointRequest& request, const EndpointDefaults& defaults);

// True for an IPv4 or IPv6 literal, with or without a zone.
bool is_address_literal(std::string_view host);

// "::1" for "[::1]". A host without brackets is returned as it is.
std::string_view without_brackets(std::string_view host);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_ENDPOINT_H_
