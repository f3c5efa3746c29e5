#include "figures.h"

#include <algorithm>
#include <cstdio>

namespace wsman::bench {
namespace {

double least(const std::vector<double>& values) {
  return *std::min_element(values.begin(), values.end());
}

double most(const std::vector<double>& values) {
  return *std::max_element(values.begin(), values.end());
}

std::vector<double> ratios_of(const Pairs& pairs) {
  std::vector<double> ratios;
  for (size_t i = 0; i < pairs.ours.size(); ++i) ratios.push_back(pairs.ours[i] / pairs.theirs[i]);
  return ratios;
}

void print_both(const Wording& wording, const Pairs& pairs) {
  const std::vector<double> ratios = ratios_of(pairs);
  std::printf("%-44s %8.*f%s  %s %8.*f%s  ratio %.2f (%.2f to %.2f)", wording.what.c_str(),
              wording.digits, median(pairs.ours), wording.unit, wording.whom.c_str(),
              wording.digits, median(pairs.theirs), wording.unit, median(ratios), least(ratios),
              most(ratios));
}

}  // namespace

const char* met(bool yes) { return yes ? "met" : "missed"; }

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

void print_pairs(const Wording& wording, const Pairs& pairs) {
  print_both(wording, pairs);
  std::printf("\n");
}

void print_pairs(const Wording& wording, const Pairs& pairs, double goal) {
  print_both(wording, pairs);
  std::printf("  goal %.1f: %s\n", goal, met(median(ratios_of(pairs)) >= goal));
}

void print_memory(const std::string& what, const std::vector<double>& kib, double goal) {
  std::printf("%-44s %8.1f KiB (%.1f to %.1f)  goal under %.0f: %s\n", what.c_str(), median(kib),
              least(kib), most(kib), goal, met(median(kib) < goal));
}

}  // namespace wsman::bench
