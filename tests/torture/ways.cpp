#include "ways.h"

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

#include "fakes/client_keys.h"

namespace wsman::torture {
namespace {

using nlohmann::json;

constexpr const char* kUser = "tester";
constexpr const char* kDomain = "WSMAN";
constexpr const char* kAsManyAsWanted = "100000";
// Enumerations have a first page, one that is larger, and more: each item takes the same way.
constexpr const char* kRows = "50";
constexpr int kMostItems = 25;
// Far less than the bound of a trial.
constexpr int kBoundMs = 3000;

std::vector<std::string> options_for(const Way& way, const std::string& ntlm_users) {
  // Read by gss-ntlmssp in the service.
  if (way.in_realm) (void)setenv("NTLM_USER_FILE", ntlm_users.c_str(), 1);
  return {"--address",
          kAddress,
          "--max-operations",
          kAsManyAsWanted,
          "--max-shells",
          kAsManyAsWanted,
          "--allow-unencrypted",
          way.in_realm ? "no" : "yes",
          "--rows",
          kRows,
          "--offer",
          way.offer};
}

bool is_hostile(const Scenario& scenario) {
  return scenario.refusal && !scenario.refusal->port.empty();
}

}  // namespace

bool is_possible(const Way& way) {
  return !way.in_realm || std::getenv("WSMAN_TEST_REALM") != nullptr;
}

Setting::Setting(const Way& way)
    : way_(way), service_(kUser, options_for(way, folder_.file("ntlm-users"))) {
  // After the service has its password, and before anybody asks it.
  folder_.write("ntlm-users",
                std::string(kDomain) + ":" + kUser + ":" + service_.password() + "\n");
  // The service asks for a password instead, once the client has read the file.
  const testing::ClientKeys keys;
  folder_.write("client.pem", keys.certificate_pem() + keys.key_pem());
}

const testing::ServerProcess& Setting::hostile() {
  if (!hostile_) {
    std::vector<std::string> options;
    if (way_.tls_version != nullptr) options = {"--tls-version", way_.tls_version};
    hostile_.emplace(WSMAN_HOSTILE_PROGRAM, options);
  }
  return *hostile_;
}

const testing::ServerProcess& Setting::server(const Scenario& scenario) {
  return is_hostile(scenario) ? hostile() : service_;
}

std::string Setting::authorities_of_hostile(bool in_folder) {
  const json& ready = hostile().ready();
  if (!in_folder) return ready.at("listFile");
  const std::filesystem::path both = folder_.file("authorities");
  std::filesystem::create_directory(both);
  for (const char* file : {"caFile", "listFile"}) {
    const std::filesystem::path from = ready.at(file).get<std::string>();
    std::filesystem::copy_file(from, both / from.filename(),
                               std::filesystem::copy_options::overwrite_existing);
  }
  return both.string();
}

bool Setting::has_credential() const {
  return std::string_view("ClientCertificate") != way_.authentication;
}

std::string Setting::user() const {
  if (!has_credential()) return "";
  return way_.in_realm ? std::string(kDomain) + "\\" + kUser : kUser;
}

Place Setting::place(const Scenario& scenario) {
  const Refusal at = scenario.refusal.value_or(Refusal{.host = kAddress});
  std::uint16_t port = service_.port(way_.tls);
  std::string authorities = service_.ca_file();
  if (is_hostile(scenario)) {
    port = hostile().ready().at("ports").at(at.port);
    authorities = authorities_of_hostile(at.in_folder);
  }
  const json settings{{"TrustedCAPath", authorities},
                      {"ClientCertificateFile", folder_.file("client.pem")},
                      {"TrustedHosts", at.is_trusted ? "127.0.0.*" : "another.example"},
                      {"AllowUnencrypted", !way_.in_realm},
                      {"Auth", {{"CredSSP", true}}},
                      {"AllowFreshCredentials", "wsman/*"},
                      {"MaxBatchItems", kMostItems},
                      {"ConnectTimeoutms", kBoundMs},
                      {"TestTimeoutms", kBoundMs},
                      {"TeardownTimeoutms", kBoundMs},
                      {"ExitTimeoutms", kBoundMs}};
  return {(way_.tls ? "https://" : "http://") + at.host + ":" + std::to_string(port) + at.path,
          way_.authentication,
          user(),
          has_credential() ? service_.password() : "",
          folder_.file("client.json"),
          settings.dump(),
          authorities};
}

}  // namespace wsman::torture
