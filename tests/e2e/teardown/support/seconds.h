// How long a program may run, as the caller wants it.
#ifndef WSMAN_TEARDOWN_TEST_SECONDS_H
#define WSMAN_TEARDOWN_TEST_SECONDS_H

#include <chrono>
#include <cstdlib>

namespace wsman::testing {

// WSMAN_TEST_SECONDS, or `otherwise` if it is not set.
inline std::chrono::seconds seconds_to_run(int otherwise) {
  const char* text = std::getenv("WSMAN_TEST_SECONDS");
  const int given = text != nullptr ? std::atoi(text) : 0;
  return std::chrono::seconds(given > 0 ? given : otherwise);
}

}  // namespace wsman::testing

#endif  // WSMAN_TEARDOWN_TEST_SECONDS_H
