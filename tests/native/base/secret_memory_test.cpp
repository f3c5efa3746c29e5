#include "base/secret_memory.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

namespace wsman::testing {
namespace {

bool is_zero(const SecretBlock& block) {
  return std::all_of(block.data, block.data + block.size, [](char c) { return c == 0; });
}

TEST_SUITE("Secret memory") {
  TEST_CASE("A new block has at least the requested size and is all zero") {
    for (const size_t size : {1U, 64U, 65U, 4096U, 4097U, 100000U}) {
      CAPTURE(size);
      const SecretBlock block = take_secret_block(size);
      CHECK(block.size >= size);
      CHECK(is_zero(block));
      give_secret_block(block);
    }
  }

  TEST_CASE("A block that is taken again has been wiped") {
    const SecretBlock first = take_secret_block(64);
    std::fill_n(first.data, first.size, 'x');
    give_secret_block(first);

    const SecretBlock again = take_secret_block(64);

    CHECK(again.data == first.data);
    CHECK(is_zero(again));
    give_secret_block(again);
  }

  TEST_CASE("Two threads never get the same block") {
    constexpr int kThreads = 4;
    constexpr int kBlocks = 500;
    std::vector<std::vector<SecretBlock>> taken(kThreads);
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    for (auto& mine : taken) {
      threads.emplace_back([&mine] {
        for (int i = 0; i < kBlocks; ++i) mine.push_back(take_secret_block(128));
      });
    }
    for (std::thread& thread : threads) thread.join();

    std::set<char*> all;
    for (const auto& mine : taken) {
      for (const SecretBlock& block : mine) all.insert(block.data);
    }
    CHECK(all.size() == kThreads * kBlocks);
    for (const auto& mine : taken) {
      for (const SecretBlock& block : mine) give_secret_block(block);
    }
  }
}

}  // namespace
}  // namespace wsman::testing
