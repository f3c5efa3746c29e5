// One TCP connection, without TLS: opened, read, written and closed within the bounds of a call.
#ifndef WSMAN_TRANSPORT_NET_SOCKET_H_
#define WSMAN_TRANSPORT_NET_SOCKET_H_

#include <cstddef>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "transport/net/resolver.h"
#include "transport/transport.h"

namespace wsman::net {

// The result of a non-blocking read or write.
struct IoResult {
  enum class Kind { moved, would_block, ended, failed } kind = Kind::failed;
  size_t bytes = 0;
  int system_error = 0;  // errno, for failed.
};

class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() { close(); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  Socket(Socket&& other) noexcept;
  Socket& operator=(Socket&& other) noexcept;

  // Tries the addresses one after the other, in their order; each may take its share of the time
  // that is left. Fails with cannot_connect, timed_out, cancelled or closed.
  static Result<Socket> connect(const std::vector<Address>& addresses, const Endpoint& endpoint,
                                const Call& call);

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  // The address at the other end, without its port: "192.0.2.1". Empty if it is not known.
  std::string peer_address() const;

  // Neither blocks, and neither raises SIGPIPE.
  IoResult read(char* data, size_t size) const;
  IoResult write(const char* data, size_t size) const;

  // True if the peer has closed the connection, or sent bytes without a request, since the last
  // answer.
  bool is_stale() const;

  void close();

 private:
  int descriptor_ = -1;
};

}  // namespace wsman::net

#endif  // WSMAN_TRANSPORT_NET_SOCKET_H_
