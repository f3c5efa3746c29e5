// What the library is asked to do while something fails.
#ifndef WSMAN_TESTS_TORTURE_SCENARIOS_H_
#define WSMAN_TESTS_TORTURE_SCENARIOS_H_

#include <functional>
#include <string>
#include <vector>

#include "caller.h"

namespace wsman::torture {

struct Scenario {
  std::string name;
  std::function<void(Caller&)> prepare;  // While nothing fails.
  std::function<void(Caller&)> perform;
  bool refuses = false;  // The server must be refused: no connect may come true.
};

// Those that ask one thing each over one way to connect.
const std::vector<Scenario>& scenarios();

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_SCENARIOS_H_
