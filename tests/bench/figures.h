// What was measured, and how it is printed: the rows of one Markdown table.
#ifndef WSMAN_BENCH_FIGURES_H
#define WSMAN_BENCH_FIGURES_H

#include <string>
#include <vector>

namespace wsman::bench {

double median(std::vector<double> values);

// What is said of a goal.
const char* met(bool yes);

// The rounds of one side.
struct Side {
  std::string name;
  std::vector<double> figures;
  std::vector<double> cpu;  // Microseconds of CPU time an operation; empty if that is not measured.
};

// Sides that were measured in turn: ours.figures[i] and theirs.figures[i] are of one round.
struct Pair {
  Side ours;
  Side theirs;
};

// The least ratio of figures, or the largest one of CPU times, that is good enough.
enum class Goal { none, rate_at_least, cpu_at_most };

struct Wording {
  std::string what;
  const char* unit = "/s";
  int digits = 0;  // Behind the decimal point.
};

// The cells of a row, in their order.
struct Row {
  std::string what;
  std::string ours;
  std::string peer = "";
  std::string its = "";
  std::string ratio = "";
  std::string our_cpu = "";
  std::string its_cpu = "";
  std::string cpu_ratio = "";
  std::string goal = "";
};

// A number with its unit.
std::string text_of(double value, int digits, const char* unit = "");

// The first lines of the table.
void print_table_head();

void print_row(const Row& row);

// A row of the table: medians, the ratio round by round with its spread, and the goal.
void print_pair(const Wording& wording, const Pair& pair, Goal goal = Goal::none, double ratio = 0);

// A row about one side, of whose median there should be fewer than the goal.
void print_figures(const Wording& wording, const std::vector<double>& figures, double goal);

}  // namespace wsman::bench

#endif  // WSMAN_BENCH_FIGURES_H
