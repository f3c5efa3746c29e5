// How long a test may take over something, and how it tells what it saw.
#ifndef WSMAN_TESTS_NATIVE_FAKES_BOUNDS_H_
#define WSMAN_TESTS_NATIVE_FAKES_BOUNDS_H_

#include <string>
#include <string_view>

#include "base/call.h"

namespace wsman::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kTimeFactor = 4;  // Sanitizers make everything slower.
#else
inline constexpr int kTimeFactor = 1;
#endif

// The bound of something that is promised within `promised`.
inline constexpr Milliseconds bound(Milliseconds promised) { return promised * kTimeFactor; }

// After a stop, a call is back within this time.
inline constexpr Milliseconds kStopBound = bound(Milliseconds(250));

// For what happens at once unless the code under test is broken: ends a test that would hang.
inline constexpr Milliseconds kPatience = bound(Milliseconds(10000));

inline Milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<Milliseconds>(Clock::now() - start);
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_BOUNDS_H_
