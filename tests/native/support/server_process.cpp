#include "support/server_process.h"

#include <utility>

#include "support/bounds.h"
#include "support/control_port.h"

namespace wsman::testing {

using nlohmann::json;

ServerProcess::ServerProcess(std::string program, const std::vector<std::string>& options,
                             const Masked* secret)
    : program_(std::move(program)) {
  restart(options, secret);
}

json ServerProcess::counts(const std::string& query) const {
  return json::parse(ask_control_port(control_, "GET", "/counts?" + query));
}

json ServerProcess::await_counts(const std::string& query) const {
  return counts(query + "&wait=" + std::to_string(kPatience.count()));
}

void ServerProcess::order(const std::string& target) const {
  (void)ask_control_port(control_, "POST", target);
}

void ServerProcess::restart(const std::vector<std::string>& options, const Masked* secret) {
  std::vector<std::string> command{program_, "--ca-directory", folder_.path(), "--seconds", "3600"};
  command.insert(command.end(), options.begin(), options.end());
  child_ = std::make_unique<Child>(command, secret);
  ready_ = json::parse(child_->line());
  control_ = ready_.at("control").get<std::uint16_t>();
}

}  // namespace wsman::testing
