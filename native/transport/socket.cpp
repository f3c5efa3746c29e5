#include "transport/socket.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "transport/codes.h"
#include "transport/wait.h"

namespace wsman {
namespace {

#if defined(MSG_NOSIGNAL)
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;  // SO_NOSIGPIPE does it there.
#endif

int open_descriptor(int family) {
  const int descriptor = socket(family, SOCK_STREAM, 0);
  if (descriptor < 0) return descriptor;
  (void)fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  (void)fcntl(descriptor, F_SETFL, O_NONBLOCK);
  const int on = 1;
  (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#if defined(SO_NOSIGPIPE)
  (void)setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  return descriptor;
}

int pending_error(int descriptor) {
  int code = 0;
  socklen_t length = sizeof code;
  return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno;
}

std::string words_for(int code) { return std::generic_category().message(code); }

Error cannot_connect(const Endpoint& endpoint, const std::string& why) {
  const std::string sentence = "Cannot connect to " + endpoint.display() + ": " + why;
  return {ErrorCode::cannot_connect,
          with_code(sentence, kDestinationUnreachable) +
              ". Check the name and the port, that the WS-Management service listens there, and "
              "that no firewall is in between.",
          kDestinationUnreachable,
          {}};
}

// One address. A failure that another address may mend is cannot_connect or timed_out.
Result<Socket> connect_one(const Address& address, const Endpoint& endpoint, const Call& call) {
  Socket socket(open_descriptor(address.storage.ss_family));
  if (!socket.is_open()) return cannot_connect(endpoint, words_for(errno));
  const Phase phase{"the connection to " + endpoint.display()};
  const auto* name = reinterpret_cast<const sockaddr*>(&address.storage);
  if (::connect(socket.descriptor(), name, address.length) == 0) return socket;
  if (errno != EINPROGRESS && errno != EINTR) return cannot_connect(endpoint, words_for(errno));
  const WaitResult waited = wait_for(socket.descriptor(), WaitFor::writable, call);
  if (waited != WaitResult::ready) return stopped_error(waited, call, phase);
  const int code = pending_error(socket.descriptor());
  if (code != 0) return cannot_connect(endpoint, words_for(code));
  return socket;
}

IoResult io_result(ssize_t moved) {
  if (moved > 0) return {IoResult::Kind::moved, static_cast<size_t>(moved), 0};
  if (moved == 0) return {IoResult::Kind::ended, 0, 0};
  const bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
  return {later ? IoResult::Kind::would_block : IoResult::Kind::failed, 0, errno};
}

}  // namespace

Socket::Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this == &other) return *this;
  close();
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

Result<Socket> Socket::connect(const std::vector<Address>& addresses, const Endpoint& endpoint,
                               const Timeouts& timeouts, const Call& call) {
  const Call all = call.within(timeouts.connect);
  Error last = cannot_connect(endpoint, "the name has no address");
  for (const Address& address : addresses) {
    Result<Socket> socket = connect_one(address, endpoint, all.within(timeouts.connect_address));
    if (socket.ok()) return socket;
    last = std::move(socket.error());
    if (last.code == ErrorCode::cancelled || last.code == ErrorCode::closed) return last;
    if (all.left() == Milliseconds::zero()) return last;
  }
  return last;
}

std::string Socket::peer_address() const {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  auto* name = reinterpret_cast<sockaddr*>(&address);
  std::array<char, NI_MAXHOST> text{};
  if (getpeername(descriptor_, name, &length) != 0) return {};
  const auto size = static_cast<socklen_t>(text.size());
  const int code = getnameinfo(name, length, text.data(), size, nullptr, 0, NI_NUMERICHOST);
  return code == 0 ? text.data() : std::string();
}

IoResult Socket::read(char* data, size_t size) const {
  const IoResult result = io_result(recv(descriptor_, data, size, 0));
#if defined(TCP_QUICKACK)
  // Before every wait, because Linux forgets the wish after a while. Without it a server that sends
  // head and body in two writes waits 40 ms for our acknowledgement in between.
  const int on = 1;
  if (result.kind == IoResult::Kind::would_block)
    (void)setsockopt(descriptor_, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
#endif
  return result;
}

IoResult Socket::write(const char* data, size_t size) const {
  return io_result(send(descriptor_, data, size, kSendFlags));
}

bool Socket::is_stale() const {
  pollfd entry{descriptor_, POLLIN, 0};
  return poll(&entry, 1, 0) != 0;
}

void Socket::close() {
  if (descriptor_ >= 0) (void)::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace wsman
