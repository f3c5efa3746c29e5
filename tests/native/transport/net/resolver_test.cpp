#include "transport/net/resolver.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "fakes/gate.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

net::Address loopback_address(uint16_t port) {
  net::Address address;
  auto* name = reinterpret_cast<sockaddr_in*>(&address.storage);
  name->sin_family = AF_INET;
  name->sin_port = htons(port);
  name->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.length = sizeof(sockaddr_in);
  return address;
}

net::LookupResult at_once(const std::string& /*host*/, uint16_t port) {
  return {{loopback_address(port)}, ""};
}

Result<std::vector<net::Address>> resolve(const std::string& host, uint16_t port,
                                          const net::Lookup& lookup, const Call& call) {
  return net::resolve({true, host, port, "/wsman"}, lookup, call);
}

// Lookups that block until the test lets them go. Shared with them, because they outlive the call.
struct Stuck {
  Gate entered;
  Meeting eight{9};  // Eight lookups, and the test that waits for them.
  Gate let_go;
  std::atomic<int> inside{0};
  std::atomic<int> most_inside{0};

  static net::Lookup lookup(const std::shared_ptr<Stuck>& stuck) {
    return [stuck](const std::string& host, uint16_t port) {
      stuck->enter();
      (void)stuck->let_go.wait();
      --stuck->inside;
      return at_once(host, port);
    };
  }

  void enter() {
    const int now = ++inside;
    int most = most_inside.load();
    while (now > most && !most_inside.compare_exchange_weak(most, now)) continue;
    entered.open();
    (void)eight.arrive(Clock::now());
  }
};

struct ResolverFixture {
  ~ResolverFixture() {
    stuck->let_go.open();
    // Those left behind count until they are back, and the next test begins with none.
    while (Clock::now() < patience && !recovered()) std::this_thread::yield();
  }

  bool recovered() {
    Cancellation another;
    return resolve("name.test", 1, at_once, {another, patience}).ok();
  }

  Result<std::vector<net::Address>> resolve_stuck(Milliseconds timeout) {
    return resolve("name.test", 80, Stuck::lookup(stuck), call.within(timeout));
  }

  // A lookup that its caller leaves behind once it is stuck, as the `number`th.
  void leave_behind(int number) {
    Cancellation mine;
    std::jthread stopping([&] {
      CHECK(becomes([&] { return stuck->inside == number; }));
      mine.stop(StopReason::cancelled);
    });
    const auto look_up = [&] {
      return resolve("name.test", 80, Stuck::lookup(stuck), {mine, patience});
    };
    auto addresses = look_up();
    // Those of the test before may still be on their way back.
    while (!addresses.ok() && addresses.error().code == ErrorCode::name_resolution &&
           Clock::now() < patience)
      addresses = look_up();
    REQUIRE_FALSE(addresses.ok());
    CHECK(addresses.error().code == ErrorCode::cancelled);
  }

  std::shared_ptr<Stuck> stuck = std::make_shared<Stuck>();
  Cancellation cancellation;
  Call call{cancellation};
  Clock::time_point patience = Clock::now() + kPatience;
};

}  // namespace

