#include "support/service.h"

#include <random>
#include <utility>

namespace wsman::testing {
namespace {

std::string made_up() {
  std::random_device device;
  return std::to_string(device()) + "-" + std::to_string(device());
}

std::vector<std::string> with_user(const std::string& user, const std::string& password,
                                   std::vector<std::string> options) {
  options.insert(options.end(), {"--user", user, "--password", password});
  return options;
}

}  // namespace

ServiceWithUser::ServiceWithUser(const std::string& user, const std::vector<std::string>& options,
                                 const std::string& program)
    : ServiceWithUser(user, made_up(), options, program) {}

ServiceWithUser::ServiceWithUser(const std::string& user, const std::string& password,
                                 std::vector<std::string> options, const std::string& program)
    : Service(with_user(user, password, std::move(options)), nullptr, program),
      password_(password) {}

}  // namespace wsman::testing
