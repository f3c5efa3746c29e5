// What the network room tells about its connections.
#ifndef WSMAN_TESTS_SERVICE_NET_TRAFFIC_H
#define WSMAN_TESTS_SERVICE_NET_TRAFFIC_H

#include "http/message.h"

namespace wsman::service {

// How a connection came to its end, as the service saw it.
enum class Ending {
  clean,      // FIN, and over TLS a close_notify before it.
  truncated,  // FIN without close_notify: the client cut TLS off.
  reset,      // RST, or another failure of the socket.
  handshake,  // TLS never came to stand: the client refused the certificate, say.
  abandoned   // The service hung up and the client kept its socket beyond the bound.
};

// The default notices nothing: the control port's own connections are not counted.
class TrafficObserver {
 public:
  virtual ~TrafficObserver() = default;
  virtual void accepted(const Entrance&) {}
  virtual void requested(const Entrance&) {}
  virtual void ended(const Entrance&, Ending) {}
  // A client has ended its connection before it had the answer to its request.
  virtual void unheard() {}
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_NET_TRAFFIC_H
