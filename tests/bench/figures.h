// What was measured, and how it is printed: medians, and the ratio pair by pair with its spread.
#ifndef WSMAN_BENCH_FIGURES_H
#define WSMAN_BENCH_FIGURES_H

#include <string>
#include <vector>

namespace wsman::bench {

double median(std::vector<double> values);

// What is said of a goal.
const char* met(bool yes);

// Two sides that were measured in turn: ours[i] and theirs[i] are of one round.
struct Pairs {
  std::vector<double> ours;
  std::vector<double> theirs;
};

// How a line of pairs reads: "what   OURS unit   whom THEIRS unit   ratio …".
struct Wording {
  std::string what;
  std::string whom;
  const char* unit = "/s";
  int digits = 0;  // Behind the decimal point.
};

void print_pairs(const Wording& wording, const Pairs& pairs);

// The same, with the least ratio that is good enough.
void print_pairs(const Wording& wording, const Pairs& pairs, double goal);

// Kibibytes, of which there should be fewer than the goal.
void print_memory(const std::string& what, const std::vector<double>& kib, double goal);

}  // namespace wsman::bench

#endif  // WSMAN_BENCH_FIGURES_H
