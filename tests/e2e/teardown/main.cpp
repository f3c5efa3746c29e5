// Runs the suites against one loopback service, which is started first and is warm when they begin.

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "support/run_suites.h"
#include "teardown/abi_client.h"
#include "teardown/masked_service.h"

namespace {

// Starts what the process keeps once it has it: the pool of cpprestsdk, the trust store.
void warm_up() {
  using namespace wsman::testing;
  Client client;
  for (const bool tls : {false, true}) {
    (void)client.session("warm", MaskedService::instance().url(tls));
  }
}

}  // namespace

int main(int count, char** words) {
  warm_up();
  return wsman::testing::run_suites(count, words, wsman::testing::MaskedService::instance());
}
