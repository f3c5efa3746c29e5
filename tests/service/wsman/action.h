// Actions: which operation a request is.
#ifndef WSMAN_ENDPOINT_WSMAN_ACTION_H
#define WSMAN_ENDPOINT_WSMAN_ACTION_H

#include <optional>
#include <string>
#include <string_view>

namespace wsman::endpoint {

// "Get" of "…/transfer/Get"; nothing if the action is not right below `prefix`.
std::optional<std::string> action_below(std::string_view prefix, const std::string& action);

// "Get", "Pull", "Signal": the operation, if it is one of transfer, enumeration or shells.
std::optional<std::string> operation_of(const std::string& action);

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_WSMAN_ACTION_H
