// The loopback service (wsman-service) of a test.
#ifndef WSMAN_TESTS_NATIVE_SUPPORT_SERVICE_H_
#define WSMAN_TESTS_NATIVE_SUPPORT_SERVICE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "support/server_process.h"

namespace wsman::testing {

class Service : public ServerProcess {
 public:
  // `options` as tests/service/README.md has them. The program is that of this build.
  explicit Service(const std::vector<std::string>& options, const Masked* secret = nullptr,
                   const std::string& program = WSMAN_SERVICE_PROGRAM)
      : ServerProcess(program, options, secret) {}

  std::uint16_t port(bool tls) const { return ready().at(tls ? "https" : "http"); }

  // How many connections are open when there are as many, or when a test's patience is over.
  int await_connections(int count) const {
    return await_counts("connections=" + std::to_string(count)).at("connections");
  }
  // A number of its counts, such as "refused".
  int count(const std::string& what) const { return counts().at(what); }
  // "security" of its counts.
  nlohmann::json security() const { return counts().at("security"); }

  // Requests below "/gate" are not answered from now on, and are answered.
  void shut_gate() const { order("/shut"); }
  void open_gate() const { order("/open"); }
};

// A service with one user, whose password is made up for this run.
class ServiceWithUser : public Service {
 public:
  ServiceWithUser(const std::string& user, const std::vector<std::string>& options,
                  const std::string& program = WSMAN_SERVICE_PROGRAM);

  const std::string& password() const { return password_; }

 private:
  ServiceWithUser(const std::string& user, const std::string& password,
                  std::vector<std::string> options, const std::string& program);

  const std::string password_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_SUPPORT_SERVICE_H_
