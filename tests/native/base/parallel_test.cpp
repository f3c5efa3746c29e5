#include "base/parallel.h"

#include <doctest/doctest.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <vector>

#include "support/scarce_memory.h"

namespace wsman::testing {
namespace {

size_t own_stack_size() {
  pthread_attr_t attributes;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  (void)pthread_attr_getstacksize(&attributes, &size);
  (void)pthread_attr_destroy(&attributes);
  return size;
}

}  // namespace

TEST_SUITE("Parallel loop") {
  TEST_CASE("A parallel loop calls the work once for every element") {
    std::vector<size_t> elements(1000);
    std::iota(elements.begin(), elements.end(), size_t{0});
    std::vector<std::atomic<int>> calls(elements.size());

    for_each_of(elements, 8, [&](size_t element) { ++calls[element]; });

    for (const std::atomic<int>& count : calls) CHECK(count == 1);
  }

  TEST_CASE("A parallel loop over an empty list calls nothing") {
    for_each_of(std::vector<int>{}, 8, [](int) { FAIL("There is nothing to call it with."); });
  }

  TEST_CASE("A parallel loop does the work where there is no memory for a thread") {
    const std::vector<int> elements(100);
    int calls = 0;
    {
      const ScarceMemory none(0);
      for_each_of(elements, 8, [&](int) { ++calls; });
    }

    CHECK(calls == 100);
  }

  // Each waits until all are there, which no single thread could bring about.
  TEST_CASE("A parallel loop uses as many threads as it is allowed") {
    constexpr int threads = 4;
    std::mutex mutex;
    std::condition_variable all_there;
    int there = 0;

    for_each_of(std::vector<int>{1, 2, 3, 4}, threads, [&](int) {
      std::unique_lock<std::mutex> lock(mutex);
      if (++there == threads) all_there.notify_all();
      all_there.wait(lock, [&] { return there == threads; });
    });

    CHECK(there == threads);
  }

  TEST_CASE("The threads that a parallel loop starts have small stacks") {
    std::mutex mutex;
    std::condition_variable all_there;
    std::vector<size_t> sizes;

    for_each_of(std::vector<int>{1, 2, 3, 4}, 4, [&](int) {
      std::unique_lock<std::mutex> lock(mutex);
      sizes.push_back(own_stack_size());
      if (sizes.size() == 4) all_there.notify_all();
      all_there.wait(lock, [&] { return sizes.size() == 4; });
    });

    // All but that of the caller, who takes part.
    CHECK(std::count(sizes.begin(), sizes.end(), kSmallStack) == 3);
  }
}

}  // namespace wsman::testing
