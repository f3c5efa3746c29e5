// What came of all trials, counted by the processes that make them.
#ifndef WSMAN_TESTS_TORTURE_LEDGER_H_
#define WSMAN_TESTS_TORTURE_LEDGER_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "failer.h"
#include "trial.h"

namespace wsman::torture {

struct Row {
  std::size_t way;       // Index into kWays.
  std::size_t scenario;  // Index into scenarios().
  Kind kind;
};

const char* name_of(Kind kind);
const char* name_of(Verdict verdict);
bool is_wrong(Verdict verdict);

// Says what came of one trial, and where it failed.
void print(const Row& row, std::uint64_t number, const Outcome& outcome);

// Lies in memory that processes share.
class Ledger {
 public:
  void add(const Row& row, Verdict verdict);
  bool is_empty() const;
  // A row in which nothing failed is wrong, too.
  bool has_wrong() const;
  void print() const;

 private:
  static constexpr std::size_t kMostWays = 8;
  static constexpr std::size_t kMostScenarios = 32;
  using Sums = std::array<std::atomic<std::uint32_t>, kVerdicts>;

  static std::uint32_t tried(const Sums& sums);
  static bool is_wrong_row(const Sums& sums);
  template <typename Condition>
  bool has_row(const Condition& condition) const;

  std::array<std::array<std::array<Sums, kKinds>, kMostScenarios>, kMostWays> sums_{};
};

// The one of this run.
Ledger& shared_ledger();

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_LEDGER_H_
