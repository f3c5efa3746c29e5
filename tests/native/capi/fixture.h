// What the cases over the C ABI share: a service, a registry that trusts it, requests to it.
//
// They see the C ABI as a foreign caller does: only the public header and the shared library. What
// is left open is asked at the service.
#ifndef WSMAN_TESTS_NATIVE_CAPI_FIXTURE_H_
#define WSMAN_TESTS_NATIVE_CAPI_FIXTURE_H_

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/bounds.h"
#include "support/scratch_folder.h"
#include "support/service.h"
#include "wsman/wsman.h"

namespace wsman::testing {

// Where the service listens; it is a computer of its own on each address.
inline constexpr std::array kAddresses{"127.0.0.2", "127.0.0.3", "127.0.0.4"};

// The service of this program, made on first use.
ServiceWithUser& shared_service();

// What a call came to. Its document is a copy.
struct Answer {
  wsman_status status = WSMAN_E_INTERNAL;
  std::string document;

  bool has(const std::string& part) const { return contains(document, part); }
};

// Calls with the place for the document.
template <typename Call>
Answer called(const Call& call) {
  char* out = nullptr;
  Answer answer;
  answer.status = call(&out);
  if (out != nullptr) answer.document = out;
  wsman_string_free(out);
  return answer;
}

// A number that no call had before. Safe from any thread.
std::uint64_t next_operation();

// The number of a session that was connected, or 0.
std::uint64_t session_in(const Answer& answer);

// A registry with a client settings file of its own, which trusts the service and has times that
// only a hanging test reaches. Safe from any thread.
class AbiRegistry {
 public:
  AbiRegistry();
  ~AbiRegistry() { free(); }
  AbiRegistry(const AbiRegistry&) = delete;
  AbiRegistry& operator=(const AbiRegistry&) = delete;

  operator wsman_registry*() const { return registry_; }
  const std::string& settings_path() const { return settings_path_; }
  void free();

  // With the right password.
  Answer connect(const nlohmann::json& request) const;
  // With another one, or with none.
  Answer connect(const nlohmann::json& request, const std::string& password) const;
  Answer list() const;
  Answer state(std::uint64_t session) const;
  Answer disconnect(const std::string& name, std::uint32_t timeout_ms = 0) const;
  Answer close(const std::vector<std::uint64_t>& sessions, std::uint32_t timeout_ms = 0) const;
  Answer close_all(std::uint32_t timeout_ms = 0) const;

  // Connects to that address; the number of the session, or 0.
  std::uint64_t open_session(const std::string& address) const;

 private:
  const ScratchFolder folder_;
  const std::string settings_path_;
  wsman_registry* registry_ = nullptr;
};

// For the service at that address over https with Basic.
nlohmann::json basic_request(const std::string& address);
// The same to "connectionUri", under a name.
nlohmann::json named_request(const std::string& name, const std::string& address = "127.0.0.2");
// Over http without authentication to `application`.
nlohmann::json open_request(const std::string& application,
                            const std::string& address = "127.0.0.2");

// A case begins with nothing open at the service, and must end so.
struct AbiFixture {
  ~AbiFixture();

  ServiceWithUser& service = shared_service();
  AbiRegistry registry;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_CAPI_FIXTURE_H_
