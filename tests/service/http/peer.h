// What is known about the client of one connection, beyond one request.
#ifndef WSMAN_TESTS_SERVICE_HTTP_PEER_H
#define WSMAN_TESTS_SERVICE_HTTP_PEER_H

#include <memory>
#include <string>

namespace wsman::service {

// What a handler keeps between the requests of one connection.
class PeerState {
 public:
  virtual ~PeerState() = default;
};

struct Peer {
  // [RFC 5929 4] tls-server-end-point of the certificate that the client was shown; empty without
  // TLS.
  std::string channel_binding;
  // The same of a certificate that it was not shown, for a service in the place of another.
  std::string foreign_binding;
  std::unique_ptr<PeerState> state;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_HTTP_PEER_H
