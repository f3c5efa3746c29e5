#include "teardown/masked_service.h"

#include <strings.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace wsman::testing {
namespace {

using nlohmann::json;

constexpr const char* kAddress = "127.0.0.2";
constexpr const char* kDomain = "WSMAN";
constexpr const char* kAsManyAsWanted = "100000";

Open open_in(const json& counts) {
  return {counts.at("contexts"), counts.at("shells"), counts.at("commands"),
          counts.at("connections")};
}

}  // namespace

std::string to_string(const Open& open) {
  return std::to_string(open.contexts) + " contexts, " + std::to_string(open.shells) + " shells, " +
         std::to_string(open.commands) + " commands, " + std::to_string(open.connections) +
         " connections";
}

std::ostream& operator<<(std::ostream& out, const Open& open) { return out << to_string(open); }

bool sealed() { return std::getenv("WSMAN_TEST_SEALED") != nullptr; }

bool by_digest() { return std::getenv("WSMAN_TEST_DIGEST") != nullptr; }

std::vector<std::string> Account::options() const {
  std::vector<std::string> options{
      "--address",    kAddress,        "--user",           kUser,          "--password", "@",
      "--max-shells", kAsManyAsWanted, "--max-operations", kAsManyAsWanted};
  if (sealed()) {
    write_ntlm_user();
    options.insert(options.end(), {"--offer", "negotiate"});
  } else if (by_digest()) {
    options.insert(options.end(), {"--offer", "digest"});
  }
  return options;
}

// The one user whom gss-ntlmssp knows in the service, which reads the file by its environment.
void Account::write_ntlm_user() const {
  const std::string name = folder_.file("ntlm-users");
  std::array<char, Masked::kSize + 1> password{};
  secret()->copy_to(password.data());
  FILE* file = std::fopen(name.c_str(), "w");
  if (file == nullptr) throw std::runtime_error("no file for the user");
  (void)std::setvbuf(file, nullptr, _IONBF, 0);
  (void)std::fprintf(file, "%s:%s:", kDomain, kUser);
  (void)std::fwrite(password.data(), 1, Masked::kSize, file);
  (void)std::fputs("\n", file);
  (void)std::fclose(file);
  explicit_bzero(password.data(), password.size());
  (void)setenv("NTLM_USER_FILE", name.c_str(), 1);
}

MaskedService& MaskedService::instance() {
  static MaskedService service;
  return service;
}

std::string MaskedService::url(bool tls, const std::string& path) const {
  return (tls && !sealed() ? "https://" : "http://") + std::string(kAddress) + ":" +
         std::to_string(port(tls)) + path;
}

Open MaskedService::open() const { return open_in(counts()); }

Open MaskedService::await(const std::string& condition) const {
  return open_in(await_counts(condition));
}

void MaskedService::freeze() const { child().signal(SIGSTOP); }
void MaskedService::thaw() const { child().signal(SIGCONT); }

void MaskedService::restart(bool revoked) {
  if (revoked) revoke();
  std::vector<std::string> all = options();
  all.insert(all.end(), {"--http-port", std::to_string(Service::port(false)), "--https-port",
                         std::to_string(Service::port(true))});
  ServerProcess::restart(all, secret());
}

}  // namespace wsman::testing
