#include "base/parallel.h"

#include <pthread.h>

#include <cerrno>
#include <new>

namespace wsman {
namespace {

void* call(void* body) {
  (*static_cast<const std::function<void()>*>(body))();
  return nullptr;
}

// Starts threads until the system has none left; what std::thread cannot give a stack to.
std::vector<pthread_t> start_threads(size_t count, const std::function<void()>& body) {
  std::vector<pthread_t> threads;
  pthread_attr_t attributes;
  if (count == 0 || pthread_attr_init(&attributes) != 0) return threads;
  bool is_small = pthread_attr_setstacksize(&attributes, kSmallStack) == 0;
  try {
    threads.reserve(count);
    pthread_t thread{};
    auto* const argument = const_cast<std::function<void()>*>(&body);
    while (threads.size() < count) {
      const int code = pthread_create(&thread, is_small ? &attributes : nullptr, call, argument);
      // Where the variables of threads need more than the small stack, all have the usual one.
      const bool is_too_small = code == EINVAL && is_small;
      if (is_too_small) is_small = false;
      if (code == 0) threads.push_back(thread);
      if (code != 0 && !is_too_small) break;
    }
  } catch (const std::bad_alloc&) {
    // Where memory has run out, no thread is started.
  }
  (void)pthread_attr_destroy(&attributes);
  return threads;
}

}  // namespace

void call_on_threads(size_t most_threads, const std::function<void()>& body) {
  // If there are fewer, those that run share the work, the caller's included.
  const std::vector<pthread_t> others = start_threads(std::max<size_t>(most_threads, 1) - 1, body);
  body();
  for (const pthread_t other : others) (void)pthread_join(other, nullptr);
}

}  // namespace wsman
