// Runs the suites against one hostile server, which is started first and is warm when they begin.

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <iostream>
#include <string>

#include "support/client.h"
#include "support/service.h"

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

int main(int argc, char** argv) {
  warm_up();
  const int result = doctest::Context(argc, argv).run();
  const bool in_order = wsman::testing::Service::instance().stop();
  if (!in_order) std::cerr << "The hostile server did not end in order.\n";
  return result != 0 || in_order ? result : 1;
}
