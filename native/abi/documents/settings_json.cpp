#include "abi/documents/settings_json.h"

#include <utility>

#include "abi/json_value.h"
#include "abi/settings/setting_table.h"
#include "base/text.h"

namespace wsman::abi {
namespace {

Error bad_request(const std::string& why) {
  return make_error(ErrorCode::invalid_argument, "The request cannot be read: " + why);
}

// The flaw of a member; empty if it has none.
std::string read_member(SettingChange& change, const std::string& name, const JsonValue& member) {
  if (name == "append" || name == "remove") {
    if (member.boolean() == nullptr) return "\"" + name + "\" must be true or false";
    (name == "append" ? change.append : change.remove) = *member.boolean();
    return {};
  }
  if (name != "name" && name != "value") return "\"" + name + "\" is not known";
  if (member.text() == nullptr) return "\"" + name + "\" must be a string";
  (name == "name" ? change.name : change.value) = *member.text();
  return {};
}

// The flaw of a change; empty if it has none.
std::string read_change(SettingChange& change, const JsonValue& entry) {
  // A missing value is not an empty one, which clears a list or a path.
  if (!entry.contains("name") || !entry.contains("value")) {
    return "a change must have \"name\" and \"value\"";
  }
  for (const auto& [name, member] : *entry.members()) {
    std::string problem = read_member(change, name, member);
    if (!problem.empty()) return problem;
  }
  return {};
}

}  // namespace

std::string write_settings(const Settings& settings) {
  JsonValue tree = JsonValue::object();
  // In the order of the table, which is that of Windows.
  for (const Setting& setting : known_settings()) {
    // As text: a caller shows and changes a setting without knowing its type.
    object_of(setting, tree).add(setting.name, text_of(setting, settings));
  }
  JsonValue document = JsonValue::object();
  document.add("path", settings.path).add("settings", std::move(tree));
  JsonValue remarks = JsonValue::array();
  // A name in the file may be anybody's text.
  for (const std::string& remark : settings.remarks) remarks.push(for_people(remark));
  if (!settings.remarks.empty()) document.add("remarks", std::move(remarks));
  return document.document();
}

Result<std::vector<SettingChange>> read_setting_changes(const std::string& text) {
  // Text that is not JSON is null, and no object either.
  const JsonValue document = parse_json(text).value;
  const JsonValue* const list = document.find("changes");
  if (list == nullptr || list->elements() == nullptr || document.members()->size() != 1)
    return bad_request("it must be an object of JSON with a list of \"changes\"");
  std::vector<SettingChange> changes;
  for (const JsonValue& entry : *list->elements()) {
    SettingChange change;
    const std::string problem = read_change(change, entry);
    if (!problem.empty()) return bad_request(problem);
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace wsman::abi
