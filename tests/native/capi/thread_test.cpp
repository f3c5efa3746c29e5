// Many threads at once on one registry.

#include <doctest/doctest.h>

#include <atomic>

#include "capi/fixture.h"
#include "fakes/together.h"

namespace wsman::testing {
namespace {

constexpr int kThreads = 8;
constexpr int kRounds = 5;

struct Crowded : AbiFixture {
  void count(const Answer& answer) {
    if (answer.status == WSMAN_OK) {
      ++succeeded;
    } else if (answer.status == WSMAN_E_NOT_CONNECTED) {
      ++not_connected;
    } else {
      ++failed;
    }
  }

  std::atomic<int> succeeded{0};
  std::atomic<int> not_connected{0};
  std::atomic<int> failed{0};
};

}  // namespace

TEST_SUITE("C ABI") {
  TEST_CASE_FIXTURE(Crowded, "Exactly one of eight threads disconnects a computer") {
    CHECK(registry.open_session("127.0.0.2") != 0);

    together(kThreads, [&](int) { count(registry.disconnect("127.0.0.2")); });

    CHECK(succeeded == 1);
    CHECK(not_connected == kThreads - 1);
    CHECK(service.await_connections(0) == 0);
  }

  TEST_CASE_FIXTURE(Crowded, "Eight threads work with one computer each") {
    together(kThreads, [&](int number) {
      const std::string name = "computer-" + std::to_string(number);
      const std::string address = kAddresses.at(static_cast<size_t>(number) % kAddresses.size());
      for (int round = 0; round < kRounds; ++round) {
        count(registry.connect(named_request(name, address)));
        count(registry.list());
        count(registry.disconnect(name));
      }
    });

    CHECK(succeeded == 3 * kThreads * kRounds);
    CHECK(service.await_connections(0) == 0);
  }

  // All on one name, so that connects, replacements and disconnects cross.
  TEST_CASE_FIXTURE(Crowded,
                    "A computer that eight threads connect and disconnect leaves nothing open") {
    together(kThreads, [&](int) {
      for (int round = 0; round < kRounds; ++round) {
        count(registry.connect(basic_request("127.0.0.3")));
        count(registry.disconnect("127.0.0.3"));
      }
    });

    CHECK(failed == 0);
    CHECK(succeeded + not_connected == 2 * kThreads * kRounds);
    CHECK(service.await_connections(0) == 0);
  }
}

}  // namespace wsman::testing
