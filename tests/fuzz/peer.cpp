#include "peer.h"

#include <netdb.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace wsman::fuzz {
namespace {

std::mutex g_mutex;
Peer* g_peer = nullptr;  // One at a time.

void replace_all(std::string& text, std::string_view what, const std::string& with) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

bool is_status(std::string_view text) {
  return text.size() > 3 && text[3] == ' ' &&
         std::all_of(text.begin(), text.begin() + 3, [](char c) { return c >= '0' && c <= '9'; });
}

std::string as_message(const std::string& text) {
  if (text.rfind("HTTP/", 0) == 0 || is_tls_record(text)) return text;
  const bool has_status = is_status(text);
  const std::string body = has_status ? text.substr(4) : text;
  return "HTTP/1.1 " + (has_status ? text.substr(0, 3) : "200") +
         " Said\r\nContent-Type: application/soap+xml;charset=UTF-8\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

std::string between(const std::string& text, std::string_view before, std::string_view behind) {
  const size_t start = text.find(before);
  if (start == std::string::npos) return {};
  const size_t from = start + before.size();
  const size_t end = text.find(behind, from);
  return end == std::string::npos ? std::string() : text.substr(from, end - from);
}

bool is_tls_record(std::string_view bytes) {
  return bytes.size() > 1 && bytes[0] >= 0x14 && bytes[0] <= 0x16 && bytes[1] == 3;
}

Peer::Peer(std::vector<std::string> answers, Manner manner)
    : answers_(std::move(answers)), manner_(manner) {
  const std::lock_guard<std::mutex> lock(g_mutex);
  g_peer = this;
}

Peer::~Peer() {
  const std::lock_guard<std::mutex> lock(g_mutex);
  g_peer = nullptr;
}

std::vector<Peer::Exchange> Peer::exchanges() const {
  const std::lock_guard<std::mutex> lock(g_mutex);
  std::vector<Exchange> all = exchanges_;
  for (const auto& [descriptor, connection] : connections_) {
    if (!connection.asked.empty())
      all.push_back({connection.asked, connection.given, connection.tls != nullptr});
  }
  return all;
}

std::vector<std::string> Peer::requests() const {
  std::vector<std::string> all;
  for (Exchange& exchange : exchanges()) all.push_back(std::move(exchange.request));
  return all;
}

const testing::TlsIdentity& Peer::identity() {
  static const testing::TlsIdentity one("IP:127.0.0.1,IP:192.0.2.1");
  return one;
}

std::vector<std::string> Peer::places() const {
  const std::lock_guard<std::mutex> lock(g_mutex);
  return places_;
}

size_t Peer::open_connections() const {
  const std::lock_guard<std::mutex> lock(g_mutex);
  return connections_.size();
}

bool Peer::accept(int descriptor, const sockaddr* address, socklen_t length) {
  const std::lock_guard<std::mutex> lock(g_mutex);
  if (g_peer == nullptr) return false;
  g_peer->connections_[descriptor] = {};
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  (void)getnameinfo(address, length, host.data(), host.size(), port.data(), port.size(),
                    NI_NUMERICHOST | NI_NUMERICSERV);
  g_peer->places_.push_back(std::string(host.data()) + ":" + port.data());
  return true;
}

bool Peer::take(int descriptor, std::string_view bytes, ssize_t& moved) {
  const std::lock_guard<std::mutex> lock(g_mutex);
  Connection* connection = find(descriptor);
  if (connection == nullptr) return false;
  if (g_peer->manner_.is_reluctant || g_peer->manner_.is_early) {
    constexpr size_t little = 500;
    connection->is_full = !connection->is_full;
    errno = EAGAIN;
    moved = -1;
    if (!connection->is_full) return true;
    bytes = bytes.substr(0, little);
  }
  moved = static_cast<ssize_t>(bytes.size());
  const std::string plain = g_peer->unsealed(*connection, bytes);
  if (plain.empty()) return true;
  if (std::exchange(connection->is_answered, false))
    g_peer->exchanges_.push_back(taken(*connection));
  connection->asked += plain;
  return true;
}

bool Peer::give(int descriptor, char* data, size_t size, ssize_t& moved) {
  const std::lock_guard<std::mutex> lock(g_mutex);
  Connection* connection = find(descriptor);
  if (connection == nullptr) return false;
  if (g_peer->awaits_rest(*connection)) {
    errno = EAGAIN;
    moved = -1;
    return true;
  }
  if (!connection->asked.empty() && !std::exchange(connection->is_answered, true)) {
    connection->given = g_peer->next_answer(connection->asked);
    connection->answer += g_peer->sealed(*connection);
  }
  const size_t piece = g_peer->manner_.piece == 0 ? size : g_peer->manner_.piece;
  const size_t length = std::min({size, piece, connection->answer.size()});
  std::copy_n(connection->answer.data(), length, data);
  connection->answer.erase(0, length);
  errno = ECONNRESET;
  moved = length == 0 && g_peer->manner_.is_resetting ? -1 : static_cast<ssize_t>(length);
  return true;
}

bool Peer::is_readable(int descriptor, bool waits, bool& readable) {
  const std::lock_guard<std::mutex> lock(g_mutex);
  const Connection* connection = find(descriptor);
  if (connection == nullptr) return false;
  readable = (waits && !g_peer->awaits_rest(*connection)) || !connection->answer.empty() ||
             (connection->is_answered && g_peer->manner_.is_closing);
  return true;
}

void Peer::forget(int descriptor) {
  const std::lock_guard<std::mutex> lock(g_mutex);
  Connection* connection = find(descriptor);
  if (connection == nullptr) return;
  if (!connection->asked.empty()) g_peer->exchanges_.push_back(taken(*connection));
  g_peer->connections_.erase(descriptor);
}

std::string Peer::next_answer(const std::string& request) {
  if (next_ == answers_.size()) return {};
  std::string answer = std::move(answers_[next_++]);
  replace_all(answer, "{id}", between(request, "<a:MessageID>", "</a:MessageID>"));
  return as_message(answer);
}

// A request before TLS is one to a proxy, and its answer is given before.
std::string Peer::unsealed(Connection& connection, std::string_view bytes) {
  if (!connection.tls && manner_.tls_version != 0 && is_tls_record(bytes)) {
    if (std::exchange(connection.is_answered, false)) exchanges_.push_back(taken(connection));
    connection.tls = std::make_unique<testing::TlsFarEnd>(manner_.tls_version, nullptr, identity());
  }
  if (!connection.tls) return std::string(bytes);
  const std::string records(bytes);
  if (connection.tls->is_shaken()) return connection.tls->unseal(records);
  connection.answer += connection.tls->shake_hands(records);
  // A request may come with the end of the handshake.
  return connection.tls->is_shaken() ? connection.tls->unseal({}) : std::string();
}

std::string Peer::sealed(Connection& connection) const {
  if (!connection.tls) return connection.given;
  std::string records = connection.given.empty() ? "" : connection.tls->seal(connection.given);
  if (manner_.is_closing) records += connection.tls->goodbye();
  return records;
}

Peer::Exchange Peer::taken(Connection& connection) {
  return {std::exchange(connection.asked, {}), std::exchange(connection.given, {}),
          connection.tls != nullptr};
}

bool Peer::awaits_rest(const Connection& connection) const {
  return manner_.is_reluctant && !connection.is_full && !connection.is_answered;
}

Peer::Connection* Peer::find(int descriptor) {
  if (g_peer == nullptr) return nullptr;
  const auto found = g_peer->connections_.find(descriptor);
  return found == g_peer->connections_.end() ? nullptr : &found->second;
}

}  // namespace wsman::fuzz

// The linker has the core call these (--wrap), and gives the system's own functions other names.
extern "C" {
int __real_connect(int descriptor, const sockaddr* address, socklen_t length);
ssize_t __real_send(int descriptor, const void* data, size_t size, int flags);
ssize_t __real_recv(int descriptor, void* data, size_t size, int flags);
int __real_poll(pollfd* entries, nfds_t count, int timeout);
int __real_close(int descriptor);

int __wrap_connect(int descriptor, const sockaddr* address, socklen_t length) {
  return wsman::fuzz::Peer::accept(descriptor, address, length)
             ? 0
             : __real_connect(descriptor, address, length);
}

ssize_t __wrap_send(int descriptor, const void* data, size_t size, int flags) {
  ssize_t moved = 0;
  return wsman::fuzz::Peer::take(descriptor, {static_cast<const char*>(data), size}, moved)
             ? moved
             : __real_send(descriptor, data, size, flags);
}

ssize_t __wrap_recv(int descriptor, void* data, size_t size, int flags) {
  ssize_t moved = 0;
  return wsman::fuzz::Peer::give(descriptor, static_cast<char*>(data), size, moved)
             ? moved
             : __real_recv(descriptor, data, size, flags);
}

int __wrap_poll(pollfd* entries, nfds_t count, int timeout) {
  bool readable = false;
  if (count == 0 || !wsman::fuzz::Peer::is_readable(entries[0].fd, timeout != 0, readable))
    return __real_poll(entries, count, timeout);
  // The others as they are: a stop is among them.
  const int others = __real_poll(entries + 1, count - 1, 0);
  const int possible = entries[0].events & (readable ? POLLIN | POLLOUT : POLLOUT);
  entries[0].revents = static_cast<short>(possible);
  return std::max(others, 0) + (possible == 0 ? 0 : 1);
}

int __wrap_close(int descriptor) {
  wsman::fuzz::Peer::forget(descriptor);
  return __real_close(descriptor);
}
}
