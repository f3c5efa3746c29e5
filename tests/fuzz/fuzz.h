// What the targets of the fuzzer share.
//
// A target is a part of the core that reads bytes from outside: of a server, a caller or a file. It
// is a function over any bytes, which states what must hold whatever they are. libFuzzer looks for
// bytes for which it does not (fuzzer.cpp), and every test run gives it those of its corpus again
// (replay.cpp).
#ifndef WSMAN_FUZZ_FUZZ_H_
#define WSMAN_FUZZ_FUZZ_H_

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "transport/endpoint.h"

namespace wsman::fuzz {

// What must hold, and does not.
class Broken : public std::logic_error {
  using std::logic_error::logic_error;
};

inline void demand(bool holds, const std::string& sentence) {
  if (!holds) throw Broken(sentence);
}

// Who answers, and whom a request is for.
inline const Endpoint kServer{true, "server01", 5986, "/wsman"};

// A constant of this type, in the file of the target, makes it known.
struct Target {
  using Run = void (*)(std::string_view input);

  Target(std::string its_name, Run its_run) : name(std::move(its_name)), run(its_run) {
    all().push_back(*this);
  }

  // Those that were linked.
  static std::vector<Target>& all() {
    static std::vector<Target> targets;
    return targets;
  }

  std::string name;
  Run run;
};

}  // namespace wsman::fuzz

#endif  // WSMAN_FUZZ_FUZZ_H_
