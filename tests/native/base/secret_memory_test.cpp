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

TEST_SUITE("secret memory") {
  TEST_CASE("gives at least what was asked for, all zero") {
    for (const size_t size : {1U, 64U, 65U, 4096U, 4097U, 100000U}) {
      CAPTURE(size);
      const SecretBlock block = take_secret_block(size);
      CHECK(block.size >= size);
      CHECK(is_zero(block));
      give_secret_block(block);
    }
  }

  TEST_CASE("gives a block back wiped") {
    const SecretBlock first = take_secret_block(64);
    std::fill_n(first.data, first.size, 'x');
    give_secret_block(first);

    const SecretBlock again = take_secret_block(64);

    CHECK(again.data == first.data);
    CHECK(is_zero(again));
    give_secret_block(again);
  }

  TEST_CASE("gives no block to two at once") {
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
