// Runs the cases against one loopback service, which is started first and is warm when they begin.

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "capi/fixture.h"
#include "support/run_suites.h"

int main(int count, char** words) {
  using namespace wsman::testing;
  // What the process keeps once it has it is there after the first session.
  if (AbiRegistry().connect(basic_request("127.0.0.2")).status != WSMAN_OK) return 1;
  return run_suites(count, words, shared_service());
}
