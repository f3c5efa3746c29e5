// Runs suites that share one server.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_RUN_SUITES_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_RUN_SUITES_H_

#include <doctest/doctest.h>

#include <iostream>

#include "support/process.h"
#include "support/server_process.h"

namespace wsman::testing {

// Runs the suites and ends the server. Gives what main() returns: a server that complains at its
// end fails the program.
inline int run_suites(int count, char** words, ServerProcess& server) {
  const int result = doctest::Context(count, words).run();
  const bool in_order = server.stop();
  await_kept_threads();
  if (!in_order) std::cerr << "The server beside the tests did not end in order.\n";
  return result != 0 || in_order ? result : 1;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_RUN_SUITES_H_
