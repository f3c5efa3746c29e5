// Memory that runs out on this thread, for new. Only in programs that include this does new fail.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_SCARCE_MEMORY_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_SCARCE_MEMORY_H_

#include <cstddef>
#include <new>

namespace wsman::testing {

// Has this thread get memory so many times, and then none as long as the object lives.
class ScarceMemory {
 public:
  explicit ScarceMemory(std::size_t allocations);
  ~ScarceMemory();
  ScarceMemory(const ScarceMemory&) = delete;
  ScarceMemory& operator=(const ScarceMemory&) = delete;

  // Whether the last one of this thread had none to give.
  static bool ran_out();
};

// Calls `work` with no memory after no allocation, after one, and so on, until it comes to its end.
// Returns how often it did not.
template <typename Work>
std::size_t times_out_of_memory(const Work& work) {
  for (std::size_t allocations = 0;; ++allocations) {
    try {
      const ScarceMemory scarce(allocations);
      work();
      return allocations;
    } catch (const std::bad_alloc&) {
    }
  }
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_SCARCE_MEMORY_H_
