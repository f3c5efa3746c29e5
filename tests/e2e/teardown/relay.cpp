// Stands between a client and the service at PORT of 127.0.0.2, and does to the network what it is
// told by one byte on standard input:
//
//   c  cuts it: nothing gets through any more, and nobody is told
//   h  hangs up on the clients, one way: what they say still arrives
//   r  resets every connection and takes no new ones
//
// It prints its port, and a line when it has done as told. It ends with its standard input.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <vector>

namespace {

struct Pair {
  int client;
  int service;
  bool over = false;
};

sockaddr_in address_of(std::uint32_t host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(host);
  address.sin_port = htons(port);
  return address;
}

class Relay {
 public:
  explicit Relay(std::uint16_t target) : target_(address_of(0x7F000002, target)) {}

  // Listens, and gives the port; 0 if that fails.
  std::uint16_t listen() {
    sockaddr_in address = address_of(INADDR_LOOPBACK, 0);
    socklen_t size = sizeof address;
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0) return 0;
    if (::listen(listener_, SOMAXCONN) != 0) return 0;
    (void)getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
  }

  void run() {
    while (wait() && obey()) {
      if (cut_) continue;
      accept_one();
      for (Pair& pair : pairs_) forward_both(pair);
      pairs_.remove_if([](const Pair& pair) { return pair.over; });
    }
  }

 private:
  // Until anything can be read.
  bool wait() {
    polled_ = {{STDIN_FILENO, POLLIN, 0}};
    if (!cut_) {
      polled_.push_back({listener_, POLLIN, 0});
      for (const Pair& pair : pairs_) {
        polled_.push_back({pair.client, POLLIN, 0});
        polled_.push_back({pair.service, POLLIN, 0});
      }
    }
    return poll(polled_.data(), polled_.size(), -1) > 0;
  }

  bool is_readable(int descriptor) const {
    for (const pollfd& entry : polled_) {
      if (entry.fd == descriptor) return entry.revents != 0;
    }
    return false;
  }

  // False at the end of the input.
  bool obey() {
    if (!is_readable(STDIN_FILENO)) return true;
    char what = 0;
    if (read(STDIN_FILENO, &what, 1) != 1) return false;
    if (what == 'c') cut_ = true;
    if (what == 'h') hang_up();
    if (what == 'r') reset();
    (void)std::puts("done");
    return true;
  }

  void hang_up() {
    deaf_ = true;
    for (const Pair& pair : pairs_) (void)shutdown(pair.client, SHUT_WR);
  }

  void reset() {
    const linger at_once{1, 0};
    for (const Pair& pair : pairs_) {
      (void)setsockopt(pair.client, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      end(pair);
    }
    pairs_.clear();
    (void)close(listener_);
    listener_ = -1;
  }

  void accept_one() {
    if (listener_ < 0 || !is_readable(listener_)) return;
    const int client = accept(listener_, nullptr, nullptr);
    const int service = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(service, reinterpret_cast<sockaddr*>(&target_), sizeof target_) != 0) {
      end({client, service});
      return;
    }
    pairs_.push_back({client, service});
    if (deaf_) (void)shutdown(client, SHUT_WR);
  }

  void forward_both(Pair& pair) {
    if (is_readable(pair.client)) forward(pair.client, pair.service, pair);
    if (!pair.over && is_readable(pair.service)) forward(pair.service, pair.client, pair);
  }

  void forward(int from, int to, Pair& pair) {
    std::array<char, 65536> part;
    const ssize_t size = read(from, part.data(), part.size());
    if (size > 0) {
      (void)send(to, part.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL);
      return;
    }
    end(pair);
    pair.over = true;
  }

  static void end(const Pair& pair) {
    (void)close(pair.client);
    (void)close(pair.service);
  }

  sockaddr_in target_;
  int listener_ = -1;
  bool cut_ = false;
  bool deaf_ = false;
  std::list<Pair> pairs_;
  std::vector<pollfd> polled_;
};

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  (void)std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Relay relay(static_cast<std::uint16_t>(std::strtoul(words[1], nullptr, 10)));
  const std::uint16_t port = relay.listen();
  if (port == 0) return 1;
  (void)std::printf("%u\n", static_cast<unsigned>(port));
  relay.run();
  return 0;
}
