// Every client setting, one row each; reading, showing and checking all use the row.
#ifndef WSMAN_ABI_SETTINGS_SETTING_TABLE_H_
#define WSMAN_ABI_SETTINGS_SETTING_TABLE_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "abi/json_value.h"
#include "abi/settings/settings.h"

namespace wsman::abi {

// One setting: the place of its value, and the values that are allowed.
struct Setting {
  using Member = std::variant<bool Settings::*, Milliseconds Settings::*, uint16_t Settings::*,
                              uint32_t Settings::*, size_t Settings::*, int Settings::*,
                              std::string Settings::*, std::vector<std::string> Settings::*>;
  // The flaw of a text, as the end of a sentence; empty if it has none.
  using Check = std::string (*)(const std::string& text);

  std::string group;  // The object that holds it, "Auth"; "" at the top.
  std::string name;
  Member member;
  int64_t least = 0;  // Of a number.
  int64_t most = 0;
  Check check = nullptr;    // Of a text or a list.
  uint32_t wsman_code = 0;  // Of Windows for a bad value.

  // "Auth/Basic".
  std::string path() const { return group.empty() ? name : group + "/" + name; }

  // Its value if it is a list; null otherwise.
  const std::vector<std::string>* list_in(const Settings& settings) const;
};

// In the order in which Windows shows them, our own last. A group is in one piece.
const std::vector<Setting>& known_settings();

// The setting of that path, compared without case in ASCII; null if there is none.
const Setting* find_setting(const std::string& path);

// The object of a document that holds a setting, made if it is absent.
JsonValue& object_of(const Setting& setting, JsonValue& document);

// Takes the value of `setting` from a member of a document, unless it has a flaw. Returns the flaw
// as the end of a sentence that begins with the setting; empty if there is none.
std::string take(const Setting& setting, const JsonValue& value, Settings& settings);

// The value as it is shown: "true", "5000", "a,b".
std::string text_of(const Setting& setting, const Settings& settings);

// A text as a member of a document. One that is not of the setting's type becomes a string, which
// take() then refuses.
JsonValue value_from(const Setting& setting, const std::string& text);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_SETTINGS_SETTING_TABLE_H_
