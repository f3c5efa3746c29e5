// Runs the suites against one loopback service, which is started first and is warm when they begin.

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <iostream>

#include "support/abi_client.h"
#include "support/endpoint.h"

namespace {

// Starts what the process keeps once it has it: the pool of cpprestsdk, the trust store.
void warm_up() {
  using namespace wsman::testing;
  Client client;
  for (const bool tls : {false, true}) {
    (void)client.session("warm", Endpoint::instance().url(tls));
  }
}

}  // namespace

int main(int argc, char** argv) {
  warm_up();
  const int result = doctest::Context(argc, argv).run();
  const bool in_order = wsman::testing::Endpoint::instance().stop();
  if (!in_order) std::cerr << "The loopback service did not end in order.\n";
  return result != 0 || in_order ? result : 1;
}
