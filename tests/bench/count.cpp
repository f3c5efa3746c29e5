// Counts the instructions of one Identify over a kept connection, under callgrind, and compares
// the count with the baseline.
//
// usage: wsman-bench-count VALGRIND SERVICE ABI-PROGRAM FOLDER [compare|write BASELINE]
//
// Two runs, one with twice as many Identifies as the other: their difference is free of what
// starting and connecting cost. Over http only, since what TLS costs depends on the processor.
#include <sys/utsname.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "running.h"
#include "support/scratch_folder.h"

namespace wsman::bench {
namespace {

namespace fs = std::filesystem;

constexpr int kIdentifies = 500;
constexpr double kMostGrowth = 0.10;
constexpr int kMostCounts = 4;

// glibc chooses its string functions by the processor; with these left out, which every machine of
// interest has or has not, it chooses the same everywhere.
constexpr const char* kSameProcessor =
    "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM ";

struct Words {
  std::string valgrind;
  std::string service;
  std::string abi;
  fs::path folder;
};

// The sum that callgrind writes at the end of `profile`.
double total_of(const fs::path& profile) {
  std::ifstream lines(profile);
  for (std::string line; std::getline(lines, line);) {
    double total = 0;
    if (std::sscanf(line.c_str(), "totals: %lf", &total) == 1) return total;
  }
  give_up("callgrind left no total in " + profile.string());
}

double instructions(const Words& words, const std::string& url, const std::string& settings,
                    int identifies) {
  const fs::path profile = words.folder / ("callgrind." + std::to_string(identifies));
  const fs::path log = words.folder / "callgrind.log";
  (void)output_of(kSameProcessor + quoted(words.valgrind) +
                  " --tool=callgrind --callgrind-out-file=" + quoted(profile.string()) +
                  " --log-file=" + quoted(log.string()) + " " + quoted(words.abi) + " identify " +
                  std::to_string(identifies) + " " + url + " '' '' " + quoted(settings));
  return total_of(profile);
}

long count_one(const Words& words) {
  const testing::ScratchFolder scratch;
  const BenchService service(words.service);
  const std::string settings = scratch.write("client.json", "{}");
  fs::create_directories(words.folder);
  const double once = instructions(words, service.url("http"), settings, kIdentifies);
  const double twice = instructions(words, service.url("http"), settings, 2 * kIdentifies);
  const long each = static_cast<long>((twice - once) / kIdentifies);
  if (each <= 0) give_up("twice the work took no more instructions");
  return each;
}

// A busy machine has the client wait more often, which adds instructions and never takes any away:
// so the least of a few counts is asked for where one is above `limit`.
long count_at_most(const Words& words, double limit) {
  long least = count_one(words);
  for (int again = 1; again<kMostCounts&& static_cast<double>(least)> limit; ++again) {
    least = std::min(least, count_one(words));
  }
  return least;
}

// What this machine is called in the baseline: x86_64, aarch64.
std::string machine() {
  utsname names{};
  if (uname(&names) != 0) give_up("the system does not tell what machine it is");
  return names.machine;
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream input(file);
  if (!input) give_up("there is no baseline " + file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(input, line);) lines.push_back(line);
  return lines;
}

bool is_row_of(const std::string& line, const std::string& machine) {
  return line.rfind(machine + " ", 0) == 0;
}

// The count in the baseline, or 0 if it has none for this machine.
long known_count(const std::string& baseline) {
  for (const std::string& line : lines_of(baseline)) {
    if (!is_row_of(line, machine())) continue;
    long known = 0;
    std::istringstream(line.substr(machine().size())) >> known;
    if (known <= 0) give_up("this row of the baseline has no count: " + line);
    return known;
  }
  return 0;
}

void write_baseline(const std::string& baseline, long each) {
  std::string text;
  for (const std::string& line : lines_of(baseline)) {
    if (!is_row_of(line, machine())) text += line + "\n";
  }
  text += machine() + " " + std::to_string(each) + "\n";
  std::ofstream(baseline) << text;
  std::printf("%s now says %ld.\n", baseline.c_str(), each);
}

int compare(const Words& words, const std::string& baseline, long each) {
  static constexpr const char* kRewrite = "./build.sh bench count";
  const long known = known_count(baseline);
  if (known == 0) {
    std::printf("%s has no row for %s, so nothing is compared. To add one: %s\n", baseline.c_str(),
                machine().c_str(), kRewrite);
    return 0;
  }
  const double change = static_cast<double>(each) / static_cast<double>(known) - 1;
  std::printf("The baseline is %ld: %+.1f %%.\n", known, 100 * change);
  if (change <= kMostGrowth) {
    if (change < -kMostGrowth) std::printf("Keep what was won, in a new baseline: %s\n", kRewrite);
    return 0;
  }
  const std::string profile = (words.folder / "callgrind.").string();
  (void)std::fprintf(stderr,
                     "One Identify takes more than %.0f %% more instructions than the baseline.\n"
                     "To see where they go: callgrind_annotate %s%d\n"
                     "If they are worth it, write a new baseline and say why in the commit:\n"
                     "  %s\n",
                     100 * kMostGrowth, profile.c_str(), 2 * kIdentifies, kRewrite);
  return 1;
}

int run(int count, char** words) {
  const std::string task = count == 7 ? words[5] : "";
  if (count != 5 && task != "compare" && task != "write") {
    give_up(
        "usage: wsman-bench-count VALGRIND SERVICE ABI-PROGRAM FOLDER [compare|write BASELINE]");
  }
  const Words given{words[1], words[2], words[3], words[4]};
  const double limit =
      task == "compare" ? (1 + kMostGrowth) * static_cast<double>(known_count(words[6])) : 0;
  const long each = limit > 0 ? count_at_most(given, limit) : count_one(given);
  std::printf("One Identify over a kept connection, http: %ld instructions.\n", each);
  if (task == "compare") return compare(given, words[6], each);
  if (task == "write") write_baseline(words[6], each);
  return 0;
}

}  // namespace
}  // namespace wsman::bench

int main(int count, char** words) {
  return wsman::bench::guarded([&] { return wsman::bench::run(count, words); });
}
