// A server of the tests as a child process: it says in one line where it listens, tells at its
// control port what it counted, and ends with its standard input.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_SERVER_PROCESS_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_SERVER_PROCESS_H_

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/child.h"
#include "support/masked.h"
#include "support/scratch_folder.h"

namespace wsman::testing {

// Safe from any thread, but for what ends or restarts it.
class ServerProcess {
 public:
  // Returns when it listens. `secret` stands for the option "@": see Child. Throws
  // std::runtime_error if it does not start.
  ServerProcess(std::string program, const std::vector<std::string>& options,
                const Masked* secret = nullptr);

  // The line that it said.
  const nlohmann::json& ready() const { return ready_; }
  std::uint16_t control_port() const { return control_; }
  std::string ca_file() const { return ready_.at("caFile"); }
  // Where its certificates are.
  const ScratchFolder& folder() const { return folder_; }

  // "/counts" of its control port, with the query.
  nlohmann::json counts(const std::string& query = "") const;
  // The same when the query holds, such as "contexts=0", or when a test's patience is over.
  nlohmann::json await_counts(const std::string& query) const;
  // Sends an order to its control port, such as "/shut".
  void order(const std::string& target) const;

  // What it is as a process.
  const Child& child() const { return *child_; }
  // Ends it by SIGKILL; restart() begins a new one in the same folder, which knows of nothing.
  void kill() { child_->kill(); }
  void restart(const std::vector<std::string>& options, const Masked* secret = nullptr);
  // Ends it in good order. False if it complained.
  bool stop() { return child_->stop(); }

 private:
  const std::string program_;
  const ScratchFolder folder_;  // Goes after the child.
  std::unique_ptr<Child> child_;
  nlohmann::json ready_;
  std::uint16_t control_ = 0;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_SERVER_PROCESS_H_
