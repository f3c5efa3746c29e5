#include "ledger.h"

#include <dlfcn.h>
#include <sys/mman.h>

#include <cstdio>
#include <new>
#include <stdexcept>

#include "scenarios.h"
#include "ways.h"

namespace wsman::torture {
namespace {

constexpr std::array<const char*, kKinds> kKindNames{"call", "memory", "run-out"};
constexpr std::array<const char*, kVerdicts> kVerdictNames{
    "told", "otherwise", "anyway", "unmet", "below", "fell",
    "died", "hung",      "leaked", "wire",  "left",  "wrong"};

// As addr2line takes it: the file, and the place in it.
void print_frame(void* frame) {
  Dl_info info{};
  if (dladdr(frame, &info) == 0 || info.dli_fname == nullptr) return;
  const auto offset = static_cast<char*>(frame) - static_cast<char*>(info.dli_fbase);
  // The return address stands behind the call.
  std::printf("    %s %#lx\n", info.dli_fname, static_cast<unsigned long>(offset) - 1);
}

void print_stack(const Stack& stack) {
  for (int at = 0; at < stack.depth; ++at)
    print_frame(stack.frames.at(static_cast<std::size_t>(at)));
  (void)std::fflush(stdout);
}

}  // namespace

const char* name_of(Kind kind) { return kKindNames.at(static_cast<std::size_t>(kind)); }

const char* name_of(Verdict verdict) { return kVerdictNames.at(static_cast<std::size_t>(verdict)); }

bool is_wrong(Verdict verdict) { return verdict >= Verdict::died; }

void print(const Row& row, std::uint64_t number, const Outcome& outcome) {
  const Seen& seen = outcome.seen;
  std::printf("%s: --way %s --scenario \"%s\" --kind %s --number %llu (%s): %s\n",
              name_of(outcome.verdict), kWays.at(row.way).name,
              scenarios().at(row.scenario).name.c_str(), name_of(row.kind),
              static_cast<unsigned long long>(number),
              seen.failed != nullptr ? seen.failed : "nothing failed", outcome.why.c_str());
  print_stack(seen.where);
  if (seen.death.depth == 0) return;
  std::printf("  died\n");
  print_stack(seen.death);
}

void Ledger::add(const Row& row, Verdict verdict) {
  ++sums_.at(row.way)
        .at(row.scenario)
        .at(static_cast<std::size_t>(row.kind))
        .at(static_cast<std::size_t>(verdict));
}

bool Ledger::is_empty() const {
  return !has_row([](const Sums& sums) { return tried(sums) > 0; });
}

bool Ledger::has_wrong() const { return has_row(is_wrong_row); }

std::uint32_t Ledger::tried(const Sums& sums) {
  std::uint32_t all = 0;
  for (const auto& sum : sums) all += sum;
  return all;
}

bool Ledger::is_wrong_row(const Sums& sums) {
  for (std::size_t at = 0; at < sums.size(); ++at)
    if (is_wrong(static_cast<Verdict>(at)) && sums.at(at) > 0) return true;
  const std::uint32_t unmet = sums.at(static_cast<std::size_t>(Verdict::unmet));
  return unmet > 0 && unmet == tried(sums);
}

template <typename Condition>
bool Ledger::has_row(const Condition& condition) const {
  for (const auto& way : sums_)
    for (const auto& scenario : way)
      for (const Sums& sums : scenario)
        if (condition(sums)) return true;
  return false;
}

void Ledger::print() const {
  std::printf("\n%-10s %-18s %-8s %7s", "way", "scenario", "kind", "tried");
  for (const char* name : kVerdictNames) std::printf(" %9s", name);
  std::printf("\n");
  for (std::size_t way = 0; way < kWays.size(); ++way) {
    for (std::size_t scenario = 0; scenario < scenarios().size(); ++scenario) {
      for (std::size_t kind = 0; kind < kKinds; ++kind) {
        const Sums& sums = sums_.at(way).at(scenario).at(kind);
        if (tried(sums) == 0) continue;
        std::printf("%-10s %-18s %-8s %7u", kWays.at(way).name, scenarios()[scenario].name.c_str(),
                    kKindNames.at(kind), tried(sums));
        for (const auto& sum : sums) std::printf(" %9u", sum.load());
        std::printf("\n");
      }
    }
  }
}

Ledger& shared_ledger() {
  static auto* const ledger = [] {
    void* const memory =
        mmap(nullptr, sizeof(Ledger), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("no memory to share");
    return new (memory) Ledger;
  }();
  return *ledger;
}

}  // namespace wsman::torture
