// How long sessions take to end, and what they cost while they are open: rows of the table.
//
// usage: wsman-bench-teardown [many]
//
// With "many" it measures the thousand sessions alone.
//
// The service answers later by timers, and that delay stands for the round trip. The same things in
// sequence, over one connection, are what the times are held against.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <ctime>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "figures.h"
#include "running.h"
#include "support/process.h"
#include "teardown/abi_client.h"
#include "teardown/masked_service.h"

namespace wsman::bench {
namespace {

using nlohmann::json;
using testing::Answer;
using testing::Client;
using testing::MaskedService;

constexpr int kRounds = 5;
constexpr int kSessions = 1000;
constexpr int kOpeningThreads = 64;
constexpr int kMostThreads = 128;
constexpr double kManyGoalMs = 450;
constexpr int kSequence = 100;  // Of the sessions, as a sample.
constexpr double kBudgetMs = 5000;
// 3 Signals and a Release, 3 Deletes and a Release, and twice four Releases.
constexpr double kMostDelays = 4;
constexpr int kFleet = 47;
constexpr int kSilent = 2;

double ms_of(const std::function<void()>& work) {
  const Clock::time_point start = Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::string path_with(int delay) { return "/delay/" + std::to_string(delay) + "/wsman"; }

void must_be_graceful(const json& report) {
  if (report.at("graceful") != true) give_up("something was abandoned: " + report.dump());
}

void must(const Answer& answer) {
  if (!answer.ok()) give_up(answer.error());
}

struct Shell {
  std::string id;
  std::string command;
};

// What a session of the measure holds.
struct Held {
  std::uint64_t session = 0;
  std::vector<std::uint64_t> enumerations;
  std::vector<Shell> shells;
};

Held hold(Client& client, const std::string& url, int contexts, int shells) {
  Held held{client.session("server", url), {}, {}};
  for (int i = 0; i < contexts; ++i) {
    held.enumerations.push_back(client.open_enumeration(held.session));
  }
  for (int i = 0; i < shells; ++i) {
    const std::string id = client.create_shell(held.session);
    held.shells.push_back({id, client.start_command(held.session, id)});
  }
  return held;
}

json in_shell(std::uint64_t session, const std::string& shell, const char* operation) {
  return {{"sessionId", session},
          {"operation", operation},
          {"resourceUri", "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/cmd"},
          {"selectors", json::array({{{"name", "ShellId"}, {"value", shell}}})}};
}

// As a careful user would, without what the product knows.
void end_in_sequence(Client& client, const Held& held) {
  for (const Shell& shell : held.shells) {
    json signal = in_shell(held.session, shell.id, "Invoke");
    signal["action"] = "Signal";
    signal["values"] = {{{"name", "CommandId"}, {"values", {{{"text", shell.command}}}}}};
    must(client.request(signal));
    must(client.request(in_shell(held.session, shell.id, "Delete")));
  }
  for (const std::uint64_t enumeration : held.enumerations) {
    must(client.close_enumeration(enumeration));
  }
  must(client.disconnect("server"));
}

double disconnect_ms(Client& client) {
  Answer ended;
  const double ms = ms_of([&] { ended = client.disconnect("server"); });
  must(ended);
  must_be_graceful(ended.document);
  return ms;
}

double median_of(const std::function<double()>& measure) {
  std::vector<double> values;
  values.reserve(kRounds);
  for (int round = 0; round < kRounds; ++round) values.push_back(measure());
  return median(values);
}

double busy_ms(Client& client, bool tls, int delay, int contexts, int shells) {
  return median_of([&] {
    const Held held =
        hold(client, MaskedService::instance().url(tls, path_with(delay)), contexts, shells);
    const double ms = disconnect_ms(client);
    for (const std::uint64_t one : held.enumerations) (void)client.close_enumeration(one);
    return ms;
  });
}

double sequence_ms(Client& client, bool tls, int delay, int contexts, int shells) {
  const Held held =
      hold(client, MaskedService::instance().url(tls, path_with(delay)), contexts, shells);
  return ms_of([&] { end_in_sequence(client, held); });
}

std::string scheme(bool tls) { return tls ? "https" : "http"; }

void idle(Client& client, bool tls) {
  const double ms = median_of([&] {
    (void)client.session("server", MaskedService::instance().url(tls));
    return disconnect_ms(client);
  });
  print_row({.what = "disconnect, idle, " + scheme(tls), .ours = text_of(ms, 2, " ms")});
}

// Opening the connections is what it takes without any delay; nearly all of that over https.
void busy(Client& client, bool tls) {
  double opening = 0;
  for (const int delay : {0, 20, 200}) {
    const double ms = busy_ms(client, tls, delay, 10, 3);
    const double sequence = sequence_ms(client, tls, delay, 10, 3);
    Row row{.what = "disconnect, 10 contexts + 3 shells, " + scheme(tls) + ", " +
                    std::to_string(delay) + " ms away",
            .ours = text_of(ms, 1, " ms"),
            .peer = "in sequence",
            .its = text_of(sequence, 1, " ms")};
    if (delay == 0) {
      opening = ms;
    } else {
      row.goal = text_of(kMostDelays, 0, " delays beyond what 0 ms take: ") +
                 met(ms - opening < (kMostDelays + 0.5) * delay);
    }
    print_row(row);
  }
}

// Looks now and then how many threads there are: rarely, because looking takes time of a processor,
// and often enough for threads that stay as long as a teardown takes.
class MostThreads {
 public:
  MostThreads() : thread_([this] { look(); }) {}
  int stop() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      over_ = true;
    }
    ended_.notify_one();
    thread_.join();
    return most_;
  }

