#include "support/control_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "support/bounds.h"

namespace wsman::testing {

std::string ask_control_port(std::uint16_t port, const std::string& method,
                             const std::string& target) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // What the port waits for may take all of a test's patience.
  const timeval patience{2 * kPatience / std::chrono::seconds(1), 0};
  (void)setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const std::string request =
      method + " " + target +
      " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  std::string answer;
  std::array<char, 4096> part{};
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      send(descriptor, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    for (ssize_t size = 1; size > 0;) {
      size = read(descriptor, part.data(), part.size());
      if (size > 0) answer.append(part.data(), static_cast<std::size_t>(size));
    }
  }
  close(descriptor);
  const std::size_t body = answer.find("\r\n\r\n");
  if (body == std::string::npos) throw std::runtime_error("the control port does not answer");
  return answer.substr(body);
}

}  // namespace wsman::testing
