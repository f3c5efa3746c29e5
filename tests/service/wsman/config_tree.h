// The settings of the service, as a tree of named texts, and what each of them may be.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_CONFIG_TREE_H
#define WSMAN_TESTS_SERVICE_WSMAN_CONFIG_TREE_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "wsman/xml.h"

namespace wsman::service {

struct Setting {
  enum class Kind {
    container,
    text,
    boolean,
    number,
    read_only,   // May come in as it is, and as nothing else.
    deprecated,  // The same, with another code.
    computed,    // Told; what comes in for it is not looked at.
    key,         // Names what the setting is in; may come in as it is only.
    choice,      // One of the words in `words`, with a bar between them.
    hardening,   // The same for CbtHardeningLevel, which has a code of its own.
    hosts,       // TrustedHosts.
    prefix,      // URLPrefix.
    ip_filter,
    sddl,  // A security descriptor as a text.
  };

  std::string name;
  Kind kind = Kind::text;
  std::string text;
  std::uint64_t least = 0;  // Of a number.
  std::uint64_t most = 4294967295;
  std::string words;   // Of a choice.
  std::string source;  // "GPO": a policy decides, and the setting cannot be changed.
  std::vector<Setting> children;

  // Null if there is none of that name, compared without case.
  Setting* child(std::string_view child_name);
  // "client/auth", compared without case; null if there is no such container.
  Setting* container(std::string_view path);
  // The text of a child; "" if there is none.
  std::string text_of(std::string_view child_name) const;
  // A child more, after the others.
  void add(std::string child_name, std::string child_text, Kind child_kind = Kind::text);
};

// The setting of that name in data/config.xml, as it is before anybody changes it.
Setting initial_setting(std::string_view name);

// Lets a policy decide a setting: "Client/TrustedHosts=*", below the root and compared without
// case. Throws std::invalid_argument if there is no such setting.
void impose_policy(Setting& root, const std::string& path_and_value);

// <cfg:Name>…</cfg:Name> and what is below it; cfg is declared as `name_space`.
std::string settings_document(const Setting& setting, std::string_view name_space);

// Takes over what `element` says of `setting` and below it. Everything is checked before anything
// changes; refuses an unknown name, a value of the wrong kind, and a change of what cannot change.
void apply_settings(Setting& setting, const Element& element);

// Refuses a value that the setting cannot have. In config_values.cpp.
void check_value(const Setting& setting, const std::string& value);

std::string lower_case(std::string text);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_CONFIG_TREE_H
