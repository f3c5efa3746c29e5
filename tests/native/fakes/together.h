// Several threads that do the same at the same moment.
#ifndef WSMAN_TESTS_NATIVE_FAKES_TOGETHER_H_
#define WSMAN_TESTS_NATIVE_FAKES_TOGETHER_H_

#include <functional>
#include <thread>
#include <vector>

#include "fakes/gate.h"

namespace wsman::testing {

// Runs `work(0)` to `work(count - 1)`, each on a thread of its own, once all of them are there.
// Returns when the last is back.
inline void together(int count, const std::function<void(int)>& work) {
  Meeting meeting(count);
  std::vector<std::jthread> threads;
  threads.reserve(static_cast<size_t>(count));
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&meeting, &work, i] {
      (void)meeting.arrive();
      work(i);
    });
  }
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_FAKES_TOGETHER_H_
