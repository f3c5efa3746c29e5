// The documents of the C ABI: requests read, results and errors written. Nothing but form is
// judged.
#ifndef WSMAN_ABI_JSON_H_
#define WSMAN_ABI_JSON_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "session/registry.h"

namespace wsman {

// A connect or identify request, as wsman.h describes it.
struct ConnectRequest {
  uint64_t session_id = 0;  // 0: not given.
  std::string computer_name;
  uint16_t port = 0;
  std::string application_name;
  bool use_ssl = false;
  std::string connection_uri;
  AuthenticationKind authentication = AuthenticationKind::default_;
  std::optional<std::string> user_name;
  bool skip_ca_check = false;
  bool skip_cn_check = false;
  bool skip_revocation_check = false;
  bool no_encryption = false;
  bool use_utf16 = false;
  Milliseconds operation_timeout{0};  // 0: not given.
  Milliseconds timeout{0};            // 0: not given.
};

// Fails with invalid_argument, naming the member.
Result<ConnectRequest> read_connect_request(const std::string& text);

std::string write_error(const Error& error);
std::string write_connected(const Connected& connected);
std::string write_identity(const Identity& identity);
std::string write_state(const SessionView& view);
std::string write_list(const std::vector<SessionView>& views);
std::string write_report(const TeardownReport& report);
std::string write_closed(const std::vector<TeardownReport>& reports);

}  // namespace wsman

#endif  // WSMAN_ABI_JSON_H_
