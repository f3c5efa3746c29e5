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
  // In ASCII, without brackets; an IPv6 literal may carry a zone ("fe80::1%eth0"). It is what is
  // resolved, verified, sent, and compared with the settings.
  std::string host;
  uint16_t port = 0;
  std::string path;        // Begins with "/".
  std::string typed = {};  // The host as the user wrote it, if that is not `host`.

  // The host as its user knows it, for messages.
  const std::string& called() const { return typed.empty() ? host : typed; }

  // The host as it stands in a URL or a Host header: IPv6 in brackets, no zone.
  std::string host_in_url() const;

  // The host as the lists of the client settings have it: IPv6 in brackets [MS-WSMV 2.2.4.9], with
  // its zone.
  std::string host_in_list() const;

  // The host as a certificate has it: no zone, and no dot at its end.
  std::string host_for_tls() const;

  // "https://server01:5986/wsman".
  std::string url() const;

  // "server01 (port 5986)", for messages: as called().
  std::string display() const;
};

// The parts of a connection as a user names them. 0 and "" mean not given.
struct EndpointRequest {
  std::string computer_name;
  uint16_t port = 0;
  std::string application_name;
  bool use_tls = false;
  std::string connection_uri;  // If given, it stands for all but a missing port.
  // The host in ASCII, with A-labels [RFC 5890 2.3.2.1], where it has letters outside ASCII.
  std::string host = {};
};

// The defaults of the client settings for parts that were not given.
struct EndpointDefaults {
  uint16_t http_port = 5985;
  uint16_t https_port = 5986;
  std::string url_prefix = "wsman";
};

// Fails with invalid_argument if the name is empty, is longer than a name of DNS can be, or has a
// character that is not allowed in one, or if the URI is not an http or https URI with a host.
Result<Endpoint> make_endpoint(const EndpointRequest& request, const EndpointDefaults& defaults);

// True for an IPv4 or IPv6 literal, with or without a zone.
bool is_address_literal(std::string_view host);

// "::1" for "[::1]". A host without brackets is returned as it is.
std::string_view without_brackets(std::string_view host);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_ENDPOINT_H_
