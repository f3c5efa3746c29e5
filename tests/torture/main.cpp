// usage: wsman_torture [--every N] [--turn N] [--jobs N] [--way NAME] [--scenario NAME]
// [--kind NAME] [--number N]
//
// Performs each scenario once for each call of the system, and for each allocation, that it makes,
// and lets that one fail. Prints what was wrong, and a table: a row for each way to connect,
// scenario and kind of failure. The exit code is 1 if anything was wrong, and 77 if the way leads
// through a realm and this process runs in none.
//
//   --every N   only every N-th allocation, and twice as many once a server has answered that is to
//               be refused; all calls
//   --turn N    which of them: as many turns one after the other try them all
//   --jobs N    so many at a time, each with a service of its own; twice as many as there are
//               processors, because a trial waits for what goes by itself, such as a kept thread
//   --number N  only that call or allocation, and where it failed
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ledger.h"
#include "scenarios.h"
#include "trial.h"
#include "ways.h"

namespace wsman::torture {
namespace {

// How many times as many are tried of the allocations that decide whether a server is accepted.
constexpr std::uint64_t kCloser = 2;
constexpr int kSkipped = 77;

struct Wanted {
  std::string way;  // Empty: all; so for the others.
  std::string scenario;
  std::string kind;
  std::uint64_t number = 0;  // 0: all.
  std::uint64_t every = 1;
  std::uint64_t turn = 0;
  unsigned jobs = 2 * std::max(1U, std::thread::hardware_concurrency());
};

bool matches(const std::string& wanted, const std::string& name) {
  return wanted.empty() || wanted == name;
}

bool leads_to(const Way& way, const Scenario& scenario) {
  if (!scenario.refusal) return !way.is_refused;
  return (" " + scenario.refusal->ways + " ").find(std::string(" ") + way.name + " ") !=
         std::string::npos;
}

// One of the processes that share the work.
class Worker {
 public:
  Worker(const Wanted& wanted, unsigned index, Ledger& ledger)
      : wanted_(wanted), index_(index), ledger_(ledger) {}

  void run(std::size_t way) {
    Setting setting(kWays.at(way));
    for (std::size_t at = 0; at < scenarios().size(); ++at) {
      const Scenario& scenario = scenarios()[at];
      if (!matches(wanted_.scenario, scenario.name)) continue;
      if (!leads_to(kWays.at(way), scenario)) continue;
      Trials trials(setting.server(scenario), setting.place(scenario), scenario);
      for (const Kind kind : {Kind::call, Kind::memory, Kind::memory_run_out}) {
        // Whoever has no memory any more accepts nobody.
        if (scenario.refusal && kind == Kind::memory_run_out) continue;
        if (matches(wanted_.kind, name_of(kind))) run_row(trials, {way, at, kind});
      }
    }
  }

 private:
  void run_row(Trials& trials, const Row& row) {
    const Reference& reference = trials.reference();
    if (wanted_.number != 0) return try_one(trials, row, wanted_.number);
    if (row.kind == Kind::call) return try_some(trials, row, 1, {0, reference.calls});
    const bool refused = scenarios()[row.scenario].refusal.has_value();
    const std::uint64_t far = refused ? reference.answered : reference.allocations;
    try_some(trials, row, wanted_.every, {0, far});
    try_some(trials, row, std::max<std::uint64_t>(1, wanted_.every / kCloser),
             {far, reference.allocations});
  }

  // Those behind the first number, up to the second one.
  void try_some(Trials& trials, const Row& row, std::uint64_t every,
                std::pair<std::uint64_t, std::uint64_t> range) {
    const std::uint64_t first = range.first + 1 + wanted_.turn % every + index_ * every;
    for (std::uint64_t number = first; number <= range.second; number += every * wanted_.jobs)
      try_one(trials, row, number);
  }

  void try_one(Trials& trials, const Row& row, std::uint64_t number) {
    const Outcome outcome = trials.make({row.kind, number});
    ledger_.add(row, outcome.verdict);
    const bool odd = outcome.verdict == Verdict::fell || outcome.verdict == Verdict::otherwise;
    if (odd || is_wrong(outcome.verdict) || wanted_.number != 0) print(row, number, outcome);
  }

  const Wanted& wanted_;
  const unsigned index_;
  Ledger& ledger_;
};

// In a process of its own: a service and its client belong to one, and what one way begins for ever
// is none of another's.
pid_t start(const Wanted& wanted, unsigned index, std::size_t way, Ledger& ledger) {
  const pid_t child = fork();
  if (child != 0) return child;
  int code = 0;
  try {
    Worker(wanted, index, ledger).run(way);
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "wsman_torture: %s\n", error.what());
    code = 1;
  }
  (void)std::fflush(stdout);
  _exit(code);
}

// Whether all of them came to their end.
bool run_way(const Wanted& wanted, std::size_t way, Ledger& ledger) {
  std::vector<pid_t> workers;
  const unsigned jobs = wanted.number != 0 ? 1 : wanted.jobs;
  for (unsigned index = 0; index < jobs; ++index)
    workers.push_back(start(wanted, index, way, ledger));
  bool ended = true;
  for (const pid_t worker : workers) {
    int status = 0;
    (void)waitpid(worker, &status, 0);
    ended = ended && status == 0;
  }
  return ended;
}

int run_all(const Wanted& wanted) {
  Ledger& ledger = shared_ledger();
  bool is_known = false;
  bool has_run = false;
  bool ended = true;
  for (std::size_t way = 0; way < kWays.size(); ++way) {
    if (!matches(wanted.way, kWays.at(way).name)) continue;
    is_known = true;
    if (!is_possible(kWays.at(way))) continue;
    has_run = true;
    ended = run_way(wanted, way, ledger) && ended;
  }
  if (!is_known) throw std::invalid_argument("there is no way " + wanted.way);
  if (!has_run) return kSkipped;
  if (ended && ledger.is_empty())
    throw std::invalid_argument("no trial is of this way, scenario and kind");
  ledger.print();
  return ended && !ledger.has_wrong() ? 0 : 1;
}

Wanted parse(const std::vector<std::string>& words) {
  Wanted wanted;
  const std::map<std::string, std::string*> texts{
      {"--way", &wanted.way}, {"--scenario", &wanted.scenario}, {"--kind", &wanted.kind}};
  for (std::size_t at = 0; at + 1 < words.size(); at += 2) {
    const std::string& value = words[at + 1];
    const auto text = texts.find(words[at]);
    if (text != texts.end()) {
      *text->second = value;
    } else if (words[at] == "--every") {
      wanted.every = std::stoul(value);
    } else if (words[at] == "--turn") {
      wanted.turn = std::stoul(value);
    } else if (words[at] == "--jobs") {
      wanted.jobs = static_cast<unsigned>(std::stoul(value));
    } else if (words[at] == "--number") {
      wanted.number = std::stoul(value);
    } else {
      throw std::invalid_argument("there is no option " + words[at]);
    }
  }
  if (words.size() % 2 != 0 || wanted.every == 0 || wanted.jobs == 0)
    throw std::invalid_argument("each option takes a value");
  return wanted;
}

}  // namespace
}  // namespace wsman::torture

int main(int count, char** words) {
  wsman::torture::stand_outside();
  // The authorities of the system are read as those of the setting are, and are many.
  for (const char* name : {"SSL_CERT_FILE", "SSL_CERT_DIR"}) (void)setenv(name, "/nonexistent", 1);
  try {
    return wsman::torture::run_all(wsman::torture::parse({words + 1, words + count}));
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "wsman_torture: %s\n", error.what());
    return 2;
  }
}
