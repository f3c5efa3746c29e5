#include "ways.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace wsman::torture {
namespace {

using nlohmann::json;

constexpr const char* kUser = "tester";
constexpr const char* kDomain = "WSMAN";
constexpr const char* kAddress = "127.0.0.2";
// Its certificate does not have this one.
constexpr const char* kForeignAddress = "127.0.0.3";
constexpr const char* kAsManyAsWanted = "100000";
// Far less than the bound of a trial.
constexpr int kBoundMs = 3000;

std::vector<std::string> options_for(const Way& way, const std::string& ntlm_users) {
  // Read by gss-ntlmssp in the service.
  if (way.in_realm) (void)setenv("NTLM_USER_FILE", ntlm_users.c_str(), 1);
  return {"--address",    kAddress,        "--outside-certificate", kForeignAddress,
          "--max-shells", kAsManyAsWanted, "--max-operations",      kAsManyAsWanted,
          "--rows",       "200",           "--allow-unencrypted",   way.in_realm ? "no" : "yes",
          "--offer",      way.offer};
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
}

Place Setting::place(const Scenario& scenario) const {
  const json settings{{"TrustedCAPath", service_.ca_file()},
                      {"TrustedHosts", "127.0.0.*"},
                      {"AllowUnencrypted", !way_.in_realm},
                      {"Auth", {{"CredSSP", true}}},
                      {"AllowFreshCredentials", "wsman/*"},
                      {"ConnectTimeoutms", kBoundMs},
                      {"TestTimeoutms", kBoundMs},
                      {"TeardownTimeoutms", kBoundMs},
                      {"ExitTimeoutms", kBoundMs}};
  const char* const address = scenario.refuses ? kForeignAddress : kAddress;
  return {(way_.tls ? "https://" : "http://") + std::string(address) + ":" +
              std::to_string(service_.port(way_.tls)) + "/wsman",
          way_.authentication,
          way_.in_realm ? std::string(kDomain) + "\\" + kUser : kUser,
          service_.password(),
          folder_.file("client.json"),
          settings.dump(),
          service_.ca_file()};
}

}  // namespace wsman::torture
