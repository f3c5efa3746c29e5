#include "transport/net/socket.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <string>
#include <utility>

#include "base/wait.h"
#include "fakes/loopback_server.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Endpoint endpoint_at(uint16_t port) { return {false, "127.0.0.1", port, "/wsman"}; }

struct SocketFixture {
  static std::vector<net::Address> address(uint16_t port) {
    return net::system_lookup("127.0.0.1", port).addresses;
  }

  Result<net::Socket> connect(const std::vector<net::Address>& addresses, uint16_t port) {
    return net::Socket::connect(addresses, endpoint_at(port), call);
  }

  net::Socket connected(uint16_t port) {
    Result<net::Socket> socket = connect(address(port), port);
    REQUIRE(socket.ok());
    return std::move(socket.value());
  }

  void await(const net::Socket& socket, WaitFor what = WaitFor::readable) {
    REQUIRE(wait_for(socket.descriptor(), what, call) == WaitResult::ready);
  }

  Cancellation cancellation;
  Call call{cancellation, Clock::now() + kPatience};
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

TEST_SUITE("Socket") {
  TEST_CASE_FIXTURE(SocketFixture, "A process without descriptors left is told so") {
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
    const std::vector<net::Address> addresses = address(refused_port());
    rlimit none = before;
    none.rlim_cur = 0;
    REQUIRE(setrlimit(RLIMIT_NOFILE, &none) == 0);
    const Result<net::Socket> socket = connect(addresses, 5985);
    (void)setrlimit(RLIMIT_NOFILE, &before);

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::cannot_connect);
    CHECK(advice_of(socket.error()) == "RaiseFileLimit");
  }

  TEST_CASE_FIXTURE(SocketFixture, "A socket connects and carries bytes both ways") {
    LoopbackServer server([](Peer& peer) {
      (void)peer.send("hello");
      (void)peer.wait_for_end();
    });
    const net::Socket socket = connected(server.port());

    CHECK(socket.write("x", 1).kind == net::IoResult::Kind::moved);
    await(socket);
    const net::IoResult result = socket.read(buffer.data(), buffer.size());

    CHECK(result.kind == net::IoResult::Kind::moved);
    CHECK(std::string(buffer.data(), result.bytes) == "hello");
  }

