// A thousand sessions in a process that may open 1200 descriptors: a session that is idle holds
// one. A program of its own, because it lowers what the whole process may open.

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <iostream>
#include <vector>

#include "capi/fixture.h"
#include "support/process.h"
#include "support/run_suites.h"

namespace wsman::testing {
namespace {

constexpr int kSessions = 1000;
constexpr rlim_t kDescriptors = 1200;

// How many descriptors may be open; 0 means as many as the system allows.
bool limit_descriptors(rlim_t count) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return false;
  limit.rlim_cur = count != 0 ? count : limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

std::string name_of(int number) { return "server-" + std::to_string(number); }

void check_states(const AbiRegistry& registry, const std::vector<std::uint64_t>& sessions,
                  const std::string& part) {
  for (const std::uint64_t session : sessions) {
    const Answer state = registry.state(session);
    CHECK(state.status == WSMAN_OK);
    CHECK_MESSAGE(state.has(part), state.document);
  }
}

}  // namespace

TEST_SUITE("C ABI") {
  TEST_CASE_FIXTURE(AbiFixture,
                    "A thousand sessions fit into 1200 descriptors and can all be closed") {
    const int before = open_descriptors();
    std::vector<std::uint64_t> sessions;
    for (int i = 0; i < kSessions; ++i) {
      const Answer connected = registry.connect(named_request(name_of(i)));
      REQUIRE_MESSAGE(connected.status == WSMAN_OK, connected.document);
      sessions.push_back(session_in(connected));
    }
    check_states(registry, sessions, R"("state":"Opened")");
    check_states(registry, sessions, R"("connections":1)");
    CHECK(service.await_connections(kSessions) == kSessions);
    CHECK(open_descriptors() == before + kSessions);

    const Clock::time_point start = Clock::now();
    const Answer closed = registry.close(sessions);

    CHECK(since(start) < bound(Milliseconds(2000)));
    CHECK(closed.status == WSMAN_OK);
    CHECK(closed.has(R"("computerName":")" + name_of(kSessions - 1) + "\""));
    CHECK_FALSE(closed.has(R"("graceful":false)"));
    CHECK_FALSE(closed.has(R"("secretsWiped":false)"));
    check_states(registry, sessions, R"("state":"Closed")");
    CHECK(service.await_connections(0) == 0);
    CHECK(open_descriptors() == before);
  }
}

}  // namespace wsman::testing

int main(int count, char** words) {
  using namespace wsman::testing;
  // The service inherits the larger limit.
  const bool raised = limit_descriptors(0);
  ServiceWithUser& service = shared_service();
  // What the process keeps once it has it is there after the first session.
  const bool warm = AbiRegistry().connect(basic_request("127.0.0.2")).status == WSMAN_OK;
  if (!raised || !warm || !limit_descriptors(kDescriptors)) {
    std::cerr << "A thousand sessions cannot be tried here.\n";
    return 1;
  }
  return run_suites(count, words, service);
}
