// A user of the C ABI who counts what came of each call.
#ifndef WSMAN_TESTS_TORTURE_CALLER_H_
#define WSMAN_TESTS_TORTURE_CALLER_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "wsman/wsman.h"

namespace wsman::torture {

// Where the service is, and how its user proves to be that.
struct Place {
  std::string url;
  std::string authentication;
  std::string user;
  std::string password;
  std::string settings;       // The path of the client settings,
  std::string settings_text;  // and what stands there at the beginning.
  std::string authorities;    // The path of those whom the client trusts.
};

// What came of one call.
struct Call {
  const char* name = "";
  wsman_status status = WSMAN_E_INTERNAL;
  nlohmann::json document;  // Null where memory ran out.
  std::string bytes;        // The answer or the page.

  bool ok() const { return status == WSMAN_OK; }
};

// Each function makes one call of the library, and no other of its allocations are the library's.
class Caller {
 public:
  explicit Caller(const Place& place);
  ~Caller();
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  bool make_registry();
  bool has_registry() const { return registry_ != nullptr; }
  void free_registry();

  Call connect();
  Call identify();
  Call request(nlohmann::json document);       // In the session.
  Call request_once(nlohmann::json document);  // In a session of its own.
  Call enumerate(nlohmann::json document);
  Call next_page();
  Call close_enumeration();
  Call list();
  Call state();
  Call disconnect();
  Call close_all();
  Call settings();
  Call change_settings(const nlohmann::json& document);

  // All calls since the beginning.
  const std::vector<Call>& calls() const { return calls_; }
  void forget_calls() { calls_.clear(); }

 private:
  template <typename Work>
  Call called(const char* name, const Work& work);
  nlohmann::json connection() const;

  const Place place_;
  const wsman_credentials credentials_;
  wsman_registry* registry_ = nullptr;
  std::uint64_t session_ = 0;
  std::uint64_t enumeration_ = 0;
  std::uint64_t operation_ = 0;
  std::vector<Call> calls_;
};

}  // namespace wsman::torture

#endif  // WSMAN_TESTS_TORTURE_CALLER_H_
