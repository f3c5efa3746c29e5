#include "hostile/hostile_server.h"

#include <atomic>

namespace wsman::testing {
namespace {

Seen seen_in(const nlohmann::json& counts) {
  return {counts.at("accepted"), counts.at("connections"), counts.at("requests"),
          counts.at("written")};
}

}  // namespace

HostileServer& HostileServer::instance() {
  static HostileServer server;
  return server;
}

HostileServer::HostileServer() : ServerProcess(WSMAN_HOSTILE_PROGRAM, {}) {}

Seen HostileServer::seen(const std::string& label) const {
  return seen_in(counts("label=" + label));
}

Seen HostileServer::await(const std::string& label, const std::string& condition) const {
  return seen_in(await_counts("label=" + label + "&" + condition));
}

std::string HostileServer::new_label() {
  static std::atomic<int> last{0};
  return "label-" + std::to_string(++last);
}

}  // namespace wsman::testing
