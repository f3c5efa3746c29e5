#include "mutation/relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "mutation/http_text.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

constexpr std::uint32_t kService = 0x7F000002;  // 127.0.0.2.
// Of the first so many answers one is changed whatever else is.
constexpr std::size_t kWithin = 10;
constexpr std::size_t kOneIn = 4;

sockaddr_in address_of(std::uint32_t host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(host);
  address.sin_port = htons(port);
  return address;
}

// The service answers each request with one answer, which tells its length.
std::size_t whole_size(const std::string& answer) {
  const std::size_t head = answer.find(kHeadEnd);
  if (head == std::string::npos) return std::string::npos;
  const std::size_t line = answer.find(kLengthField);
  const std::size_t body =
      line < head ? std::strtoul(answer.c_str() + line + kLengthField.size(), nullptr, 10) : 0;
  return head + kHeadEnd.size() + body;
}

// The text between two others; "" if it is not there.
std::string between(const std::string& text, std::string_view before, std::string_view behind) {
  const std::size_t start = text.find(before);
  if (start == std::string::npos) return {};
  const std::size_t from = start + before.size();
  return text.substr(from, text.find(behind, from) - from);
}

// What changes nothing, and what a teardown asks.
bool may_repeat(const std::string& request) {
  constexpr std::array<std::string_view, 3> kActions{"/transfer/Get<", "/transfer/Delete<",
                                                     "/Release<"};
  return std::any_of(kActions.begin(), kActions.end(),
                     [&](std::string_view one) { return request.find(one) != std::string::npos; });
}

// A connection to the service. Nothing on it takes longer than the patience of a test.
class Upstream {
 public:
  explicit Upstream(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{kPatience.count() / 1000, 0};
    (void)setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address = address_of(kService, port);
    // A failure shows as one of sending.
    (void)connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
  }
  ~Upstream() { (void)close(socket_); }
  Upstream(const Upstream&) = delete;
  Upstream& operator=(const Upstream&) = delete;

  // Empty if the service is not there or hung up.
  std::string answer_to(const std::string& request) const {
    if (send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0) return {};
    std::string answer;
    std::array<char, 65536> part{};
    while (answer.size() < whole_size(answer)) {
      const ssize_t size = recv(socket_, part.data(), part.size(), 0);
      if (size <= 0) return {};
      answer.append(part.data(), static_cast<std::size_t>(size));
    }
    return answer;
  }

 private:
  const int socket_;
};

}  // namespace

Relay::Relay(std::uint16_t service, SSL_CTX* tls, std::uint64_t seed)
    : service_(service),
      tls_(tls),
      seed_(seed),
      listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = address_of(INADDR_LOOPBACK, 0);
  socklen_t size = sizeof address;
  auto* const name = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, name, size) != 0 || listen(listener_, SOMAXCONN) != 0 ||
      getsockname(listener_, name, &size) != 0) {
    throw std::runtime_error("no listener for the relay");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

Relay::~Relay() {
  stop_.stop(StopReason::closed);
  thread_.join();
  for (std::thread& connection : connections_) connection.join();
  (void)close(listener_);
}

std::string Relay::url() const {
  return (tls_ != nullptr ? "https" : "http") + std::string("://127.0.0.1:") +
         std::to_string(port_) + "/wsman";
}

void Relay::be_honest() {
  const std::lock_guard<std::mutex> lock(mutex_);
  honest_ = true;
}

std::vector<Sent> Relay::take_sent() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(sent_, {});
}

std::string Relay::story() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return story_;
}

void Relay::serve() {
  // OpenSSL writes to clients that are gone. On the threads of the relay alone, since the core has
  // to do without.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  (void)pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  for (;;) {
    std::array<pollfd, 2> entries{pollfd{listener_, POLLIN, 0},
                                  pollfd{stop_.descriptor(), POLLIN, 0}};
    (void)poll(entries.data(), entries.size(), -1);
    if (stop_.reason() != StopReason::none) return;
    const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor >= 0) connections_.emplace_back([this, descriptor] { carry(descriptor); });
  }
}

void Relay::carry(int descriptor) {
  Peer peer(descriptor, stop_);
  if (tls_ != nullptr && !peer.accept_tls(tls_)) return;
  const Upstream upstream(service_);
  for (;;) {
    const std::string request = peer.read_request();
    if (!contains(request, kHeadEnd)) return;
    const std::string answer = upstream.answer_to(request);
    if (answer.empty() || !deliver(peer, delivery_of(request, answer))) return;
  }
}

// Follows from the seed and from how many answers there were before, and not from the time.
Delivery Relay::delivery_of(const std::string& request, const std::string& answer) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const std::size_t index = answers_.size();
  Chance chance((seed_ << 16U) + index);
  const bool is_chosen = Chance(seed_).below(kWithin) == index;
  const bool is_changed = !honest_ && (is_chosen || chance.once_in(kOneIn));
  Delivery delivery = is_changed ? mutated(answer, answers_, chance) : unchanged(answer);
  if (is_changed) story_ += "\n    answer " + std::to_string(index) + ": " + delivery.story;
  answers_.push_back(answer);
  sent_.push_back({answer, delivery.bytes()});
  note(request, delivery.bytes());
  return delivery;
}

// What may not be carried out twice comes again only if it was turned away.
void Relay::note(const std::string& request, const std::string& answer) {
  const std::string id = between(request, "<a:MessageID>", "</");
  if (id.empty() || may_repeat(request)) return;
  const auto [before, is_new] = answered_.emplace(id, answer);
  if (!is_new && before->second.find(" 401") == std::string::npos) {
    repeated_ += "\n  sent twice:" + between(request, "<a:Action", "</");
  }
  before->second = answer;
}

std::string Relay::repeated() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return repeated_;
}

// False if the connection is at its end.
bool Relay::deliver(Peer& peer, const Delivery& delivery) {
  for (const std::string& piece : delivery.pieces) {
    if (!peer.send(piece)) return false;
  }
  if (delivery.end == Delivery::End::reset) peer.reset();
  if (delivery.end == Delivery::End::silence) (void)peer.wait_for_end();
  return delivery.end == Delivery::End::keep;
}

}  // namespace wsman::testing
