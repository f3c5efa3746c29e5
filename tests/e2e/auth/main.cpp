// Runs the suites against the loopback service, in a realm (tests/service/realm/within_realm.py).

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include "auth/client.h"
#include "support/run_suites.h"

int main(int count, char** words) {
  return wsman::testing::run_suites(count, words, wsman::testing::Acceptor::instance());
}
