// Actions: which operation a request is.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_ACTION_H
#define WSMAN_TESTS_SERVICE_WSMAN_ACTION_H

#include <optional>
#include <string>
#include <string_view>

namespace wsman::service {

// "Get" of "…/transfer/Get"; nothing if the action is not right below `prefix`.
std::optional<std::string> action_below(std::string_view prefix, const std::string& action);

// "Get", "Pull", "Signal": the operation, if it is one of transfer, enumeration or shells.
std::optional<std::string> operation_of(const std::string& action);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_ACTION_H
