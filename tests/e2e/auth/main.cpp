// Runs the suites against the loopback service, in a realm (tests/service/realm/within_realm.py).

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <iostream>

#include "service.h"

int main(int argc, char** argv) {
  const int result = doctest::Context(argc, argv).run();
  const bool in_order = wsman::testing::Service::instance().stop();
  if (!in_order) std::cerr << "The loopback service did not end in order.\n";
  return result != 0 || in_order ? result : 1;
}
