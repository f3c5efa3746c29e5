#include "capi/fixture.h"

#include <doctest/doctest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace wsman::testing {
namespace {

using nlohmann::json;

constexpr const char* kUser = "tester";

std::vector<std::string> at_all_addresses() {
  std::vector<std::string> options;
  for (const char* address : kAddresses) options.insert(options.end(), {"--address", address});
  return options;
}

std::string settings() {
  return json{{"TrustedCAPath", shared_service().ca_file()},
              {"TestTimeoutms", kPatience.count()},
              {"TeardownTimeoutms", kPatience.count()},
              {"ExitTimeoutms", kPatience.count()}}
      .dump();
}

}  // namespace

ServiceWithUser& shared_service() {
  static ServiceWithUser service(kUser, at_all_addresses());
  return service;
}

std::uint64_t next_operation() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

std::uint64_t session_in(const Answer& answer) {
  return answer.status == WSMAN_OK ? json::parse(answer.document).value("sessionId", 0UL) : 0;
}

AbiRegistry::AbiRegistry() : settings_path_(folder_.write("client.json", settings())) {
  const Answer made = called(
      [&](char** out) { return wsman_registry_new(out, &registry_, settings_path_.c_str()); });
  if (made.status != WSMAN_OK || made.document != "{}") throw std::runtime_error(made.document);
}

void AbiRegistry::free() {
  wsman_registry_free(registry_);
  registry_ = nullptr;
}

Answer AbiRegistry::connect(const json& request) const {
  return connect(request, shared_service().password());
}

Answer AbiRegistry::connect(const json& request, const std::string& password) const {
  const std::string text = request.dump();
  const wsman_credentials credentials{password.data(), password.size(), nullptr, 0, nullptr, 0};
  return called([&](char** out) {
    return wsman_connect(out, registry_, next_operation(), text.c_str(),
                         password.empty() ? nullptr : &credentials);
  });
}

Answer AbiRegistry::list() const {
  return called([&](char** out) { return wsman_list(out, registry_); });
}

Answer AbiRegistry::state(std::uint64_t session) const {
  return called([&](char** out) { return wsman_state(out, registry_, session); });
}

Answer AbiRegistry::disconnect(const std::string& name, std::uint32_t timeout_ms) const {
  return called([&](char** out) {
    return wsman_disconnect(out, registry_, next_operation(), name.c_str(), timeout_ms);
  });
}

Answer AbiRegistry::close(const std::vector<std::uint64_t>& sessions,
                          std::uint32_t timeout_ms) const {
  return called([&](char** out) {
    return wsman_close(out, registry_, next_operation(), sessions.data(), sessions.size(),
                       timeout_ms);
  });
}

Answer AbiRegistry::close_all(std::uint32_t timeout_ms) const {
  return called(
      [&](char** out) { return wsman_close_all(out, registry_, next_operation(), timeout_ms); });
}

std::uint64_t AbiRegistry::open_session(const std::string& address) const {
  const Answer connected = connect(basic_request(address));
  CHECK_MESSAGE(connected.status == WSMAN_OK, connected.document);
  CHECK(connected.has("\"sessionId\":"));
  return session_in(connected);
}

json basic_request(const std::string& address) {
  return {{"computerName", address},
          {"port", shared_service().port(true)},
          {"useSsl", true},
          {"authentication", "Basic"},
          {"userName", kUser}};
}

json named_request(const std::string& name, const std::string& address) {
  const std::string port = std::to_string(shared_service().port(true));
  return {{"computerName", name},
          {"connectionUri", "https://" + address + ":" + port + "/wsman"},
          {"authentication", "Basic"},
          {"userName", kUser}};
}

json open_request(const std::string& application, const std::string& address) {
  return {{"computerName", address},
          {"port", shared_service().port(false)},
          {"applicationName", application},
          {"authentication", "None"}};
}

AbiFixture::~AbiFixture() {
  registry.free();
  CHECK(service.await_connections(0) == 0);
}

}  // namespace wsman::testing
