// The documents that ask for an operation or an enumeration. Nothing but form is judged.
#ifndef WSMAN_ABI_REQUESTS_H_
#define WSMAN_ABI_REQUESTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "abi/connect_request.h"
#include "base/error.h"
#include "base/trace.h"
#include "protocol/content.h"
#include "protocol/enumeration.h"
#include "protocol/resource.h"
#include "session/operation.h"

namespace wsman {

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
Result<ResourceRequest> read_operation_request(const std::string& text);
Result<ResourceRequest> read_enumerate_request(const std::string& text);

// What the request is about. Takes selectors, options and fragment out of it. Fails with
// invalid_argument if the resource URI cannot be one.
Result<Target> take_target(ResourceRequest& request);

}  // namespace wsman

#endif  // WSMAN_ABI_REQUESTS_H_
