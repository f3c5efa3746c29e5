// usage: wsman_mutation [FIRST] COUNT
//
// Conversations with the service whose answers are changed on their way, one for each seed of FIRST
// and so many that follow. Without FIRST it is WSMAN_TEST_SEED of the environment, or 1. One that
// goes wrong is told with its seed; `wsman_mutation SEED 1` has it again.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "mutation/conversation.h"
#include "support/process.h"
#include "teardown/masked_service.h"

namespace wsman::testing {
namespace {

constexpr std::size_t kThreads = 8;

// What is wrong with a conversation, also where it cannot be held at all.
std::string found_in(std::uint64_t seed) {
  try {
    return conversation(seed);
  } catch (const std::exception& error) {
    return "seed " + std::to_string(seed) + "\n  " + error.what();
  }
}

// How many went wrong.
int run(std::uint64_t first, std::uint64_t count) {
  std::atomic<std::uint64_t> next{0};
  std::atomic<int> wrong{0};
  const auto work = [&] {
    for (std::uint64_t i = next++; i < count; i = next++) {
      const std::string found = found_in(first + i);
      if (found.empty()) continue;
      ++wrong;
      (void)std::fprintf(stderr, "%s\n", found.c_str());
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < std::min<std::size_t>(count, kThreads); ++i) {
    threads.emplace_back(work);
  }
  for (std::thread& thread : threads) thread.join();
  return wrong.load();
}

std::uint64_t first_seed() {
  const char* const text = std::getenv("WSMAN_TEST_SEED");
  return text == nullptr ? 1 : std::strtoull(text, nullptr, 10);
}

int report(std::uint64_t first, std::uint64_t count, int wrong) {
  MaskedService& service = MaskedService::instance();
  const Open left = service.await("connections=0");
  if (left.connections != 0) std::printf("left at the service: %s\n", to_string(left).c_str());
  std::printf("%llu conversations from seed %llu on, %d went wrong.\n",
              static_cast<unsigned long long>(count), static_cast<unsigned long long>(first),
              wrong);
  const bool in_order = service.stop();
  await_kept_threads();
  return wrong == 0 && left.connections == 0 && in_order ? 0 : 1;
}

}  // namespace
}  // namespace wsman::testing

int main(int count, char** words) {
  const bool is_usage = count == 2 || count == 3;
  const std::uint64_t conversations = is_usage ? std::strtoull(words[count - 1], nullptr, 10) : 0;
  if (conversations == 0) {
    (void)std::fprintf(stderr, "usage: wsman_mutation [FIRST] COUNT\n");
    return 2;
  }
  try {
    const std::uint64_t first =
        count == 3 ? std::strtoull(words[1], nullptr, 10) : wsman::testing::first_seed();
    return wsman::testing::report(first, conversations, wsman::testing::run(first, conversations));
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
