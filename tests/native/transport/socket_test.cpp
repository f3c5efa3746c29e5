#include "transport/socket.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>

#include "fakes/loopback_server.h"
#include "support/bounds.h"
#include "transport/wait.h"

namespace wsman::testing {
namespace {

Endpoint endpoint_at(uint16_t port) { return {false, "127.0.0.1", port, "/wsman"}; }

struct SocketFixture {
  static std::vector<Address> address(uint16_t port) {
    return system_lookup("127.0.0.1", port).addresses;
  }

  Result<Socket> connect(const std::vector<Address>& addresses, uint16_t port) {
    return Socket::connect(addresses, endpoint_at(port), timeouts, call);
  }

  Socket connected(uint16_t port) {
    Result<Socket> socket = connect(address(port), port);
    REQUIRE(socket.ok());
    return std::move(socket.value());
  }

  void await(const Socket& socket, WaitFor what = WaitFor::readable) {
    REQUIRE(wait_for(socket.descriptor(), what, call) == WaitResult::ready);
  }

  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
  Timeouts timeouts;
  std::array<char, 16> buffer{};
};

// A listener whose queue is full: further connections get no answer, neither yes nor no.
class DeafListener {
 public:
  DeafListener() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address_;
    auto* name = reinterpret_cast<sockaddr*>(&address_);
    REQUIRE(bind(listener_, name, length) == 0);
    REQUIRE(listen(listener_, 0) == 0);
    REQUIRE(getsockname(listener_, name, &length) == 0);
    for (int& filler : fillers_) {
      filler = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
      (void)connect(filler, name, length);
    }
  }
  ~DeafListener() {
    for (const int filler : fillers_) (void)close(filler);
    (void)close(listener_);
  }
  DeafListener(const DeafListener&) = delete;
  DeafListener& operator=(const DeafListener&) = delete;
  uint16_t port() const { return ntohs(address_.sin_port); }

 private:
  int listener_;
  sockaddr_in address_{};
  std::array<int, 4> fillers_{};
};

}  // namespace

TEST_SUITE("socket") {
  TEST_CASE_FIXTURE(SocketFixture, "connects, and carries octets both ways") {
    LoopbackServer server([](Peer& peer) {
      (void)peer.send("hello");
      (void)peer.wait_for_end();
    });
    const Socket socket = connected(server.port());

    CHECK(socket.write("x", 1).kind == IoResult::Kind::moved);
    await(socket);
    const IoResult result = socket.read(buffer.data(), buffer.size());

    CHECK(result.kind == IoResult::Kind::moved);
    CHECK(std::string(buffer.data(), result.octets) == "hello");
  }

  TEST_CASE_FIXTURE(SocketFixture, "to a port where nobody listens names computer and port") {
    const uint16_t port = refused_port();

    const Result<Socket> socket = connect(address(port), port);

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::cannot_connect);
    CHECK(socket.error().wsman_code == 0x80338012);
    CHECK(contains(socket.error().message,
                   "Cannot connect to 127.0.0.1 (port " + std::to_string(port) + ")"));
  }

  TEST_CASE_FIXTURE(SocketFixture, "tries the next address when one refuses") {
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    std::vector<Address> addresses = address(refused_port());
    addresses.push_back(address(server.port())[0]);

    CHECK(connect(addresses, server.port()).ok());
  }

  TEST_CASE_FIXTURE(SocketFixture, "without an address cannot connect") {
    CHECK(connect({}, 1).error().code == ErrorCode::cannot_connect);
  }

  TEST_CASE_FIXTURE(SocketFixture, "leaves an address that does not answer at its deadline") {
    const DeafListener deaf;
    timeouts.connect_address = Milliseconds(100);
    const Clock::time_point start = Clock::now();

    const Result<Socket> socket = connect(address(deaf.port()), deaf.port());

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::timed_out);
    CHECK(contains(socket.error().message, "the connection to 127.0.0.1"));
    CHECK(since(start) < bound(Milliseconds(100) + kPromptly));
  }

  TEST_CASE_FIXTURE(SocketFixture, "has one deadline for all addresses") {
    const DeafListener deaf;
    timeouts.connect = Milliseconds(100);
    const std::vector<Address> addresses(50, address(deaf.port())[0]);
    const Clock::time_point start = Clock::now();

    const Result<Socket> socket = connect(addresses, deaf.port());

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::timed_out);
    CHECK(since(start) < bound(Milliseconds(100) + kPromptly));
  }

  TEST_CASE_FIXTURE(SocketFixture,
                    "stops connecting when it is told to, and tries no other address") {
    const DeafListener deaf;
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    std::vector<Address> addresses = address(deaf.port());
    addresses.push_back(address(server.port())[0]);
    cancellation.stop(StopReason::cancelled);

    const Result<Socket> socket = connect(addresses, deaf.port());

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::cancelled);
    CHECK(server.accepted() == 0);
  }

  TEST_CASE_FIXTURE(SocketFixture, "with nothing to read does not wait") {
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    const Socket socket = connected(server.port());

    CHECK(socket.read(buffer.data(), buffer.size()).kind == IoResult::Kind::would_block);
    CHECK_FALSE(socket.is_stale());
  }

  TEST_CASE_FIXTURE(SocketFixture, "is stale once the peer has hung up") {
    LoopbackServer server([](Peer&) {});
    const Socket socket = connected(server.port());

    await(socket);

    CHECK(socket.is_stale());
    CHECK(socket.read(buffer.data(), buffer.size()).kind == IoResult::Kind::ended);
  }

  TEST_CASE_FIXTURE(SocketFixture, "is stale when octets came that nobody asked for") {
    LoopbackServer server([](Peer& peer) {
      (void)peer.send("x");
      (void)peer.wait_for_end();
    });
    const Socket socket = connected(server.port());

    await(socket);

    CHECK(socket.is_stale());
  }

  TEST_CASE_FIXTURE(SocketFixture, "fails, and raises no signal, when the peer is gone") {
    LoopbackServer server([](Peer& peer) { peer.reset(); });
    const Socket socket = connected(server.port());
    await(socket);

    (void)socket.write("x", 1);
    const IoResult result = socket.write("x", 1);

    CHECK(result.kind == IoResult::Kind::failed);
  }

  TEST_CASE_FIXTURE(SocketFixture, "moved leaves nothing behind, and closes once") {
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    Socket from = connected(server.port());

    Socket to(std::move(from));

    CHECK_FALSE(from.is_open());  // NOLINT(bugprone-use-after-move): that is what is promised.
    CHECK(to.is_open());
    to.close();
    to.close();
    CHECK_FALSE(to.is_open());
  }
}

}  // namespace wsman::testing
