// How the library connects, and the service and the settings that it takes.
#ifndef WSMAN_TESTS_TORTURE_WAYS_H_
#define WSMAN_TESTS_TORTURE_WAYS_H_

#include <array>
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
  bool in_realm;  // Only within service/realm.
};

inline constexpr std::array<Way, 5> kWays{{{"basic", "basic", "Basic", false, false},
                                           {"tls", "basic", "Basic", true, false},
                                           {"digest", "digest", "Digest", false, false},
                                           {"negotiate", "negotiate", "Negotiate", false, true},
                                           {"credssp", "credssp", "Credssp", true, true}}};

// Whether this process runs where the way leads.
bool is_possible(const Way& way);

// A service and client settings for one way.
class Setting {
 public:
  explicit Setting(const Way& way);

  const testing::Service& service() const { return service_; }
  Place place(const Scenario& scenario) const;

 private:
  const Way& way_;
  const testing::ScratchFolder folder_;
  const testing::ServiceWithUser service_;
};

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_WAYS_H_
