// What the library is asked to do while something fails.
#ifndef WSMAN_TESTS_TORTURE_SCENARIOS_H_
#define WSMAN_TESTS_TORTURE_SCENARIOS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "caller.h"

namespace wsman::torture {

// Of the service. wsman-hostile is at 127.0.0.1.
inline constexpr const char* kAddress = "127.0.0.2";

// For what a server must be refused, whatever fails: no connect comes true.
struct Refusal {
  std::string ways = {};  // The names of those that it is tried over.
  std::string port = {};  // Of wsman-hostile; empty: one of the service.
  std::string path = "/wsman";
  std::string host = "127.0.0.1";
  bool is_trusted = true;                     // By TrustedHosts.
  bool in_folder = false;                     // Authority and revocation list are two files.
  wsman_status status = WSMAN_E_CERTIFICATE;  // Of a connect in which nothing fails.
};

struct Scenario {
  std::string name;
  std::function<void(Caller&)> prepare;  // While nothing fails.
  std::function<void(Caller&)> perform;
  std::optional<Refusal> refusal = {};
};

// Those that ask one thing each over one way to connect.
const std::vector<Scenario>& scenarios();

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_SCENARIOS_H_
