// The Kerberos realm and NTLM domain that tests/service/realm/within_realm.py runs this program in.
#ifndef WSMAN_TESTS_E2E_AUTH_REALM_H_
#define WSMAN_TESTS_E2E_AUTH_REALM_H_

#include <nlohmann/json.hpp>
#include <string>

namespace wsman::testing {

inline const std::string kUser = "tester";
inline const std::string kNtlmUser = "WSMAN\\tester";
inline const std::string kNoTickets = "FILE:/nonexistent";

// What it says of itself.
const nlohmann::json& realm();
std::string password_of(const std::string& user);

// Has it carry a command out. Throws if it does not.
nlohmann::json command_realm(const std::string& command);

// A variable of the environment with another value, until the end of a scope. What GSSAPI reads at
// each call (KRB5CCNAME, KRB5_CONFIG), and what a service inherits that is started meanwhile.
class Variable {
 public:
  Variable(std::string name, const std::string& value);
  ~Variable();
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const std::string name_;
  const std::string old_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_AUTH_REALM_H_
