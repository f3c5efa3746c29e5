#include "figures.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace wsman::bench {
namespace {

std::string spread_of(const std::vector<double>& values, int digits) {
  if (values.empty()) return "";
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return text_of(median(values), digits) + " (" + text_of(*least, digits) + " to " +
         text_of(*most, digits) + ")";
}

std::vector<double> ratios_of(const std::vector<double>& ours, const std::vector<double>& theirs) {
  std::vector<double> ratios;
  for (size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
    ratios.push_back(ours[i] / theirs[i]);
  }
  return ratios;
}

std::string median_text(const std::vector<double>& values, int digits, const char* unit) {
  return values.empty() ? "" : text_of(median(values), digits, unit);
}

std::string goal_text(Goal goal, double ratio, double rate, double cpu) {
  if (goal == Goal::none) return "";
  const bool by_rate = goal == Goal::rate_at_least;
  return (by_rate ? "ratio at least " : "CPU at most ") + text_of(ratio, 1) + ": " +
         met(by_rate ? rate >= ratio : cpu <= ratio);
}

}  // namespace

const char* met(bool yes) { return yes ? "met" : "missed"; }

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::string text_of(double value, int digits, const char* unit) {
  std::array<char, 64> text{};
  (void)std::snprintf(text.data(), text.size(), "%.*f%s", digits, value, unit);
  return text.data();
}

void print_row(const Row& row) {
  for (const std::string& cell : {row.what, row.ours, row.peer, row.its, row.ratio, row.our_cpu,
                                  row.its_cpu, row.cpu_ratio, row.goal}) {
    std::printf("| %s ", cell.c_str());
  }
  std::printf("|\n");
}

void print_table_head() {
  print_row(
      {"what", "ours", "peer", "its", "ratio", "our CPU, us", "its CPU, us", "CPU ratio", "goal"});
  std::printf("|---|---|---|---|---|---|---|---|---|\n");
}

void print_pair(const Wording& wording, const Pair& pair, Goal goal, double ratio) {
  const std::vector<double> rates = ratios_of(pair.ours.figures, pair.theirs.figures);
  const std::vector<double> cpu = ratios_of(pair.ours.cpu, pair.theirs.cpu);
  print_row({wording.what, median_text(pair.ours.figures, wording.digits, wording.unit),
             pair.theirs.name, median_text(pair.theirs.figures, wording.digits, wording.unit),
             spread_of(rates, 2), median_text(pair.ours.cpu, 0, ""),
             median_text(pair.theirs.cpu, 0, ""), spread_of(cpu, 2),
             goal_text(goal, ratio, median(rates), median(cpu))});
}

void print_figures(const Wording& wording, const std::vector<double>& figures, double goal) {
  print_row({.what = wording.what,
             .ours = spread_of(figures, wording.digits) + wording.unit,
             .goal = "under " + text_of(goal, 0) + ": " + met(median(figures) < goal)});
}

}  // namespace wsman::bench
