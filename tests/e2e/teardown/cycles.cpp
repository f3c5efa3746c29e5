// usage: wsman_teardown_cycles CYCLES
//
// Connects, enumerates a little, leaves a context open, disconnects, over and over: at the end
// this process has as many descriptors and threads as after a tenth, and as much memory.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>

#include "support/process.h"
#include "teardown/abi_client.h"
#include "teardown/masked_service.h"

namespace wsman::testing {
namespace {

constexpr std::size_t kMostGrowthKilobytes = 1024;

// Taken when the background has let go of its threads (base/background), or has not in time.
struct Sample {
  explicit Sample(int idle) : threads(await_threads(idle)) {}

  int threads;
  int descriptors = open_descriptors();
  std::size_t kilobytes = held_kilobytes();
};

void print(int cycle, const Sample& sample) {
  std::printf("cycle %d: %d descriptors, %d threads, %zu KiB resident\n", cycle, sample.descriptors,
              sample.threads, sample.kilobytes);
}

void give_up(int cycle, const std::string& why) {
  throw std::runtime_error("cycle " + std::to_string(cycle) + ": " + why);
}

void run_cycle(Client& client, int cycle) {
  const std::uint64_t session =
      client.session("server", MaskedService::instance().url(cycle % 2 == 0));
  const std::uint64_t enumeration = client.open_enumeration(session);
  const Answer page = client.next_page(enumeration);
  if (!page.ok()) give_up(cycle, page.error());
  const Answer ended = client.disconnect("server");
  (void)client.close_enumeration(enumeration);
  if (!ended.ok()) give_up(cycle, ended.error());
  const auto& document = ended.document;
  if (document.at("graceful") != true || document.at("enumerations").at("released") != 1) {
    give_up(cycle, document.dump());
  }
}

// What is wrong; "" if nothing is.
std::string compare(const Sample& early, const Sample& late) {
  if (late.descriptors != early.descriptors) return "the number of descriptors changed";
  if (late.threads != early.threads) return "the number of threads changed";
  if (memory_is_telling() && late.kilobytes > early.kilobytes + kMostGrowthKilobytes) {
    return "memory grew";
  }
  return {};
}

int run(int cycles) {
  Client client;
  const int idle = running_threads();
  std::optional<Sample> early;
  for (int cycle = 1; cycle <= cycles; ++cycle) {
    run_cycle(client, cycle);
    if (cycle == cycles / 10) print(cycle, early.emplace(idle));
  }
  const Sample late(idle);
  print(cycles, late);
  const std::string found = compare(*early, late);
  const Open left = MaskedService::instance().await("connections=0");
  if (!found.empty()) std::printf("%s\n", found.c_str());
  if (left != Open{}) std::printf("left at the service: %s\n", to_string(left).c_str());
  const bool in_order = MaskedService::instance().stop();
  await_kept_threads();
  return found.empty() && left == Open{} && in_order ? 0 : 1;
}

}  // namespace
}  // namespace wsman::testing

int main(int count, char** words) {
  const int cycles = count == 2 ? std::atoi(words[1]) : 0;
  if (cycles < 10) {
    (void)std::fprintf(stderr, "usage: wsman_teardown_cycles CYCLES (at least 10)\n");
    return 2;
  }
  try {
    return wsman::testing::run(cycles);
  } catch (const std::exception& error) {
    (void)std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
