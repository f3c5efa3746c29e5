#include "wsman/config_resource.h"

#include <algorithm>

#include "http/message.h"
#include "wsman/config_list.h"
#include "wsman/config_oddity.h"
#include "wsman/fault.h"
#include "wsman/names.h"

namespace wsman::service {

Setting& ConfigResource::container(const Ask& ask) {
  const std::size_t prefix = std::min(kConfigUri.size() + 1, ask.uri.size());
  const std::string path = ask.uri.substr(prefix);
  if (same_ignoring_case(path, "winrs/customremoteshell")) {
    refuse(kCustomRemoteShellDeprecated, "Custom remote shells are not supported any more.");
  }
  Setting* const found = settings_.container(path);
  if (found == nullptr) {
    refuse(kInvalidResourceUri, "There is no resource '" + ask.uri + "'.");
  }
  if (!ask.selectors.empty()) {
    refuse(kUnexpectedSelectors, "The configuration has no selectors.");
  }
  return *found;
}

std::string ConfigResource::get(const Ask& ask) {
  return told(ask, settings_document(container(ask), lower_case(ask.uri)));
}

std::string ConfigResource::put(const Ask& ask, const Element& representation) {
  Setting& setting = container(ask);
  const std::string name_space = lower_case(ask.uri);
  check_root(representation, setting.name, name_space);
  apply_settings(setting, Taken(ask, representation).element());
  return told(ask, settings_document(setting, name_space));
}

std::string ConfigResource::invoke(const Ask& ask, const std::string& method,
                                   const Element& input) {
  if (&container(ask) != &settings_ || method != "Restore") {
    return Resource::invoke(ask, method, input);
  }
  settings_ = initial_;
  return wrap("cfg:Restore_OUTPUT xmlns:cfg=\"" + std::string(kConfigUri) + "\"", "");
}

}  // namespace wsman::service
