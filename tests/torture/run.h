// One scenario, performed with one failure in it.
#ifndef WSMAN_TESTS_TORTURE_RUN_H_
#define WSMAN_TESTS_TORTURE_RUN_H_

#include <cstdint>
#include <set>
#include <string>

#include "caller.h"
#include "failer.h"
#include "report.h"
#include "scenarios.h"

namespace wsman::torture {

// What a scenario does when nothing fails.
struct Reference {
  bool is_known = false;
  std::int64_t held = 0;
  int threads = 0;
  std::uint64_t allocations = 0;
  std::uint64_t calls = 0;
  std::uint64_t answered = 0;      // Allocations before the first bytes of the server.
  std::set<std::string> requests;  // What was sent, as likeness() has it.
  std::set<std::string> answers;
  bool hands_over = false;  // The server got a credential.
};

// What a process has for the rest of its life, for all trials there: they are made in children of
// this process. OpenSSL never tries again to begin where it had no memory for that, so it has
// begun; the authorities are read anew.
void begin_for_ever(const Place& place);

// Performs the scenario, and then uses the library once more, since nothing fails then. To be
// called in a child, which ends with it.
[[noreturn]] void run(const Scenario& scenario, const Place& place, const Plan& plan,
                      const Reference& reference, Report& report);

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_RUN_H_
