// A user of the C ABI: connects, leaves things open on the server, and ends it.
#ifndef WSMAN_TESTS_E2E_TEARDOWN_ABI_CLIENT_H_
#define WSMAN_TESTS_E2E_TEARDOWN_ABI_CLIENT_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/bounds.h"
#include "support/scratch_folder.h"
#include "teardown/masked_service.h"
#include "wsman/wsman.h"

namespace wsman::testing {

// What a call came to.
struct Answer {
  wsman_status status = WSMAN_E_INTERNAL;
  nlohmann::json document;
  std::string bytes;
  Milliseconds elapsed{0};

  bool ok() const { return status == WSMAN_OK; }
  // The sentence of the error; "" if it is none.
  std::string error() const;
};

// A registry that trusts the service and may send its password over http. Safe from any thread.
// Its end is wsman_registry_free().
class Client {
 public:
  // `settings` are client settings besides, or other ones.
  explicit Client(const MaskedService& service = MaskedService::instance(),
                  const nlohmann::json& settings = nlohmann::json::object());
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Connects under `name`. A call fails only by its answer.
  Answer connect(const std::string& name, const std::string& url,
                 const nlohmann::json& options = nlohmann::json::object());
  // Throws if it fails; gives the number of the session.
  std::uint64_t session(const std::string& name, const std::string& url);

  // Each throws if it fails, and gives the identifier.
  std::string create_shell(std::uint64_t session);
  std::string start_command(std::uint64_t session, const std::string& shell);
  std::uint64_t open_enumeration(std::uint64_t session);

  // Waits for what a command says. One that sleeps says nothing.
  Answer receive(std::uint64_t session, const std::string& shell, const std::string& command);
  Answer next_page(std::uint64_t enumeration);
  Answer close_enumeration(std::uint64_t enumeration);

  // Both take what names the place: a number, or connection_to().
  Answer request(const nlohmann::json& document);
  // The same, with the password where `placeholder` stands in the body as well.
  Answer request_with_secret(const nlohmann::json& document, const std::string& placeholder);
  Answer enumerate(const nlohmann::json& document);
  // A session of one operation.
  static nlohmann::json connection_to(const std::string& url);

  Answer list();
  Answer state(std::uint64_t session);
  Answer disconnect(const std::string& name, Milliseconds budget = Milliseconds(0));
  // The same with an operation that is cancelled before it begins.
  Answer disconnect_cancelled(const std::string& name);
  Answer close(const std::vector<std::uint64_t>& sessions, Milliseconds budget = Milliseconds(0));
  Answer close_all(Milliseconds budget = Milliseconds(0));

 private:
  template <typename Call>
  Answer with_password(Call call);

  const MaskedService& service_;
  const ScratchFolder folder_;
  wsman_registry* registry_ = nullptr;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_E2E_TEARDOWN_ABI_CLIENT_H_
