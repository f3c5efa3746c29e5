#include "wsman/action.h"

#include "wsman/names.h"

namespace wsman::service {

std::optional<std::string> action_below(std::string_view prefix, const std::string& action) {
  if (!action.starts_with(prefix) || action.size() <= prefix.size() + 1 ||
      action[prefix.size()] != '/') {
    return std::nullopt;
  }
  return action.substr(prefix.size() + 1);
}

std::optional<std::string> operation_of(const std::string& action) {
  for (const std::string_view prefix : {kTransferNamespace, kEnumerationNamespace, kShellUri}) {
    if (auto name = action_below(prefix, action)) return name;
  }
  return std::nullopt;
}

}  // namespace wsman::service
