// What the lists below the configuration hold: listeners, certificate mappings, plugins.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_ITEM_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_ITEM_H

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "wsman/config_tree.h"
#include "wsman/xml.h"

namespace wsman::service {

class ConfigItem {
 public:
  virtual ~ConfigItem() = default;

  // The document as it is told: no password is in it.
  virtual std::string xml() const = 0;
  // Refuses, and is then as it was; or takes everything over.
  virtual void replace(const Element& representation) = 0;
  // Refuses if it must stay.
  virtual void check_removal() const {}
};

using ConfigItemPtr = std::unique_ptr<ConfigItem>;

inline constexpr std::size_t kThumbprintDigits = 40;

inline bool is_thumbprint(std::string_view text) {
  return text.size() == kThumbprintDigits &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isxdigit(c) != 0; });
}

// The values of the keys, in the order of ConfigKind::keys.
using ConfigKeys = std::vector<std::string>;

// Whether that is the password of that user of the service.
using KnowsAccount = std::function<bool(std::string_view user, std::string_view password)>;

// A kind of item: what leads to it, and how one is made.
struct ConfigKind {
  std::string_view uri;         // The resource URI, in lower case.
  std::string_view root;        // What its documents are called.
  std::string_view name_space;  // Their namespace; ".xsd" may follow in what comes in.
  std::vector<std::string> keys;
  // Refuses keys and representations that are not valid.
  std::function<ConfigItemPtr(const ConfigKeys& keys, const Element& representation)> make;
};

inline constexpr std::string_view kListenerUri =
    "http://schemas.microsoft.com/wbem/wsman/1/config/listener";
inline constexpr std::string_view kMappingUri =
    "http://schemas.microsoft.com/wbem/wsman/1/config/service/certmapping";
inline constexpr std::string_view kPluginUri =
    "http://schemas.microsoft.com/wbem/wsman/1/config/plugin";
inline constexpr std::string_view kPluginNamespace =
    "http://schemas.microsoft.com/wbem/wsman/1/config/PluginConfiguration";

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_ITEM_H
