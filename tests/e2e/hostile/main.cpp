// Runs the suites against one hostile server, which is started first and is warm when they begin.

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <string>

#include "hostile/client.h"
#include "hostile/hostile_server.h"
#include "support/run_suites.h"

namespace {

// Starts what the process keeps once it has it: the pool of cpprestsdk, the trust store, arenas.
void warm_up() {
  using namespace wsman::testing;
  (void)in_parallel(16, [](std::size_t i) {
    const Target target{i % 2 == 0 ? "plain" : "tls", i % 2 != 0, "/proper"};
    wsman::Cancellation cancellation;
    const auto transport = transport_for(options_for(target));
    (void)transport->exchange(repeatable(), {cancellation});
    (void)transport->close({cancellation});
    return std::string();
  });
}

}  // namespace

int main(int count, char** words) {
  warm_up();
  return wsman::testing::run_suites(count, words, wsman::testing::HostileServer::instance());
}
