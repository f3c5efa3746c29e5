// Work on the elements of a list on several threads.
#ifndef WSMAN_BASE_PARALLEL_H_
#define WSMAN_BASE_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace wsman {

// Calls `work` with every element, on the caller's thread and on at most `most_threads` - 1 others.
// `work` does not throw.
template <typename T, typename Work>
void for_each_of(const std::vector<T>& elements, size_t most_threads, const Work& work) {
  // Each thread takes the next element when it is free, so that one slow element holds up no
  // others.
  std::atomic<size_t> next{0};
  const auto take_turns = [&] {
    for (size_t i = next++; i < elements.size(); i = next++) work(elements[i]);
  };
  std::vector<std::thread> others;
  const size_t wanted = std::min(elements.size(), most_threads);
  try {
    while (others.size() + 1 < wanted) others.emplace_back(take_turns);
  } catch (const std::system_error&) {
    // The system has no thread left. Those that run, the caller's included, share the elements.
  } catch (const std::bad_alloc&) {
    // Nor has it where memory has run out.
  }
  take_turns();
  for (std::thread& other : others) other.join();
}

}  // namespace wsman

#endif  // WSMAN_BASE_PARALLEL_H_
