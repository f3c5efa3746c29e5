// The loopback service of a test, and what it says that clients hold open.
#ifndef WSMAN_TEARDOWN_TEST_ENDPOINT_H
#define WSMAN_TEARDOWN_TEST_ENDPOINT_H

#include <cstdint>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

#include "support/child.h"
#include "support/masked.h"

namespace wsman::testing {

inline constexpr const char* kUser = "tester";

// Whether the suites run over http with NTLM, in a realm (tests/service/realm): every message is sealed then.
// Set by WSMAN_TEST_SEALED in the environment.
bool sealed();

// Whether they run with Digest. Set by WSMAN_TEST_DIGEST.
bool by_digest();

// What is open at the service now.
struct Open {
  std::uint64_t contexts = 0;
  std::uint64_t shells = 0;
  std::uint64_t commands = 0;
  std::uint64_t connections = 0;

  bool operator==(const Open&) const = default;
};

std::string to_string(const Open& open);
std::ostream& operator<<(std::ostream& out, const Open& open);

// A child process. Safe from any thread but for what ends or restarts it.
class Endpoint {
 public:
  // The one of this program, made on first use.
  static Endpoint& instance();

  Endpoint();
  ~Endpoint();
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  const Masked& password() const { return password_; }
  std::string ca_file() const { return ca_file_; }
  std::uint16_t port(bool tls) const { return tls && !sealed() ? https_ : http_; }
  std::string url(bool tls, const std::string& path = "/wsman") const;

  Open open() const { return ask("/counts"); }
  // What is open when the condition holds, such as "contexts=0", or after some seconds.
  Open await(const std::string& condition) const;

  // It no longer does anything, and goes on.
  void freeze() const;
  void thaw() const;

  // It dies. restart() begins a new one, which knows of nothing, at the same ports; with another
  // password if the old one is `revoked`.
  void kill();
  void restart(bool revoked = false);
  // False if it complained.
  bool stop();

 private:
  void start();
  void write_ntlm_user() const;
  Open ask(const std::string& target) const;

  const Masked password_;
  const Masked other_password_;
  bool revoked_ = false;
  std::filesystem::path folder_;
  std::unique_ptr<Child> child_;
  std::uint16_t http_ = 0;
  std::uint16_t https_ = 0;
  std::uint16_t control_ = 0;
  std::string ca_file_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TEARDOWN_TEST_ENDPOINT_H
