// What the compiler's own C++ library wants of glibc, and an older one does not have.
#include <sys/random.h>

#include <cstdint>
#include <cstdlib>

extern "C" {

// Since glibc 2.32. Whether there is one thread, so that locks can be left out: not in .NET.
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;

// Since glibc 2.36. For std::random_device.
__attribute__((visibility("hidden"))) uint32_t arc4random() {
  uint32_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) std::abort();
  return number;
}
}
