#include "trial.h"

#include <dlfcn.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "ledger.h"
#include "likeness.h"
#include "support/bounds.h"
#include "support/control_port.h"

namespace wsman::torture {
namespace {

using nlohmann::json;

// Far more than the bounds in the client settings allow a scenario.
constexpr Milliseconds kLongest{30000};
constexpr std::uint64_t kMostRequests = 100;  // Those that the service remembers.

Report& shared_report() {
  void* const memory =
      mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory to share");
  return *new (memory) Report;
}

// The status of the child, as waitpid() has it; SIGKILL's where it did not end by itself.
int await(pid_t child) {
  const int file = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
  pollfd entry{file, POLLIN, 0};
  const int patience = static_cast<int>(kLongest.count()) * testing::time_factor();
  if (poll(&entry, 1, patience) != 1) (void)kill(child, SIGKILL);
  close(file);
  int status = 0;
  (void)waitpid(child, &status, 0);
  return status;
}

// Whether another library than the tested one got no memory, be it through a function of the tested
// one that counts for it.
bool is_below(const Stack& stack) {
  bool counted = false;
  for (int at = 0; at < stack.depth; ++at) {
    Dl_info info{};
    if (dladdr(stack.frames.at(static_cast<std::size_t>(at)), &info) == 0) continue;
    const std::string_view file = info.dli_fname;
    for (const char* name :
         {"libxml2", "libssl", "libcrypto", "libgssapi", "libkrb5", "libk5crypto", "ntlmssp"})
      if (file.find(name) != std::string_view::npos) return true;
    if (counted) return false;
    counted = file.find("libwsman_native") != std::string_view::npos;
  }
  return false;
}

// What try_thread_state() in native/protocol/xml keeps away from libxml2, unless another thread
// takes the memory in that moment.
bool is_without_end(const Stack& stack) {
  for (int at = 0; at < stack.depth; ++at) {
    Dl_info info{};
    if (dladdr(stack.frames.at(static_cast<std::size_t>(at)), &info) != 0 &&
        info.dli_sname != nullptr && std::string_view(info.dli_sname) == "xmlGetGlobalState")
      return true;
  }
  return false;
}

std::string with_number(std::int64_t number, const char* what) {
  return std::to_string(number) + " " + what;
}

}  // namespace

Trials::Trials(const testing::ServerProcess& server, Place place, const Scenario& scenario)
    : server_(server), place_(std::move(place)), scenario_(scenario), report_(shared_report()) {
  begin_for_ever(place_);
  counts_ = count();
  const Outcome first = make({Kind::memory, 0});
  if (first.verdict != Verdict::unmet)
    throw std::runtime_error("the scenario " + scenario.name + ": " + first.why);
  if (reference_.calls == 0 || reference_.allocations == 0)
    throw std::runtime_error("the scenario " + scenario.name + ": nothing of it is counted");
}

Outcome Trials::make(const Plan& plan) {
  Outcome outcome = make_once(plan);
  if (outcome.verdict != Verdict::leaked) return outcome;
  // What a failure loses it loses again. What comes once is of threads that came together otherwise
  // than in the reference; it is told, and does not count.
  (void)std::fprintf(stderr, "once: %s behind %s %llu of \"%s\"\n", outcome.why.c_str(),
                     name_of(plan.kind), static_cast<unsigned long long>(plan.number),
                     scenario_.name.c_str());
  return make_once(plan);
}

Outcome Trials::make_once(const Plan& plan) {
  new (&report_) Report;
  const pid_t child = fork();
  if (child == 0) run(scenario_, place_, plan, reference_, report_);
  const int status = await(child);
  const Counts before = std::exchange(counts_, count());
  Outcome outcome = judge(status, before);
  outcome.seen = report_.seen;
  return outcome;
}

Trials::Counts Trials::count() const {
  // A child that has ended has no connection any more.
  const std::string label = is_hostile() ? "label=" + scenario_.refusal->port + "&" : "";
  const json counts = server_.await_counts(label + "connections=0");
  const std::uint64_t requests = counts.at("requests");
  if (is_hostile()) return {0, requests, 0};
  return {counts.at("contexts").get<std::int64_t>() + counts.at("shells").get<std::int64_t>() +
              counts.at("commands").get<std::int64_t>(),
          requests, counts.at("security").at("told")};
}

Outcome Trials::judge(int status, const Counts& before) {
  if (WIFSIGNALED(status)) {
    const bool hung = WTERMSIG(status) == SIGKILL;
    const Verdict died = is_without_end(report_.seen.death) ? Verdict::fell : Verdict::died;
    return {hung ? Verdict::hung : died, strsignal(WTERMSIG(status))};
  }
  if (!report_.done) return {Verdict::died, "it left by itself"};
  if (!reference_.is_known) keep_reference(before);
  if (counts_.credentials > before.credentials && !reference_.hands_over)
    return {Verdict::wrong, "the credential was handed over"};
  const std::string odd = odd_request(counts_.requests - before.requests);
  if (!odd.empty()) return {Verdict::wire, odd};
  if (!report_.oddity.empty()) return {Verdict::wrong, report_.oddity.text()};
  const std::int64_t left = counts_.things - before.things;
  if (left > report_.told && report_.ended) return {Verdict::left, with_number(left, "things")};
  const std::int64_t leaked = report_.held - reference_.held;
  if (leaked > 0)
    return {is_below(report_.seen.where) ? Verdict::below : Verdict::leaked,
            with_number(leaked, "blocks")};
  if (report_.threads > reference_.threads) return {Verdict::leaked, "threads"};
  reference_.is_known = true;
  if (report_.seen.failed == nullptr) return {Verdict::unmet};
  if (!report_.failed) return {Verdict::anyway};
  return {report_.told_so ? Verdict::told : Verdict::otherwise, report_.first_failure.text()};
}

void Trials::keep_reference(const Counts& before) {
  reference_.hands_over = counts_.credentials > before.credentials;
  report_.answers.for_each(
      [this](std::string answer) { reference_.answers.insert(std::move(answer)); });
  reference_.held = report_.held;
  reference_.threads = report_.threads;
  reference_.allocations = report_.seen.allocations;
  reference_.calls = report_.seen.calls;
  reference_.answered = report_.seen.answered;
}

std::string Trials::odd_request(std::uint64_t count) {
  // Nothing is asked of a server whose certificate is refused.
  if (is_hostile()) return count > 0 ? "any" : "";
  const std::string query = "/last?n=" + std::to_string(std::min(count, kMostRequests));
  const json last = json::parse(testing::ask_control_port(server_.control_port(), "GET", query));
  for (const json& request : last.at("requests")) {
    std::string alike = likeness(request.at("body"));
    if (!reference_.is_known) {
      reference_.requests.insert(std::move(alike));
    } else if (!reference_.requests.contains(alike)) {
      return alike;
    }
  }
  return {};
}

}  // namespace wsman::torture
