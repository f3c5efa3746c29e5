// How long something may take in a test.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_BOUNDS_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_BOUNDS_H_

#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

#include "base/call.h"

namespace wsman::testing {

// Promised: a call is back within this time after a stop, or after its deadline.
inline constexpr Milliseconds kPromptly{250};

// A deadline that is there to pass. Nothing that a test expects has to happen before it.
inline constexpr Milliseconds kShort{300};

// For what happens unless something is broken: ends a test that would hang. Longer than any
// bound().
inline constexpr Milliseconds kPatience{60000};

// How much slower sanitizers make everything: WSMAN_TEST_TIME_FACTOR in the environment.
inline int time_factor() {
  const char* text = std::getenv("WSMAN_TEST_TIME_FACTOR");
  const int factor = text != nullptr ? std::atoi(text) : 1;
  return factor > 0 ? factor : 1;
}

// After this time a test takes for hanging what is promised within `promised`. Ten times as much,
// because a busy machine must not fail a test: what is promised is measured in tests/bench.
inline Milliseconds bound(Milliseconds promised) { return 10 * time_factor() * promised; }

inline Milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<Milliseconds>(Clock::now() - start);
}

// Whether the condition comes to hold: looks again and again, as far as a test's patience goes, and
// leaves the processor to others in between.
template <typename Condition>
bool becomes(const Condition& condition) {
  const Clock::time_point end = Clock::now() + kPatience;
  while (!condition()) {
    if (Clock::now() > end) return false;
    std::this_thread::sleep_for(Milliseconds(1));
  }
  return true;
}

// The number in "it timed out after 300 ms during …"; -1 if the message says nothing of it.
inline long milliseconds_in(const std::string& message) {
  const std::string before = "it timed out after ";
  const size_t at = message.find(before);
  return at == std::string::npos ? -1 : std::atol(message.c_str() + at + before.size());
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_BOUNDS_H_
