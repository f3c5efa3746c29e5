// Every client setting that is known, one row each: reading, showing and judging all go by it.
#ifndef WSMAN_ABI_SETTING_TABLE_H_
#define WSMAN_ABI_SETTING_TABLE_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "abi/settings.h"

namespace wsman {

// One setting: where its value lives, and what is allowed.
struct Setting {
  using Member = std::variant<bool Settings::*, Milliseconds Settings::*, uint16_t Settings::*,
                              size_t Settings::*, int Settings::*, std::string Settings::*,
                              std::vector<std::string> Settings::*>;
  // What is wrong with a text, as the end of a sentence; empty if nothing is.
  using Check = std::string (*)(const std::string& text);

  std::string group;  // The object that holds it, "Auth"; "" at the top.
  std::string name;
  Member member;
  int64_t least = 0;  // Of a number.
  int64_t most = 0;
  Check check = nullptr;    // Of a text or a list.
  uint32_t wsman_code = 0;  // What Windows reports for a bad value.

  // "Auth/Basic".
  std::string path() const { return group.empty() ? name : group + "/" + name; }

  // The list that it is; null if it is none.
  const std::vector<std::string>* list_in(const Settings& settings) const;
};

// In the order in which Windows shows them, our own last. A group is in one piece.
const std::vector<Setting>& known_settings();

// The setting of that path, compared without case in ASCII; null if there is none.
const Setting* find_setting(const std::string& path);

// Takes the value of `setting` from a member of a document. What is wrong with it comes back as the
// end of a sentence that begins with the setting; empty if nothing is, and only then it is taken.
std::string take(const Setting& setting, const nlohmann::ordered_json& value, Settings& settings);

// The value as it is shown: "true", "5000", "a,b".
std::string text_of(const Setting& setting, const Settings& settings);

// A text as a member of a document. One that is not of the setting's type becomes a string, which
// take() then refuses.
nlohmann::ordered_json value_from(const Setting& setting, const std::string& text);

}  // namespace wsman

#endif  // WSMAN_ABI_SETTING_TABLE_H_
