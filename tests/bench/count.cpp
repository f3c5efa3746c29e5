// Counts the instructions of what users do most, under callgrind, and compares the counts with the
// baseline.
//
// usage: wsman-bench-count VALGRIND SERVICE ABI-PROGRAM FOLDER [compare|write BASELINE]
//
// Two runs of each, one with more of the same than the other: their difference is free of what
// starting cost, and of the first session but where that is what is counted.
#include <sys/utsname.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "running.h"
#include "support/scratch_folder.h"

namespace wsman::bench {
namespace {

namespace fs = std::filesystem;

// What is counted: a mode of the program, the scheme it goes by, and how often in both runs.
struct Count {
  const char* name;  // In the baseline.
  const char* what;
  const char* mode;
  const char* scheme;
  int fewer;
  int more;
};

// Over http where that is possible, since what TLS costs depends on the processor. The sessions
// come first, because the settings are read anew for each request while their file is new.
constexpr std::array kCounts{
    Count{"first", "The first session of a process, https verified", "first", "https", 0, 1},
    Count{"session", "One session more, https verified", "first", "https", 20, 40},
    Count{"identify", "One Identify over a kept connection, http", "identify", "http", 500, 1000},
    Count{"get", "One Get over a kept connection, http", "get", "http", 300, 600},
    Count{"row", "One row of an enumeration, http", "rows", "http", 1, 2}};

constexpr double kMostGrowth = 0.10;
constexpr int kMostCounts = 4;

// Enough for a page that is as long as most get.
constexpr int kRows = 1000;

// glibc and OpenSSL choose functions by the processor; with these left out, which every machine of
// interest has or has not, they choose the same everywhere.
constexpr const char* kSameProcessor =
    "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM "
    "OPENSSL_ia32cap=0:0 ";

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

class Counting {
 public:
  explicit Counting(Words words)
      : words_(std::move(words)), service_(words_.service, {"--rows", std::to_string(kRows)}) {
    // Basic in clear text is what the service and the settings refuse otherwise.
    settings_ = scratch_.write("client.json", "{\"AllowUnencrypted\":true,\"TrustedCAPath\":\"" +
                                                  service_.ca_file() + "\"}");
    setenv("BENCH_PASSWORD", service_.password().c_str(), 1);
    fs::create_directories(words_.folder);
  }

  // A busy machine has the client wait more often, which adds instructions and never takes any
  // away: so the least of a few counts is asked for where one is above `limit`.
  long at_most(const Count& count, double limit) const {
    long least = one(count);
    for (int again = 1; again<kMostCounts&& static_cast<double>(least)> limit; ++again) {
      least = std::min(least, one(count));
    }
    return least;
  }

  std::string profile(const Count& count, int times) const {
    return (words_.folder / ("callgrind." + std::string(count.name) + "." + std::to_string(times)))
        .string();
  }

 private:
  long one(const Count& count) const {
    const double more = instructions(count, count.more);
    const double work = (more - instructions(count, count.fewer)) / (count.more - count.fewer);
    if (work <= 0) give_up("more of the same took no more instructions");
    return static_cast<long>(std::string(count.mode) == "rows" ? work / kRows : work);
  }

  double instructions(const Count& count, int times) const {
    const std::string profile = this->profile(count, times);
    const fs::path log = words_.folder / "callgrind.log";
    const bool anonymous = std::string(count.mode) == "identify";
    (void)output_of(kSameProcessor + quoted(words_.valgrind) +
                    " --tool=callgrind --callgrind-out-file=" + quoted(profile) +
                    " --log-file=" + quoted(log.string()) + " " + quoted(words_.abi) + " " +
                    count.mode + " " + std::to_string(times) + " " + service_.url(count.scheme) +
                    " '' " + quoted(anonymous ? "" : kUser) + " " + quoted(settings_));
    return total_of(profile);
  }

  const Words words_;
  const testing::ScratchFolder scratch_;
  const BenchService service_;
  std::string settings_;
};

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

std::string row_of(const Count& count) { return machine() + " " + count.name + " "; }

// The count in the baseline, or 0 if it has none for this machine.
long known_count(const std::string& baseline, const Count& count) {
  const std::string row = row_of(count);
  for (const std::string& line : lines_of(baseline)) {
    if (line.rfind(row, 0) != 0) continue;
    long known = 0;
    std::istringstream(line.substr(row.size())) >> known;
    if (known <= 0) give_up("this row of the baseline has no count: " + line);
    return known;
  }
  return 0;
}

void write_baseline(const std::string& baseline, const Count& count, long each) {
  std::string text;
  for (const std::string& line : lines_of(baseline)) {
    if (line.rfind(row_of(count), 0) != 0) text += line + "\n";
  }
  std::ofstream(baseline) << text << row_of(count) << each << "\n";
}

bool is_within(const Counting& counting, const Count& count, long known, long each) {
  static constexpr const char* kRewrite = "./build.sh bench count";
  if (known == 0) {
    std::printf("The baseline has no such count for %s, so nothing is compared. To add it: %s\n",
                machine().c_str(), kRewrite);
    return true;
  }
  const double change = static_cast<double>(each) / static_cast<double>(known) - 1;
  std::printf("The baseline is %ld: %+.1f %%.\n", known, 100 * change);
  if (change <= kMostGrowth) {
    if (change < -kMostGrowth) std::printf("Keep what was won, in a new baseline: %s\n", kRewrite);
    return true;
  }
  (void)std::fprintf(stderr,
                     "That is over %.0f %% more instructions than the baseline.\n"
                     "To see where they go: callgrind_annotate %s\n"
                     "If they are worth it, write a new baseline and say why in the commit:\n"
                     "  %s\n",
                     100 * kMostGrowth, counting.profile(count, count.more).c_str(), kRewrite);
  return false;
}

int run(int count, char** words) {
  const std::string task = count == 7 ? words[5] : "";
  if (count != 5 && task != "compare" && task != "write") {
    give_up(
        "usage: wsman-bench-count VALGRIND SERVICE ABI-PROGRAM FOLDER [compare|write BASELINE]");
  }
  const Counting counting({words[1], words[2], words[3], words[4]});
  bool all_within = true;
  for (const Count& one : kCounts) {
    const long known = task == "compare" ? known_count(words[6], one) : 0;
    const double limit = known > 0 ? (1 + kMostGrowth) * static_cast<double>(known)
                                   : std::numeric_limits<double>::max();
    const long each = counting.at_most(one, limit);
    std::printf("%s: %ld instructions.\n", one.what, each);
    if (task == "compare") all_within = is_within(counting, one, known, each) && all_within;
    if (task == "write") write_baseline(words[6], one, each);
  }
  return all_within ? 0 : 1;
}

}  // namespace
}  // namespace wsman::bench

int main(int count, char** words) {
  return wsman::bench::guarded([&] { return wsman::bench::run(count, words); });
}
