#include "support/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace wsman::testing {
namespace {

constexpr int kAnswerSeconds = 40;

}  // namespace

std::string fetch(std::uint16_t port, const std::string& target) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval bound{kAnswerSeconds, 0};
  (void)setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &bound, sizeof bound);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const std::string request =
      "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
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
