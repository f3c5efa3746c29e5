// The documents of the C ABI that come in. Nothing but form is judged.
#ifndef WSMAN_ABI_REQUESTS_H_
#define WSMAN_ABI_REQUESTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/trace.h"
#include "protocol/content.h"
#include "protocol/enumeration.h"
#include "protocol/resource.h"
#include "session/operation.h"
#include "transport/transport.h"

namespace wsman {

// How to get through a proxy.
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
  uint16_t port = 0;
  std::string application_name;
  bool use_ssl = false;
  std::string connection_uri;
  AuthenticationKind authentication = AuthenticationKind::default_;
  std::optional<std::string> user_name;
  std::vector<std::string> certificates;  // In DER.
  std::optional<ProxyRequest> proxy;
  bool skip_ca_check = false;
  bool skip_cn_check = false;
  bool skip_revocation_check = false;
  bool no_encryption = false;
  bool spn_port = false;
  bool use_utf16 = false;
  Milliseconds operation_timeout{0};  // 0: not given.
  std::string locale;                 // Empty: not given.
  std::string data_locale;
  Milliseconds timeout{0};            // 0: not given.
  std::optional<Trace::Level> trace;  // What the caller listens to.
};

// A request for an operation or an enumeration.
struct ResourceRequest {
  ConnectRequest connection;  // With session_id 0: a session of its own.
  std::string resource_uri;
  std::vector<Selector> selectors;
  std::vector<Option> options;
  std::string fragment;
  std::string dialect;  // Of the fragment, or of the filter.
  std::optional<Trace::Level> trace;

  Operation::Kind operation = Operation::Kind::get;  // Of wsman_request() only, as what follows.
  std::string action;
  Content content;

  Query query;  // Of wsman_enumerate_open() only.
};

// Each fails with invalid_argument, naming the member.
Result<ConnectRequest> read_connect_request(const std::string& text);
Result<ResourceRequest> read_operation_request(const std::string& text);
Result<ResourceRequest> read_enumerate_request(const std::string& text);

// What the request is about. Takes selectors, options and fragment out of it. Fails with
// invalid_argument if the resource URI cannot be one.
Result<Target> take_target(ResourceRequest& request);

}  // namespace wsman

#endif  // WSMAN_ABI_REQUESTS_H_
