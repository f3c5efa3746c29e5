// The documents that ask for an operation or an enumeration. Only their form is checked here.
#ifndef WSMAN_ABI_DOCUMENTS_REQUESTS_H_
#define WSMAN_ABI_DOCUMENTS_REQUESTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "abi/documents/connect_request.h"
#include "base/error.h"
#include "base/trace.h"
#include "protocol/message/resource.h"
#include "protocol/operation/content.h"
#include "protocol/operation/enumeration.h"
#include "session/operation.h"

namespace wsman::abi {

// A request for an operation or an enumeration.
struct ResourceRequest {
  ConnectRequest connection;  // With session_id 0: a session of its own.
  std::string resource_uri;
  std::vector<message::Selector> selectors;
  std::vector<message::Option> options;
  std::string fragment;
  std::string dialect;  // Of the fragment, or of the filter.
  std::optional<Trace::Level> trace;

  session::Operation::Kind operation =
      session::Operation::Kind::get;  // Of wsman_request() only, like the next two.
  std::string action;
  operation::Content content;

  operation::Query query;  // Of wsman_enumerate_open() only.
};

// Each fails with invalid_argument, naming the member.
Result<ResourceRequest> read_operation_request(const std::string& text);
Result<ResourceRequest> read_enumerate_request(const std::string& text);

// The target of the request. Moves selectors, options and fragment out of it. Fails with
// invalid_argument if the resource URI cannot be one.
Result<message::Target> take_target(ResourceRequest& request);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_DOCUMENTS_REQUESTS_H_