 private:
  void look() {
    constexpr Milliseconds kBetween{10};
    std::unique_lock<std::mutex> lock(mutex_);
    do most_ = std::max(most_, testing::running_threads());
    while (!ended_.wait_for(lock, kBetween, [this] { return over_; }));
  }

  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  int most_ = 0;
  std::thread thread_;
};

// The processor time of this process and of the service beside it.
struct CpuTime {
  double ours_ms = 0;
  double service_ms = 0;

  static CpuTime now() {
    timespec ours{};
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ours);
    const auto service = MaskedService::instance().child().cpu_time();
    return {static_cast<double>(ours.tv_sec) * 1e3 + static_cast<double>(ours.tv_nsec) / 1e6,
            std::chrono::duration<double, std::milli>(service).count()};
  }
};

std::string name_of(int number) { return "server" + std::to_string(number); }

std::vector<std::uint64_t> open_many(Client& client, int count) {
  std::vector<std::uint64_t> sessions(static_cast<std::size_t>(count));
  std::atomic<int> next{0};
  const std::string url = MaskedService::instance().url(false, path_with(20));
  std::vector<std::thread> threads;
  threads.reserve(kOpeningThreads);
  for (int i = 0; i < kOpeningThreads; ++i) {
    threads.emplace_back([&] {
      for (int number = next++; number < count; number = next++) {
        const std::uint64_t session = client.session(name_of(number), url);
        (void)client.open_enumeration(session);
        (void)client.create_shell(session);
        sessions[static_cast<std::size_t>(number)] = session;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return sessions;
}

double one_by_one_ms(Client& client) {
  (void)open_many(client, kSequence);
  return ms_of([&] {
    for (int number = 0; number < kSequence; ++number) must(client.disconnect(name_of(number)));
  });
}

// What it took to close many sessions together.
struct Closed {
  double ms = 0;
  double kib = 0;  // That one session had held.
  int threads = 0;
  CpuTime cpu;
};

Closed close_many(Client& client) {
  Closed closed;
  const std::size_t before = testing::resident_kilobytes();
  const int threads_before = testing::running_threads();
  const std::vector<std::uint64_t> sessions = open_many(client, kSessions);
  // The core keeps those that opened the sessions for a moment.
  (void)testing::await_threads(threads_before);
  closed.kib = static_cast<double>(testing::resident_kilobytes() - before) / kSessions;
  const CpuTime cpu_before = CpuTime::now();
  MostThreads most;
  const Answer ended = client.close(sessions, Milliseconds(60000));
  closed.threads = most.stop() - threads_before - 1;
  const CpuTime cpu = CpuTime::now();
  closed.cpu = {cpu.ours_ms - cpu_before.ours_ms, cpu.service_ms - cpu_before.service_ms};
  must(ended);
  for (const json& report : ended.document.at("closed")) must_be_graceful(report);
  // Without the reading of so many reports.
  closed.ms = static_cast<double>(ended.elapsed.count());
  return closed;
}

void many() {
  Client client;
  const double sequence = one_by_one_ms(client) * kSessions / kSequence;
  std::vector<Closed> rounds;
  rounds.reserve(kRounds);
  for (int round = 0; round < kRounds; ++round) rounds.push_back(close_many(client));
  const auto median_over = [&](const auto& value) {
    std::vector<double> values;
    values.reserve(rounds.size());
    for (const Closed& one : rounds) values.push_back(value(one));
    return median(values);
  };
  const auto [least, longest] = std::minmax_element(
      rounds.begin(), rounds.end(), [](const auto& a, const auto& b) { return a.ms < b.ms; });
  const double ms = median_over([](const Closed& one) { return one.ms; });
  const auto threads = static_cast<int>(median_over([](const Closed& one) { return one.threads; }));
  print_row({.what = "close 1,000 sessions, context + shell, 20 ms away",
             .ours = text_of(ms, 0, " (") + text_of(least->ms, 0, " to ") +
                     text_of(longest->ms, 0, ") ms"),
             .peer = "in sequence",
             .its = text_of(sequence, 0, " ms"),
             .goal = text_of(kManyGoalMs, 0, " ms: ") + met(ms <= kManyGoalMs)});
  print_row(
      {.what = "CPU time of that, all of them",
       .ours = text_of(median_over([](const Closed& one) { return one.cpu.ours_ms; }), 0, " ms"),
       .peer = "the service",
       .its =
           text_of(median_over([](const Closed& one) { return one.cpu.service_ms; }), 0, " ms")});
  print_row({.what = "threads of that",
             .ours = std::to_string(threads),
             .goal = std::to_string(kMostThreads) + ": " + met(threads <= kMostThreads)});
  // The first, because what has ended leaves memory that the next ones use.
  print_row({.what = "memory a session with context + shell, http",
             .ours = text_of(rounds.front().kib, 1, " KiB")});
}

// A fleet of which some computers no longer answer: what takes 5 s each in a loop.
void fleet() {
  Client client;
  const MaskedService& service = MaskedService::instance();
  std::vector<std::uint64_t> sessions = open_many(client, kFleet - kSilent);
  for (int i = 0; i < kSilent; ++i) {
    sessions.push_back(client.session("silent" + std::to_string(i),
                                      service.url(false, "/teardown/any/stall/wsman")));
    (void)client.create_shell(sessions.back());
  }
  Answer ended;
  const double ms =
      ms_of([&] { ended = client.close(sessions, Milliseconds(static_cast<int>(kBudgetMs))); });
  must(ended);
  int graceful = 0;
  for (const json& report : ended.document.at("closed")) graceful += report.at("graceful") == true;
  if (graceful != kFleet - kSilent) give_up("graceful were " + std::to_string(graceful));
  print_row({.what = std::to_string(kFleet) + " sessions, " + std::to_string(kSilent) +
                     " on silent servers",
             .ours = text_of(ms, 0, " ms"),
             .goal = text_of(kBudgetMs, 0, " ms: ") + met(ms <= 1.02 * kBudgetMs)});
}

void few() {
  Client client;
  for (const bool tls : {false, true}) {
    (void)client.session("server", MaskedService::instance().url(tls));
    (void)disconnect_ms(client);
    idle(client, tls);
    busy(client, tls);
  }
}

int run(bool only_many) {
  rlimit limit{};
  (void)getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
  if (!only_many) {
    few();
    fleet();
  }
  many();
  return MaskedService::instance().stop() ? 0 : 1;
}

}  // namespace
}  // namespace wsman::bench

int main(int argc, char** argv) {
  const bool only_many = argc > 1 && std::strcmp(argv[1], "many") == 0;
  return wsman::bench::guarded([only_many] { return wsman::bench::run(only_many); });
}
