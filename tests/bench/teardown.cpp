// How long sessions take to end, and what they cost while they are open.
//
// usage: wsman-bench-teardown
//
// The service answers later by timers, and that delay stands for the round trip. The same things in
// sequence, over one connection, are what the times are held against.
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <functional>
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
constexpr int kClosingThreads = 64;
constexpr int kSequence = 100;  // Of the sessions, as a sample.
constexpr double kBudgetMs = 5000;
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

void idle(Client& client, bool tls) {
  const double ms = median_of([&] {
    (void)client.session("server", MaskedService::instance().url(tls));
    return disconnect_ms(client);
  });
  std::printf("disconnect, idle, %-5s %39.2f ms\n", tls ? "https" : "http", ms);
}

// Opening the connections is what it takes without any delay; nearly all of that over https.
void busy(Client& client, bool tls) {
  double opening = 0;
  for (const int delay : {0, 20, 200}) {
    const double ms = busy_ms(client, tls, delay, 10, 3);
    const double sequence = sequence_ms(client, tls, delay, 10, 3);
    std::printf("disconnect, 10 contexts + 3 shells, %-5s at %3d ms %9.1f ms  in sequence %.1f ms",
                tls ? "https" : "http", delay, ms, sequence);
    if (delay == 0) {
      opening = ms;
      std::printf("  (this is opening the connections)\n");
      continue;
    }
    std::printf("  %.1f delays  goal 5: %s", (ms - opening) / delay,
                met(ms - opening <= 5.0 * delay));
    std::printf("  budget: %s\n", met(ms < kBudgetMs));
  }
}

// Looks now and then how many threads there are.
class MostThreads {
 public:
  MostThreads()
      : thread_([this] {
          while (!over_) {
            most_ = std::max(most_.load(), testing::running_threads());
            std::this_thread::yield();
          }
        }) {}
  int stop() {
    over_ = true;
    thread_.join();
    return most_;
  }

 private:
  std::atomic<bool> over_{false};
  std::atomic<int> most_{0};
  std::thread thread_;
};

std::string name_of(int number) { return "server" + std::to_string(number); }

std::vector<std::uint64_t> open_many(Client& client, int count) {
  std::vector<std::uint64_t> sessions(static_cast<std::size_t>(count));
  std::atomic<int> next{0};
  const std::string url = MaskedService::instance().url(false, path_with(20));
  std::vector<std::thread> threads;
  threads.reserve(kClosingThreads);
  for (int i = 0; i < kClosingThreads; ++i) {
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

void many() {
  Client client;
  const double one = median_of([&] {
    (void)open_many(client, 1);
    return ms_of([&] { must(client.disconnect(name_of(0))); });
  });
  const double sequence = one_by_one_ms(client) * kSessions / kSequence;
  const std::size_t before = testing::resident_kilobytes();
  const std::vector<std::uint64_t> sessions = open_many(client, kSessions);
  const double kib = static_cast<double>(testing::resident_kilobytes() - before) / kSessions;
  const int threads_before = testing::running_threads();
  MostThreads most;
  Answer ended;
  const double ms = ms_of([&] { ended = client.close(sessions, Milliseconds(60000)); });
  const int threads = most.stop() - threads_before - 1;
  must(ended);
  for (const json& report : ended.document.at("closed")) must_be_graceful(report);
  const double bound = 1.5 * std::ceil(double{kSessions} / kClosingThreads) * one;
  std::printf("close %d sessions, context + shell, at 20 ms %13.0f ms  in sequence %.0f ms",
              kSessions, ms, sequence);
  std::printf("  one %.1f ms  goal 2000: %s  goal %.0f: %s  threads %d  goal %d: %s\n", one,
              met(ms < 2000), bound, met(ms <= bound), threads, kClosingThreads,
              met(threads <= kClosingThreads));
  std::printf("memory a session with context + shell, http %16.1f KiB\n", kib);
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
  std::printf("close %d sessions, %d on silent servers %15.0f ms  goal %.0f: %s\n", kFleet, kSilent,
              ms, kBudgetMs, met(ms <= 1.02 * kBudgetMs));
}

int run() {
  rlimit limit{};
  (void)getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
  {
    Client client;
    for (const bool tls : {false, true}) {
      (void)client.session("server", MaskedService::instance().url(tls));
      (void)disconnect_ms(client);
      idle(client, tls);
      busy(client, tls);
    }
  }
  fleet();
  many();
  return MaskedService::instance().stop() ? 0 : 1;
}

}  // namespace
}  // namespace wsman::bench

int main() { return wsman::bench::guarded(wsman::bench::run); }
