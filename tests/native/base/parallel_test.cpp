#include "base/parallel.h"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <numeric>
#include <vector>

#include "support/scarce_memory.h"

namespace wsman::testing {

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
}

}  // namespace wsman::testing
