// Threads that connect, use, list and disconnect the same names, for the thread sanitizer: what
// counts is that everything ends, that nothing is left, and that no access races.

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "support/process.h"
#include "teardown/abi_client.h"
#include "teardown/masked_service.h"

namespace wsman::testing {
namespace {

constexpr int kThreads = 8;
constexpr unsigned kNames = 20;

// How long they run: three seconds unless WSMAN_TEST_SECONDS says otherwise.
std::chrono::seconds seconds_to_run() {
  const char* text = std::getenv("WSMAN_TEST_SECONDS");
  const int given = text != nullptr ? std::atoi(text) : 0;
  return std::chrono::seconds(given > 0 ? given : 3);
}

// What a call may come to while others close the session under it.
bool is_expected(const Answer& answer) {
  constexpr std::array kExpected{WSMAN_OK, WSMAN_E_CLOSED, WSMAN_E_NOT_CONNECTED};
  if (std::find(kExpected.begin(), kExpected.end(), answer.status) != kExpected.end()) return true;
  // A shell or a context that another thread's teardown has just given back.
  return answer.status == WSMAN_E_FAULT || answer.status == WSMAN_E_INVALID_ARGUMENT;
}

class ConcurrentClients {
 public:
  explicit ConcurrentClients(std::chrono::seconds time) : end_(Clock::now() + time) {}

  void run() {
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < kThreads; ++i) {
      threads.emplace_back([this, i] { work(i); });
    }
    for (std::thread& thread : threads) thread.join();
  }

  // What went wrong, a line each.
  std::string found() const {
    std::string all;
    for (const std::string& one : found_) all += one.empty() ? "" : one + "\n";
    return all;
  }

  int connected() const { return connected_; }
  Client& client() { return client_; }

 private:
  void work(unsigned number) {
    std::minstd_rand random(number + 1);
    while (Clock::now() < end_ && found_[number].empty()) {
      const std::string name = "server" + std::to_string(random() % kNames);
      found_[number] = step(name, random() % 8, random() % 2 == 0);
    }
  }

  // Everything that can go wrong is in the answer, but for what the helpers of the client throw
  // when a session ends under them.
  std::string step(const std::string& name, unsigned what, bool tls) {
    if (what < 3) return use(name, tls);
    if (what < 6) return complaint(client_.disconnect(name));
    if (what == 6) return complaint(client_.list());
    return complaint(client_.connect(name, MaskedService::instance().url(tls)));
  }

  std::string use(const std::string& name, bool tls) {
    const Answer opened = client_.connect(name, MaskedService::instance().url(tls));
    if (!opened.ok()) return complaint(opened);
    ++connected_;
    const auto session = opened.document.at("sessionId").get<std::uint64_t>();
    std::string wrong = complaint(client_.state(session));
    const nlohmann::json place{{"sessionId", session}};
    nlohmann::json shell = place;
    shell.update({{"operation", "Create"}, {"resourceUri", "shell/cmd"}});
    if (wrong.empty()) wrong = complaint(client_.request(shell));
    nlohmann::json rows = place;
    rows["resourceUri"] = "wmicimv2/Loopback_Row";
    const Answer page = client_.enumerate(rows);
    if (wrong.empty()) wrong = complaint(page);
    if (!page.ok() || page.document.at("end") == true) return wrong;
    const auto enumeration = page.document.at("enumerationId").get<std::uint64_t>();
    if (wrong.empty()) wrong = complaint(client_.next_page(enumeration));
    if (wrong.empty()) wrong = complaint(client_.close_enumeration(enumeration));
    return wrong;
  }

  static std::string complaint(const Answer& answer) {
    return is_expected(answer) ? std::string() : answer.document.dump();
  }

  const Clock::time_point end_;
  Client client_;
  std::atomic<int> connected_{0};
  std::array<std::string, kThreads> found_;
};

}  // namespace

TEST_SUITE("Concurrent threads") {
  TEST_CASE("Threads that connect and disconnect the same names leave nothing") {
    const Leftovers leftovers;
    {
      ConcurrentClients clients(seconds_to_run());
      clients.run();
      CHECK(clients.found() == "");
      CHECK(clients.connected() > 0);
      CHECK(clients.client().close_all().ok());
      CHECK(clients.client().list().document.at("sessions").empty());
      CHECK(MaskedService::instance().await("connections=0") == Open{});
      MESSAGE(clients.connected(), " sessions");
    }
    CHECK(leftovers.found() == "");
  }
}

}  // namespace wsman::testing
