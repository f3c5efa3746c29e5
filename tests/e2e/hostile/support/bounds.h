// How long things may take in these tests.
#ifndef WSMAN_HOSTILE_TEST_BOUNDS_H
#define WSMAN_HOSTILE_TEST_BOUNDS_H

#include <cstdlib>
#include <string>

#include "base/call.h"

namespace wsman::testing {

// Sanitizers slow everything down; WSMAN_TEST_TIME_FACTOR says by how much bounds stretch.
inline int time_factor() {
  const char* text = std::getenv("WSMAN_TEST_TIME_FACTOR");
  const int factor = text != nullptr ? std::atoi(text) : 1;
  return factor > 0 ? factor : 1;
}

// Each phase of an exchange in these tests.
inline Milliseconds phase_bound() { return Milliseconds(300) * time_factor(); }

// What a call may take beyond the bound of its phase, and a stopped call in all.
inline Milliseconds slack() { return Milliseconds(250) * time_factor(); }

// For what is expected to happen soon and only must not hang the suite.
inline Milliseconds patience() { return Milliseconds(20000); }

inline Milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<Milliseconds>(Clock::now() - start);
}

}  // namespace wsman::testing

#endif  // WSMAN_HOSTILE_TEST_BOUNDS_H
