// What a child tells of its run, in memory that it shares with the judge.
#ifndef WSMAN_TESTS_TORTURE_REPORT_H_
#define WSMAN_TESTS_TORTURE_REPORT_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "failer.h"

namespace wsman::torture {

// A text in place.
template <std::size_t N>
class Words {
 public:
  void write(const std::string& text) {
    const std::size_t size = std::min(text.size(), N - 1);
    std::memcpy(bytes_.data(), text.data(), size);
    bytes_.at(size) = '\0';
  }

  bool empty() const { return bytes_.front() == '\0'; }
  std::string text() const { return bytes_.data(); }

 private:
  std::array<char, N> bytes_{};
};

// Texts one after the other.
template <std::size_t N>
class List {
 public:
  bool add(const std::string& text) {
    if (used_ + text.size() + 1 > N) return false;
    std::memcpy(bytes_.data() + used_, text.c_str(), text.size() + 1);
    used_ += text.size() + 1;
    return true;
  }

  template <typename Take>
  void for_each(const Take& take) const {
    for (std::size_t at = 0; at < used_; at += std::strlen(bytes_.data() + at) + 1)
      take(std::string(bytes_.data() + at));
  }

 private:
  std::array<char, N> bytes_;  // Not initialised: it is large, and each trial has a new one.
  std::size_t used_ = 0;
};

struct Report {
  Seen seen;
  std::int64_t held = 0;  // Blocks that were not given back,
  int threads = 0;        // and threads, at the end.
  std::int64_t told = 0;  // Things that may be left, as reports say.
  bool ended = true;      // Every call that ends sessions succeeded.
  bool failed = false;    // A call failed,
  bool told_so = false;   // and the first one told what happened.
  bool done = false;      // It came to its end.
  Words<2048> first_failure;
  Words<2048> oddity;  // What is wrong in any case.
  List<std::size_t{1} << 20> answers;
};

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_REPORT_H_
