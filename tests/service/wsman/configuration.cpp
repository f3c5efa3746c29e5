#include "wsman/configuration.h"

#include "http/message.h"
#include "wsman/config_certmapping.h"
#include "wsman/config_listener.h"
#include "wsman/config_plugin.h"
#include "wsman/names.h"

namespace wsman::service {
namespace {

// What stands in a policy for the listener that is there from the start.
constexpr std::string_view kListenerPolicy = "Listener";

Setting configured(const ServiceOptions& options) {
  Setting settings = initial_setting("Config");
  for (const std::string& policy : options.policies) {
    if (!same_ignoring_case(policy, kListenerPolicy)) impose_policy(settings, policy);
  }
  return settings;
}

bool listener_by_policy(const ServiceOptions& options) {
  for (const std::string& policy : options.policies) {
    if (same_ignoring_case(policy, kListenerPolicy)) return true;
  }
  return false;
}

}  // namespace

Configuration::Configuration(const ServiceOptions& options, const KnowsAccount& knows)
    : settings_(configured(options)),
      containers_(settings_),
      listeners_(listener_kind(settings_)),
      mappings_(certmapping_kind(knows)),
      plugins_(plugin_kind(knows)) {
  listeners_.add({"*", "HTTP"}, default_listener(settings_, listener_by_policy(options)));
  for (auto& [name, plugin] : builtin_plugins(options.plugins, knows)) {
    plugins_.add({name}, std::move(plugin));
  }
}

bool Configuration::handles(const std::string& uri) {
  const std::string known = lower_case(uri);
  return known == kConfigUri || known.starts_with(std::string(kConfigUri) + "/");
}

Resource& Configuration::resource_of(const std::string& uri) {
  const std::string known = lower_case(uri);
  if (known == kListenerUri) return listeners_;
  if (known == kMappingUri) return mappings_;
  if (known == kPluginUri) return plugins_;
  return containers_;
}

std::chrono::milliseconds Configuration::shell_idle_timeout() const {
  for (const Setting& one : settings_.children) {
    if (one.name != "Winrs") continue;
    return std::chrono::milliseconds(parse_number(one.text_of("IdleTimeout")).value_or(0));
  }
  return {};
}

}  // namespace wsman::service
