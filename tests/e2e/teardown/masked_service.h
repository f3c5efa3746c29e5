// The loopback service of a test, whose password no memory of the test holds, and what it says that
// clients hold open.
#ifndef WSMAN_TESTS_E2E_TEARDOWN_MASKED_SERVICE_H_
#define WSMAN_TESTS_E2E_TEARDOWN_MASKED_SERVICE_H_

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "support/masked.h"
#include "support/service.h"

namespace wsman::testing {

inline constexpr const char* kUser = "tester";

// Whether the suites run over http with NTLM, in a realm (tests/service/realm): every message is
// sealed then. Set by WSMAN_TEST_SEALED in the environment.
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

// Whom the service knows.
class Account {
 public:
  const Masked& password() const { return password_; }

 protected:
  Account() = default;

  // What tells a service of the user, who has another password once the old one is revoked.
  const Masked* secret() const { return revoked_ ? &other_password_ : &password_; }
  std::vector<std::string> options() const;
  void revoke() { revoked_ = true; }

 private:
  void write_ntlm_user() const;

  const ScratchFolder folder_;
  const Masked password_;
  const Masked other_password_;
  bool revoked_ = false;
};

// Safe from any thread but for what ends or restarts it.
class MaskedService : public Account, public Service {
 public:
  // The one of this program, made on first use.
  static MaskedService& instance();

  MaskedService() : Service(options(), secret()) {}

  // Of http if every message is sealed.
  std::uint16_t port(bool tls) const { return Service::port(tls && !sealed()); }
  std::string url(bool tls, const std::string& path = "/wsman") const;

  Open open() const;
  // What is open when the condition holds, such as "contexts=0", or when a test's patience is over.
  Open await(const std::string& condition) const;

  // It no longer does anything, and goes on.
  void freeze() const;
  void thaw() const;

  // Begins a new one at the same ports; with another password if the old one is `revoked`.
  void restart(bool revoked = false);
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_TEARDOWN_MASKED_SERVICE_H_
