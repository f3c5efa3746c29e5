// Work on the elements of a list on several threads.
#ifndef WSMAN_BASE_PARALLEL_H_
#define WSMAN_BASE_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <functional>
#include <vector>

namespace wsman {

// The stack of each thread that is started here: a request takes no more than a quarter of it. With
// the usual 8 MB, 128 threads would ask for a gigabyte of addresses.
inline constexpr size_t kSmallStack = size_t{256} * 1024;

// Calls `body` on the caller's thread and on at most `most_threads` - 1 others, which have a small
// stack, and returns when all have returned. `body` does not throw.
void call_on_threads(size_t most_threads, const std::function<void()>& body);

// Calls `work` with every element, on as many threads. `work` does not throw.
template <typename T, typename Work>
void for_each_of(const std::vector<T>& elements, size_t most_threads, const Work& work) {
  // Each thread takes the next element when it is free, so that one slow element holds up no
  // others.
  std::atomic<size_t> next{0};
  const auto take_turns = [&] {
    for (size_t i = next++; i < elements.size(); i = next++) work(elements[i]);
  };
  // By reference, which takes no memory.
  call_on_threads(std::min(elements.size(), most_threads), std::ref(take_turns));
}

}  // namespace wsman

#endif  // WSMAN_BASE_PARALLEL_H_
