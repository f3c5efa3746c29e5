// Plugins. A plugin is a document that is kept as it came in: order, prefixes and what is not known
// here survive, as on Windows.
#ifndef WSMAN_ENDPOINT_WSMAN_CONFIG_PLUGIN_H
#define WSMAN_ENDPOINT_WSMAN_CONFIG_PLUGIN_H

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "wsman/config_item.h"

namespace wsman::endpoint {

// `knows` judges RunAsUser and RunAsPassword.
ConfigKind plugin_kind(KnowsAccount knows);

// A plugin with that document, which is not looked at.
ConfigItemPtr known_plugin(std::string name, std::string document, KnowsAccount knows);

// Names and documents of what Windows has from the start, and `more` beside them, called
// Loopback.Plugin.1 and so on. In config_builtin_plugins.cpp.
std::vector<std::pair<std::string, std::string>> builtin_plugins(std::uint32_t more);

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_WSMAN_CONFIG_PLUGIN_H
