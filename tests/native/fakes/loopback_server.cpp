#include "fakes/loopback_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <stdexcept>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

constexpr std::string_view kLengthLine = "Content-Length: ";

// A listening socket on 127.0.0.1 and the port that the system picked for it.
int listen_somewhere(uint16_t& port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* name = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, name, length) != 0 || listen(listener, 16) != 0 ||
      getsockname(listener, name, &length) != 0) {
    throw std::runtime_error("no listener for the test");
  }
  port = ntohs(address.sin_port);
  return listener;
}

// Whether the descriptor is ready before the patience ends or the server stops.
bool wait_on(int descriptor, short events, const Cancellation& stop) {
  std::array<pollfd, 2> entries{pollfd{descriptor, events, 0},
                                pollfd{stop.descriptor(), POLLIN, 0}};
  const int ready = poll(entries.data(), entries.size(), static_cast<int>(kPatience.count()));
  return ready > 0 && stop.reason() == StopReason::none;
}

size_t body_size(std::string_view head) {
  const size_t line = head.find(kLengthLine);
  if (line == std::string_view::npos) return 0;
  return std::strtoul(std::string(head.substr(line + kLengthLine.size(), 10)).c_str(), nullptr, 10);
}

}  // namespace

Peer::Peer(int descriptor, Cancellation& stop) : descriptor_(descriptor), stop_(stop) {
  (void)fcntl(descriptor_, F_SETFL, O_NONBLOCK);
}

Peer::~Peer() { hang_up(); }

bool Peer::accept_tls(SSL_CTX* context) {
  ssl_.reset(SSL_new(context));
  SSL_set_fd(ssl_.get(), descriptor_);
  for (;;) {
    const int code = SSL_accept(ssl_.get());
    if (code == 1) return true;
    const int why = SSL_get_error(ssl_.get(), code);
    const bool waits = why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE;
    if (!waits || !wait(why == SSL_ERROR_WANT_WRITE)) return false;
  }
}

bool Peer::ask_for_handshake() {
  return SSL_renegotiate(ssl_.get()) == 1 && SSL_do_handshake(ssl_.get()) == 1;
}

bool Peer::shake_hands_again(SSL_CTX* shown) {
  SSL* ssl = ssl_.get();
  // One that resumes the session shows no certificates.
  SSL_set_options(ssl, SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION);
  SSL_set_verify(ssl, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                 [](int /*accepted*/, X509_STORE_CTX* /*store*/) { return 1; });
  if (SSL_use_certificate(ssl, SSL_CTX_get0_certificate(shown)) != 1 ||
      SSL_use_PrivateKey(ssl, SSL_CTX_get0_privatekey(shown)) != 1 || !ask_for_handshake())
    return false;
  // The handshake takes place where something is read.
  char ignored = 0;
  for (;;) {
    const int code = SSL_peek(ssl, &ignored, 1);
    if (has_client_certificate() && SSL_is_init_finished(ssl) == 1) return true;
    if (SSL_get_error(ssl, code) != SSL_ERROR_WANT_READ || !wait(false)) return false;
  }
}

std::string Peer::read_request() {
  std::string request;
  std::array<char, 4096> buffer{};
  for (;;) {
    const size_t head = request.find("\r\n\r\n");
    if (head != std::string::npos && request.size() >= head + 4 + body_size(request))
      return request;
    const int bytes = read(buffer.data(), static_cast<int>(buffer.size()));
    if (bytes <= 0) return request;
    request.append(buffer.data(), static_cast<size_t>(bytes));
  }
}

bool Peer::send(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!wait(true)) return false;
    const auto size = bytes.size();
    const ssize_t sent = ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(size))
                              : ::send(descriptor_, bytes.data(), size, MSG_NOSIGNAL);
    if (sent > 0) bytes.remove_prefix(static_cast<size_t>(sent));
    if (sent <= 0 && (ssl_ || (errno != EAGAIN && errno != EINTR))) return false;
  }
  return true;
}

bool Peer::wait_for_end() {
  std::array<char, 4096> buffer{};
  for (;;) {
    const int bytes = read(buffer.data(), static_cast<int>(buffer.size()));
    if (bytes <= 0) return bytes == 0;
  }
}

void Peer::hang_up() {
  ssl_.reset();
  if (descriptor_ >= 0) (void)close(descriptor_);
  descriptor_ = -1;
}

void Peer::reset() {
  const linger at_once{1, 0};
  (void)setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  hang_up();
}

int Peer::read(char* data, int size) {
  while (descriptor_ >= 0) {
    if (ssl_) {
      const int bytes = SSL_read(ssl_.get(), data, size);
      if (bytes > 0) return bytes;
      const int why = SSL_get_error(ssl_.get(), bytes);
      if (why == SSL_ERROR_ZERO_RETURN) return 0;
      if (why != SSL_ERROR_WANT_READ) return -1;
    } else {
      const ssize_t bytes = recv(descriptor_, data, static_cast<size_t>(size), 0);
      if (bytes >= 0) return static_cast<int>(bytes);
      if (errno != EAGAIN && errno != EINTR) return -1;
    }
    if (!wait(false)) return -1;
  }
  return -1;
}

bool Peer::wait(bool writing) {
  return descriptor_ >= 0 &&
         wait_on(descriptor_, static_cast<short>(writing ? POLLOUT : POLLIN), stop_);
}

LoopbackServer::LoopbackServer(Script script)
    : script_(std::move(script)), listener_(listen_somewhere(port_)) {
  thread_ = std::thread([this] { serve(); });
}

LoopbackServer::~LoopbackServer() {
  stop_.stop(StopReason::closed);
  thread_.join();
  (void)close(listener_);
}

void LoopbackServer::serve() {
  while (wait_on(listener_, POLLIN, stop_)) {
    const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor < 0) continue;
    ++accepted_;
    Peer peer(descriptor, stop_);
    script_(peer);
  }
}

std::string http_answer(const std::string& status_and_reason, const std::string& body,
                        const std::string& further_lines) {
  return "HTTP/1.1 " + status_and_reason +
         "\r\nContent-Type: application/soap+xml;charset=UTF-8\r\n" + further_lines +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

uint16_t refused_port() {
  uint16_t port = 0;
  (void)close(listen_somewhere(port));
  return port;
}

}  // namespace wsman::testing
