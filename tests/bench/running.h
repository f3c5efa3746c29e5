// Programs that are run to be measured, and the service they are run against.
#ifndef WSMAN_BENCH_RUNNING_H
#define WSMAN_BENCH_RUNNING_H

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "support/service.h"

namespace wsman::bench {

inline constexpr const char* kUser = "bench";

// Ends the measuring: throws what guarded() catches, so that nothing stays behind.
[[noreturn]] void give_up(const std::string& why);

// Runs a program's work; says on standard error why it was given up. What main() returns.
int guarded(const std::function<int()>& work);

// One word of a command line of the shell.
std::string quoted(const std::string& word);

// Runs a command line to its end and returns what it printed. Gives up if it failed.
std::string output_of(const std::string& command);

// The loopback service to measure against, with the user kUser.
class BenchService : public testing::ServiceWithUser {
 public:
  explicit BenchService(const std::string& program, std::vector<std::string> options = {})
      : ServiceWithUser(kUser, with_address(std::move(options)), program) {}

  // For "http" and "https".
  std::string url(const std::string& scheme) const {
    return scheme + "://" + kAddress + ":" + std::to_string(port(scheme == "https")) + "/wsman";
  }

 private:
  static constexpr const char* kAddress = "127.0.0.2";

  static std::vector<std::string> with_address(std::vector<std::string> options) {
    options.insert(options.end(), {"--address", kAddress});
    return options;
  }
};

}  // namespace wsman::bench

#endif  // WSMAN_BENCH_RUNNING_H
