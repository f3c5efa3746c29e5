#include "ways.h"

#include <dlfcn.h>

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

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

// Has the libraries that a child will load, so that the judge knows them by their addresses. A
// plug-in that cannot be loaded for lack of memory is not tried again, either.
void load_gssapi() {
  struct Oid {
    std::uint32_t length;
    const char* elements;
  };
  using InquireNames = std::uint32_t (*)(std::uint32_t*, const Oid*, void**);
  void* const library = dlopen("libgssapi_krb5.so.2", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw std::runtime_error(dlerror());
  const auto inquire_names =
      reinterpret_cast<InquireNames>(dlsym(library, "gss_inquire_names_for_mech"));
  // NTLM, 1.3.6.1.4.1.311.2.2.10 [MS-NLMP 1.9].
  constexpr Oid ntlm{10, "\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"};
  std::uint32_t minor = 0;
  void* names = nullptr;
  (void)inquire_names(&minor, &ntlm, &names);
}

}  // namespace

bool is_possible(const Way& way) {
  return !way.in_realm || std::getenv("WSMAN_TEST_REALM") != nullptr;
}

Setting::Setting(const Way& way)
    : way_(way), service_(kUser, options_for(way, folder_.file("ntlm-users"))) {
  if (way_.in_realm) load_gssapi();
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
