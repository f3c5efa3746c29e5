// What the compiler's own C++ library wants of glibc, and an older one does not have.
#include <pthread.h>
#include <sys/random.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

extern "C" {

// Since glibc 2.32. Whether there is one thread, so that locks can be left out: not in .NET.
__attribute__((visibility("hidden"))) char __libc_single_threaded = 0;

// Since glibc 2.36. For std::random_device.
__attribute__((visibility("hidden"))) uint32_t arc4random() {
  uint32_t number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) std::abort();
  return number;
}

// Since glibc 2.30. For std::condition_variable, whose waits are of the steady clock. The other
// clock may be set meanwhile: what waits so is a thread without work, for a moment.
__attribute__((visibility("hidden"))) int pthread_cond_clockwait(pthread_cond_t* condition,
                                                                 pthread_mutex_t* mutex,
                                                                 clockid_t clock,
                                                                 const timespec* until) {
  constexpr long second = 1000000000;
  timespec now{};
  timespec end{};
  (void)clock_gettime(clock, &now);
  (void)clock_gettime(CLOCK_REALTIME, &end);
  end.tv_sec += until->tv_sec - now.tv_sec;
  end.tv_nsec += until->tv_nsec - now.tv_nsec;
  if (end.tv_nsec >= second) {
    ++end.tv_sec;
    end.tv_nsec -= second;
  } else if (end.tv_nsec < 0) {
    --end.tv_sec;
    end.tv_nsec += second;
  }
  return pthread_cond_timedwait(condition, mutex, &end);
}
}
