#include "transport/net/socket.h"

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

#include "base/codes.h"
#include "base/wait.h"

namespace wsman::net {
namespace {

// SIGPIPE would end a host process that does not ignore it. A library must not change the process's
// handler, so each send (Linux) or each socket (macOS) asks for none.
#if defined(MSG_NOSIGNAL)
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;  // SO_NOSIGPIPE does it there.
#endif

int open_descriptor(int family) {
  // A program that the host starts must not inherit the connection: the server would not see it
  // end, and the program could read it.
#if defined(SOCK_CLOEXEC)
  const int descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return descriptor;
#else
  const int descriptor = socket(family, SOCK_STREAM, 0);
  if (descriptor < 0) return descriptor;
  // A call on a socket that blocks would outlast its deadline.
  if (fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0 || fcntl(descriptor, F_SETFL, O_NONBLOCK) != 0) {
    const int code = errno;
    (void)close(descriptor);
    errno = code;
    return -1;
  }
#endif
  const int on = 1;
  // Nagle's algorithm would hold back the end of a request until the server has acknowledged its
  // beginning [RFC 1122 4.2.3.4].
  (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
#if defined(SO_NOSIGPIPE)
  (void)setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof on);
#endif
  return descriptor;
}

int pending_error(int descriptor) {
  // SO_ERROR holds the outcome of a connect() in progress, and is cleared by reading it.
  int code = 0;
  socklen_t length = sizeof code;
  return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno;
}

std::string words_for(int code) { return std::generic_category().message(code); }

Error cannot_connect(const Endpoint& endpoint, const std::string& why,
                     AdviceKey advice = AdviceKey::check_reachable) {
  return make_error(
      ErrorCode::cannot_connect, code::kDestinationUnreachable,
      "The client cannot connect to the destination " + endpoint.display() + ": " + why, {advice});
}

// Each interface has link-local addresses of its own, so without a zone the address of another
// computer means none [RFC 4007 6].
bool lacks_zone(const Address& address) {
  if (address.storage.ss_family != AF_INET6) return false;
  const auto& name = reinterpret_cast<const sockaddr_in6&>(address.storage);
  return name.sin6_scope_id == 0 && IN6_IS_ADDR_LINKLOCAL(&name.sin6_addr);
}

// The error where this process got no socket, or none that leads anywhere.
Error cannot_connect(const Endpoint& endpoint, const Address& address, int code) {
  if (code == EMFILE || code == ENFILE)
    return cannot_connect(endpoint, words_for(code), AdviceKey::raise_file_limit);
  // After an attempt, because a system may have an interface for such addresses. The others say no
  // more than "Invalid argument".
  if (lacks_zone(address)) {
    return cannot_connect(endpoint,
                          "a link-local address needs the zone that says over which interface",
                          AdviceKey::add_zone);
  }
  return cannot_connect(endpoint, words_for(code));
}

// One address. A failure that another address may mend is cannot_connect or timed_out.
Result<Socket> connect_one(const Address& address, const Endpoint& endpoint, const Call& call) {
  Socket socket(open_descriptor(address.storage.ss_family));
  if (!socket.is_open()) return cannot_connect(endpoint, address, errno);
  const Phase phase{"the connection to " + endpoint.display()};
  const auto* name = reinterpret_cast<const sockaddr*>(&address.storage);
  if (::connect(socket.descriptor(), name, address.length) == 0) return socket;
  // After EINTR the connection goes on asynchronously too [POSIX connect()]. A second connect()
  // would fail with EALREADY.
  if (errno != EINPROGRESS && errno != EINTR) return cannot_connect(endpoint, address, errno);
  const WaitResult waited = wait_for(socket.descriptor(), WaitFor::writable, call);
  if (waited != WaitResult::ready) return stopped_error(waited, call, phase);
  // Writable means decided, and not connected: a refused connection is writable as well.
  const int code = pending_error(socket.descriptor());
  if (code != 0) return cannot_connect(endpoint, address, code);
  return socket;
}

// An address that drops packets costs its share of the time only, so that the next one has some.
Call share_of(const Call& call, size_t addresses) {
  if (addresses == 1 || call.deadline == Clock::time_point::max()) return call;
  return call.within(call.left() / static_cast<int64_t>(addresses), call.setting);
}

IoResult io_result(ssize_t moved) {
  if (moved > 0) return {IoResult::Kind::moved, static_cast<size_t>(moved), 0};
  if (moved == 0) return {IoResult::Kind::ended, 0, 0};
  // A read that a signal interrupted has moved nothing. It is tried again after the next wait,
  // which looks at the deadline first.
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
                               const Call& call) {
  Error last = cannot_connect(endpoint, "the name has no address");
  size_t left = addresses.size();
  for (const Address& address : addresses) {
    Result<Socket> socket = connect_one(address, endpoint, share_of(call, left--));
    if (socket.ok()) return socket;
    last = std::move(socket.error());
    // A stop ends the whole call. A timeout may be that of the one address.
    if (last.code == ErrorCode::cancelled || last.code == ErrorCode::closed) return last;
    if (call.left() == Milliseconds::zero()) return last;
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
  // NI_NUMERICHOST: the address is wanted, and a reverse lookup would wait for a name server.
  const int code = getnameinfo(name, length, text.data(), size, nullptr, 0, NI_NUMERICHOST);
  return code == 0 ? text.data() : std::string();
}

IoResult Socket::read(char* data, size_t size) const {
  const IoResult result = io_result(recv(descriptor_, data, size, 0));
#if defined(TCP_QUICKACK)
  // Set before every wait, because Linux resets the option after a while. Without it, a server with
  // Nagle's algorithm that sends head and body in two writes waits 40 ms for our acknowledgement in
  // between.
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
  // An idle connection has nothing to read in HTTP/1.1. End, error and unasked bytes all make it
  // readable; the last may be the 408 of a server that closes [RFC 9110 15.5.9].
  return poll(&entry, 1, 0) != 0;
}

void Socket::close() {
  // Not repeated after EINTR: Linux has released the descriptor by then, and another thread may
  // have its number.
  if (descriptor_ >= 0) (void)::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace wsman::net
