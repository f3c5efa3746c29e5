// What becomes of an answer on its way, as a seed chooses it.
#ifndef WSMAN_TESTS_E2E_MUTATION_MUTATION_H_
#define WSMAN_TESTS_E2E_MUTATION_MUTATION_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace wsman::testing {

// Numbers that follow from a seed, on every machine alike.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  // 0 to count - 1; 0 if there is nothing to choose from.
  std::size_t below(std::size_t count) { return count == 0 ? 0 : engine_() % count; }
  bool once_in(std::size_t times) { return below(times) == 0; }

 private:
  std::mt19937_64 engine_;
};

// An answer as it is sent.
struct Delivery {
  enum class End { keep, close, reset, silence };

  std::vector<std::string> pieces;
  End end = End::keep;
  std::string story;  // What was done to it: "flip at 17, cut at 44; close".

  std::string bytes() const;
};

Delivery unchanged(const std::string& answer);

// Changes the answer, its pieces and what follows it, or loses all of it. `earlier` are answers
// that came before.
Delivery mutated(std::string answer, const std::vector<std::string>& earlier, Chance& chance);

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_MUTATION_MUTATION_H_
