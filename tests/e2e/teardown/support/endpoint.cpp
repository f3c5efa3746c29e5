#include "support/endpoint.h"

#include <strings.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/fetch.h"

namespace wsman::testing {
namespace {

using nlohmann::json;

constexpr const char* kDomain = "WSMAN";

std::string program() {
  const char* given = std::getenv("WSMAN_TEST_ENDPOINT");
  return given != nullptr ? given : WSMAN_SERVICE_PROGRAM;
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

Endpoint& Endpoint::instance() {
  static Endpoint endpoint;
  return endpoint;
}

Endpoint::Endpoint() {
  std::string name = (std::filesystem::temp_directory_path() / "wsman-teardown-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
  start();
}

Endpoint::~Endpoint() {
  (void)stop();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string Endpoint::url(bool tls, const std::string& path) const {
  return (tls && !sealed() ? "https://127.0.0.2:" : "http://127.0.0.2:") +
         std::to_string(port(tls)) + path;
}

Open Endpoint::await(const std::string& condition) const {
  return ask("/counts?" + condition + "&wait=20000");
}

void Endpoint::freeze() const { child_->signal(SIGSTOP); }
void Endpoint::thaw() const { child_->signal(SIGCONT); }
void Endpoint::kill() { child_->kill(); }

void Endpoint::restart(bool revoked) {
  revoked_ = revoked;
  start();
}

bool Endpoint::stop() { return child_->stop(); }

// The one user whom gss-ntlmssp knows in the service, which reads the file by its environment.
void Endpoint::write_ntlm_user() const {
  const std::string name = (folder_ / "ntlm-users").string();
  std::array<char, Masked::kSize + 1> password{};
  (revoked_ ? other_password_ : password_).copy_to(password.data());
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

void Endpoint::start() {
  std::vector<std::string> command{program(),
                                   "--address",
                                   "127.0.0.2",
                                   "--user",
                                   kUser,
                                   "--password",
                                   "@",
                                   "--ca-directory",
                                   folder_.string(),
                                   "--max-shells",
                                   "100000",
                                   "--max-operations",
                                   "100000",
                                   "--seconds",
                                   "3600",
                                   "--http-port",
                                   std::to_string(http_),
                                   "--https-port",
                                   std::to_string(https_)};
  if (sealed()) {
    write_ntlm_user();
    command.insert(command.end(), {"--offer", "negotiate"});
  } else if (by_digest()) {
    command.insert(command.end(), {"--offer", "digest"});
  }
  child_ = std::make_unique<Child>(command, revoked_ ? &other_password_ : &password_);
  const json ready = json::parse(child_->line());
  http_ = ready.at("http").get<std::uint16_t>();
  https_ = ready.at("https").get<std::uint16_t>();
  control_ = ready.at("control").get<std::uint16_t>();
  ca_file_ = ready.at("caFile").get<std::string>();
}

Open Endpoint::ask(const std::string& target) const {
  const json counts = json::parse(fetch(control_, target));
  return {counts.at("contexts"), counts.at("shells"), counts.at("commands"),
          counts.at("connections")};
}

}  // namespace wsman::testing
