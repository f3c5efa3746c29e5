// Plugins. A plugin is a document that is kept as it came in: order, prefixes and what is not known
// here survive, as on Windows.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_PLUGIN_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_PLUGIN_H

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "wsman/config_item.h"

namespace wsman::service {

// `knows` judges RunAsUser and RunAsPassword.
ConfigKind plugin_kind(KnowsAccount knows);

// What Windows has from the start (data/plugins.xml), by name, and `more` beside it:
// microsoft.powershell again, called Loopback.Plugin.1 and so on.
std::vector<std::pair<std::string, ConfigItemPtr>> builtin_plugins(std::uint32_t more,
                                                                   const KnowsAccount& knows);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_PLUGIN_H