TEST_SUITE("Resolver") {
  TEST_CASE_FIXTURE(ResolverFixture, "The addresses that the lookup found are returned") {
    const auto addresses = resolve("name.test", 5985, at_once, call);

    REQUIRE(addresses.ok());
    REQUIRE(addresses.value().size() == 1);
    CHECK(addresses.value()[0].storage.ss_family == AF_INET);
  }

  TEST_CASE_FIXTURE(ResolverFixture, "The lookup gets the host and the port") {
    std::string host;
    uint16_t port = 0;
    const net::Lookup noting = [&](const std::string& asked, uint16_t asked_port) {
      host = asked;
      port = asked_port;
      return at_once(asked, asked_port);
    };

    REQUIRE(resolve("name.test", 5986, noting, call).ok());

    CHECK(host == "name.test");
    CHECK(port == 5986);
  }

  TEST_CASE_FIXTURE(ResolverFixture, "An address literal needs no lookup") {
    for (const std::string& literal : std::vector<std::string>{"127.0.0.2", "::1"}) {
      CAPTURE(literal);
      const auto addresses = resolve(literal, 80, Stuck::lookup(stuck), call);
      REQUIRE(addresses.ok());
      CHECK(addresses.value().size() == 1);
    }
    CHECK_FALSE(stuck->entered.wait_until(Clock::now()));
  }

  TEST_CASE_FIXTURE(ResolverFixture, "The error has the system's reason why there is no address") {
    const net::Lookup nothing = [](const std::string&, uint16_t) {
      return net::LookupResult{{}, "Name or service not known"};
    };

    const auto addresses = resolve("name.test", 80, nothing, call);

    REQUIRE_FALSE(addresses.ok());
    CHECK(addresses.error().code == ErrorCode::name_resolution);
    CHECK(addresses.error().wsman_code == 0x803381B9);
    CHECK(
        contains(addresses.error().message,
                 "the server name cannot be resolved: \"name.test\" (Name or service not known)"));
  }

  TEST_CASE_FIXTURE(ResolverFixture,
                    "A lookup that hangs is abandoned at its deadline with a named phase") {
    const Clock::time_point start = Clock::now();

    const auto addresses = resolve_stuck(Milliseconds(50));

    REQUIRE_FALSE(addresses.ok());
    CHECK(addresses.error().code == ErrorCode::timed_out);
    CHECK(contains(addresses.error().message, "the name resolution of \"name.test\""));
    CHECK(since(start) < bound(Milliseconds(50) + kPromptly));
  }

  TEST_CASE_FIXTURE(ResolverFixture, "A lookup that hangs is abandoned promptly after a stop") {
    Clock::time_point stopped;
    std::jthread stopping([&] {
      (void)stuck->entered.wait();
      stopped = Clock::now();
      cancellation.stop(StopReason::cancelled);
    });

    const auto addresses = resolve_stuck(kPatience);
    const Clock::time_point back = Clock::now();
    stopping.join();

    REQUIRE_FALSE(addresses.ok());
    CHECK(addresses.error().code == ErrorCode::cancelled);
    CHECK(back - stopped < bound(kPromptly));
  }

  TEST_CASE_FIXTURE(ResolverFixture, "A lookup in a session that is closed fails as closed") {
    cancellation.stop(StopReason::closed);

    const auto addresses = resolve_stuck(kPatience);

    REQUIRE_FALSE(addresses.ok());
    CHECK(addresses.error().code == ErrorCode::closed);
  }

  TEST_CASE_FIXTURE(ResolverFixture, "No lookup begins for a call that is over") {
    ErrorCode expected = ErrorCode::timed_out;
    SUBCASE("It was stopped") {
      cancellation.stop(StopReason::cancelled);
      expected = ErrorCode::cancelled;
    }
    SUBCASE("Its time is up") { call.deadline = Clock::now(); }

    // One more than there are threads: none of them is taken.
    for (int i = 0; i < 9; ++i) CHECK(resolve_stuck(kPatience).error().code == expected);

    CHECK(recovered());
    CHECK(stuck->most_inside == 0);
  }

  TEST_CASE_FIXTURE(ResolverFixture,
                    "A lookup fails at once while eight abandoned lookups are running") {
    for (int i = 1; i <= 8; ++i) leave_behind(i);
    const Clock::time_point start = Clock::now();

    const auto ninth = resolve_stuck(kPatience);

    REQUIRE_FALSE(ninth.ok());
    CHECK(ninth.error().code == ErrorCode::name_resolution);
    CHECK(contains(ninth.error().message, "earlier lookups are still waiting"));
    CHECK(since(start) < bound(kPromptly));
    CHECK(resolve("127.0.0.1", 80, at_once, call).ok());

    stuck->let_go.open();
    while (Clock::now() < patience && !recovered()) std::this_thread::yield();
    CHECK(resolve("name.test", 80, at_once, call).ok());
  }

  TEST_CASE_FIXTURE(ResolverFixture, "At most eight lookups run at a time") {
    constexpr int kCallers = 24;
    constexpr Milliseconds allowed{200};
    std::atomic<int> timed_out{0};
    std::atomic<int> late{0};
    std::vector<std::jthread> callers;
    callers.reserve(kCallers);
    for (int i = 0; i < kCallers; ++i) {
      callers.emplace_back([&] {
        Cancellation mine;
        const Clock::time_point start = Clock::now();
        const Call bounded{mine, start + allowed};
        const auto addresses = resolve("name.test", 80, Stuck::lookup(stuck), bounded);
        if (!addresses.ok() && addresses.error().code == ErrorCode::timed_out) ++timed_out;
        if (since(start) > bound(allowed + kPromptly)) ++late;
      });
    }
    callers.clear();
    REQUIRE(stuck->eight.arrive());

    // Whoever came after the first eight were left behind failed at once.
    CHECK(timed_out >= 8);
    CHECK(late == 0);
    CHECK(stuck->most_inside == 8);
    CHECK(stuck->inside == 8);
  }

  TEST_CASE_FIXTURE(ResolverFixture,
                    "A lookup that finds all eight threads busy waits until its own deadline") {
    std::atomic<int> served{0};
    std::vector<std::jthread> callers;
    callers.reserve(12);
    const auto resolve_patiently = [&] {
      Cancellation mine;
      const Call patient{mine, Clock::now() + kPatience};
      served += resolve("name.test", 80, Stuck::lookup(stuck), patient).ok() ? 1 : 0;
    };
    for (int i = 0; i < 8; ++i) callers.emplace_back(resolve_patiently);
    REQUIRE(stuck->eight.arrive());

    std::atomic<bool> asked{false};
    const net::Lookup noting = [&](const std::string& host, uint16_t port) {
      asked = true;
      return at_once(host, port);
    };
    const auto late = resolve("other.test", 80, noting, call.within(Milliseconds(50)));
    REQUIRE_FALSE(late.ok());
    CHECK(late.error().code == ErrorCode::timed_out);
    CHECK(contains(late.error().message, "the name resolution of \"other.test\""));
    CHECK_FALSE(asked);

    Cancellation stopped;
    stopped.stop(StopReason::cancelled);
    const auto refused = resolve("other.test", 80, noting, {stopped, patience});
    CHECK(refused.error().code == ErrorCode::cancelled);
    CHECK(resolve("127.0.0.1", 80, noting, call).ok());
    CHECK_FALSE(asked);

    for (int i = 0; i < 4; ++i) callers.emplace_back(resolve_patiently);
    stuck->let_go.open();
    callers.clear();
    CHECK(served == 12);
    CHECK(stuck->most_inside == 8);
  }
}

TEST_SUITE("System lookup") {
  TEST_CASE("An address literal is found with its port") {
    const net::LookupResult result = net::system_lookup("127.0.0.7", 5985);

    REQUIRE(result.addresses.size() == 1);
    const auto* name = reinterpret_cast<const sockaddr_in*>(&result.addresses[0].storage);
    CHECK(name->sin_family == AF_INET);
    CHECK(ntohs(name->sin_port) == 5985);
    CHECK(ntohl(name->sin_addr.s_addr) == 0x7F000007);
  }

  TEST_CASE("An invalid literal gives a reason") {
    const net::LookupResult result = net::system_lookup("fe80::1%nosuchzone", 5985);

    CHECK(result.addresses.empty());
    CHECK_FALSE(result.failure.empty());
  }
}

}  // namespace wsman::testing
