// The document that says how to connect. Only its form is checked here.
#ifndef WSMAN_ABI_DOCUMENTS_CONNECT_REQUEST_H_
#define WSMAN_ABI_DOCUMENTS_CONNECT_REQUEST_H_

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "abi/json_value.h"
#include "base/error.h"
#include "base/trace.h"
#include "transport/transport.h"

namespace wsman::abi {

// The way through a proxy.
struct ProxyRequest {
  AuthenticationKind authentication = AuthenticationKind::none;
  std::optional<std::string> user_name;
  std::string address;
  std::string bypass;
};

// A connect or identify request, as wsman.h describes it.
struct ConnectRequest {
  uint64_t session_id = 0;  // 0: not given.
  std::string computer_name;
  std::string host;
  uint16_t port = 0;
  std::string application_name;
  bool use_ssl = false;
  std::string connection_uri;
  AuthenticationKind authentication = AuthenticationKind::default_;
  std::optional<std::string> user_name;
  std::vector<std::string> certificates;  // In DER.
  std::optional<ProxyRequest> proxy;
  TransportSwitches switches;
  bool use_utf16 = false;
  Milliseconds operation_timeout{0};  // 0: not given.
  std::string locale;                 // Empty: not given.
  std::string data_locale;
  Milliseconds timeout{0};            // 0: not given.
  std::optional<Trace::Level> trace;  // The level of the trace.
};

// Fails with invalid_argument, naming the member.
Result<ConnectRequest> read_connect_request(const std::string& text);
Result<ConnectRequest> read_identify_request(const std::string& text);

// The same of a document within another, which has none of the members `out_of_place`. Throws
// BadRequest.
ConnectRequest connect_request(const JsonValue& document,
                               std::initializer_list<const char*> out_of_place);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_DOCUMENTS_CONNECT_REQUEST_H_
