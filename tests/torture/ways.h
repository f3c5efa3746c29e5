// How the library connects, and the service and the settings that it takes.
#ifndef WSMAN_TESTS_TORTURE_WAYS_H_
#define WSMAN_TESTS_TORTURE_WAYS_H_

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "caller.h"
#include "scenarios.h"
#include "support/scratch_folder.h"
#include "support/service.h"

namespace wsman::torture {

struct Way {
  const char* name;
  const char* offer;           // Of the service.
  const char* authentication;  // Of the client.
  bool tls;
  bool in_realm;                      // Only within service/realm.
  bool is_refused = false;            // Only for refusals; those by wsman-hostile have a version
  const char* tls_version = nullptr;  // of TLS, null for the newest.
};

// Windows before Server 2022 has nothing newer than TLS 1.2, where a handshake has other steps.
inline constexpr std::array<Way, 8> kWays{
    {{"basic", "basic", "Basic", false, false},
     {"tls", "basic", "Basic", true, false},
     {"refused", "basic", "Basic", true, false, true},
     {"refused-1.2", "basic", "Basic", true, false, true, "1.2"},
     {"certificate", "basic", "ClientCertificate", true, false, true},
     {"digest", "digest", "Digest", false, false},
     {"negotiate", "negotiate", "Negotiate", false, true},
     {"credssp", "credssp", "Credssp", true, true}}};

// Whether this process runs where the way leads.
bool is_possible(const Way& way);

// A service and client settings for one way.
class Setting {
 public:
  explicit Setting(const Way& way);

  // The one that the scenario is about.
  const testing::ServerProcess& server(const Scenario& scenario);
  Place place(const Scenario& scenario);

 private:
  const testing::ServerProcess& hostile();
  std::string authorities_of_hostile(bool in_folder);
  bool has_credential() const;  // Or a certificate.
  std::string user() const;

  const Way& way_;
  const testing::ScratchFolder folder_;
  const testing::ServiceWithUser service_;
  std::optional<testing::ServerProcess> hostile_;
};

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_WAYS_H_