  TEST_CASE_FIXTURE(SocketFixture,
                    "The error for a port without a listener names the computer and the port") {
    const uint16_t port = refused_port();

    const Result<net::Socket> socket = connect(address(port), port);

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::cannot_connect);
    CHECK(socket.error().wsman_code == 0x80338012);
    CHECK(contains(socket.error().message, "cannot connect to the destination 127.0.0.1 (port " +
                                               std::to_string(port) + ")"));
  }

  TEST_CASE_FIXTURE(SocketFixture, "The next address is tried when one refuses") {
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    std::vector<net::Address> addresses = address(refused_port());
    addresses.push_back(address(server.port())[0]);

    CHECK(connect(addresses, server.port()).ok());
  }

  TEST_CASE_FIXTURE(SocketFixture, "A link-local address without a zone is told to need one") {
    net::Address link_local;
    auto* name = reinterpret_cast<sockaddr_in6*>(&link_local.storage);
    name->sin6_family = AF_INET6;
    name->sin6_port = htons(5985);
    REQUIRE(inet_pton(AF_INET6, "fe80::1", &name->sin6_addr) == 1);
    link_local.length = sizeof *name;

    const Result<net::Socket> socket = connect({link_local}, 5985);

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::cannot_connect);
    CHECK(contains(socket.error().message, "a link-local address needs the zone"));
    CHECK(advice_of(socket.error()) == "AddZone");
  }

  TEST_CASE_FIXTURE(SocketFixture, "A connect without addresses fails") {
    CHECK(connect({}, 1).error().code == ErrorCode::cannot_connect);
  }

  TEST_CASE_FIXTURE(SocketFixture, "An address that does not answer is given up at its timeout") {
    const DeafListener deaf;
    const Clock::time_point start = Clock::now();
    call.deadline = start + Milliseconds(100);

    const Result<net::Socket> socket = connect(address(deaf.port()), deaf.port());

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::timed_out);
    CHECK(contains(socket.error().message, "the connection to 127.0.0.1"));
    CHECK(since(start) < bound(Milliseconds(100) + kPromptly));
  }

  TEST_CASE_FIXTURE(SocketFixture, "All addresses together have one deadline") {
    const DeafListener deaf;
    const std::vector<net::Address> addresses(50, address(deaf.port())[0]);
    const Clock::time_point start = Clock::now();
    call.deadline = start + Milliseconds(100);

    const Result<net::Socket> socket = connect(addresses, deaf.port());

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::timed_out);
    CHECK(since(start) < bound(Milliseconds(100) + kPromptly));
  }

  TEST_CASE_FIXTURE(SocketFixture, "An address that does not answer leaves the next one its time") {
    const DeafListener deaf;
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    std::vector<net::Address> addresses = address(deaf.port());
    addresses.push_back(address(server.port())[0]);
    call.deadline = Clock::now() + 2 * kShort;

    CHECK(connect(addresses, server.port()).ok());
  }

  TEST_CASE_FIXTURE(SocketFixture, "A connect that is stopped tries no other address") {
    const DeafListener deaf;
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    std::vector<net::Address> addresses = address(deaf.port());
    addresses.push_back(address(server.port())[0]);
    cancellation.stop(StopReason::cancelled);

    const Result<net::Socket> socket = connect(addresses, deaf.port());

    REQUIRE_FALSE(socket.ok());
    CHECK(socket.error().code == ErrorCode::cancelled);
    CHECK(server.accepted() == 0);
  }

  TEST_CASE_FIXTURE(SocketFixture, "A read without data does not block") {
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    const net::Socket socket = connected(server.port());

    CHECK(socket.read(buffer.data(), buffer.size()).kind == net::IoResult::Kind::would_block);
    CHECK_FALSE(socket.is_stale());
  }

  TEST_CASE_FIXTURE(SocketFixture, "A socket is stale after the peer has hung up") {
    LoopbackServer server([](Peer&) {});
    const net::Socket socket = connected(server.port());

    await(socket);

    CHECK(socket.is_stale());
    CHECK(socket.read(buffer.data(), buffer.size()).kind == net::IoResult::Kind::ended);
  }

  TEST_CASE_FIXTURE(SocketFixture, "A socket is stale when unexpected bytes have arrived") {
    LoopbackServer server([](Peer& peer) {
      (void)peer.send("x");
      (void)peer.wait_for_end();
    });
    const net::Socket socket = connected(server.port());

    await(socket);

    CHECK(socket.is_stale());
  }

  TEST_CASE_FIXTURE(SocketFixture, "A write to a peer that has gone fails without a signal") {
    LoopbackServer server([](Peer& peer) {
      (void)peer.read_request();
      peer.reset();
    });
    const net::Socket socket = connected(server.port());
    // Only now: a reset that comes at once is heard as a connection that failed.
    const std::string_view request = "GET / HTTP/1.1\r\n\r\n";
    (void)socket.write(request.data(), request.size());
    await(socket);

    (void)socket.write("x", 1);
    const net::IoResult result = socket.write("x", 1);

    CHECK(result.kind == net::IoResult::Kind::failed);
  }

  TEST_CASE_FIXTURE(SocketFixture, "A moved socket leaves its source closed and is closed once") {
    LoopbackServer server([](Peer& peer) { (void)peer.wait_for_end(); });
    net::Socket from = connected(server.port());

    net::Socket to(std::move(from));

    CHECK_FALSE(from.is_open());  // NOLINT(bugprone-use-after-move): that is what is promised.
    CHECK(to.is_open());
    to.close();
    to.close();
    CHECK_FALSE(to.is_open());
  }
}

}  // namespace wsman::testing
