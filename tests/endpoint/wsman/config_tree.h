// The settings of the service, as a tree of named texts, and what each of them may be.
#ifndef WSMAN_ENDPOINT_WSMAN_CONFIG_TREE_H
#define WSMAN_ENDPOINT_WSMAN_CONFIG_TREE_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "wsman/xml.h"

namespace wsman::endpoint {

struct Setting {
  enum class Kind { container, text, boolean, number, read_only, deprecated };

  std::string name;
  Kind kind = Kind::text;
  std::string text;
  std::uint64_t least = 0;  // Of a number.
  std::vector<Setting> children;

  Setting* child(std::string_view child_name);
  // "client/auth", compared without case; null if there is no such container.
  Setting* container(std::string_view path);
};

// What Windows has by default.
Setting default_settings();
Setting default_listener(const std::string& transport, const std::string& port);

// <cfg:Name>…</cfg:Name> and what is below it, without a declaration of cfg.
std::string settings_xml(const Setting& setting);

// Takes over what `element` says of `setting` and below it. Everything is checked before anything
// changes; refuses an unknown name, a value of the wrong kind, and a change of what is read-only.
void apply_settings(Setting& setting, const Element& element);

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_WSMAN_CONFIG_TREE_H
