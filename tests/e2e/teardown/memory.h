// Looks for parts of a secret in all memory of this process (Linux: /proc).
#ifndef WSMAN_TESTS_E2E_TEARDOWN_MEMORY_H_
#define WSMAN_TESTS_E2E_TEARDOWN_MEMORY_H_

#include <cstdint>
#include <string>
#include <vector>

namespace wsman::testing {

// Bytes that are looked for, each with its bits turned (Masked::kMask), so that what looks for
// them is not found.
struct Needle {
  std::string what;
  std::vector<unsigned char> bytes;
};

// A place where at least 12 bytes of a needle stand.
struct Hit {
  std::string what;
  std::uintptr_t at = 0;
  std::size_t length = 0;  // Of all that stands there.
  bool locked = false;     // In pages that are locked.
  std::string mapping;     // As /proc/self/maps names it.
};

std::string to_string(const std::vector<Hit>& hits);

// Reads every private mapping that can be read and was written to.
std::vector<Hit> find_in_memory(const std::vector<Needle>& needles);

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_TEARDOWN_MEMORY_H_
