#include "abi/documents/settings_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "abi/settings/setting_table.h"
#include "base/text.h"

namespace wsman::abi {
namespace {

using nlohmann::ordered_json;

Error bad_request(const std::string& why) {
  return make_error(ErrorCode::invalid_argument, "The request cannot be read: " + why);
}

// The flaw of a member; empty if it has none.
std::string read_member(SettingChange& change, const std::string& name,
                        const ordered_json& member) {
  if (name == "append" || name == "remove") {
    if (!member.is_boolean()) return "\"" + name + "\" must be true or false";
    (name == "append" ? change.append : change.remove) = member.get<bool>();
    return {};
  }
  if (name != "name" && name != "value") return "\"" + name + "\" is not known";
  if (!member.is_string()) return "\"" + name + "\" must be a string";
  (name == "name" ? change.name : change.value) = member.get<std::string>();
  return {};
}

// The flaw of a change; empty if it has none.
std::string read_change(SettingChange& change, const ordered_json& entry) {
  // A missing value is not an empty one, which clears a list or a path.
  if (!entry.is_object() || !entry.contains("name") || !entry.contains("value")) {
    return "a change must have \"name\" and \"value\"";
  }
  for (const auto& [name, member] : entry.items()) {
    std::string problem = read_member(change, name, member);
    if (!problem.empty()) return problem;
  }
  return {};
}

}  // namespace

std::string write_settings(const Settings& settings) {
  ordered_json tree = ordered_json::object();
  // Ordered JSON keeps the order of the table, which is that of Windows.
  for (const Setting& setting : known_settings()) {
    ordered_json& holder = setting.group.empty() ? tree : tree[setting.group];
    // As text: a caller shows and changes a setting without knowing its type.
    holder[setting.name] = text_of(setting, settings);
  }
  ordered_json document;
  document["path"] = settings.path;
  document["settings"] = std::move(tree);
  for (const std::string& remark : settings.remarks) {
    // A name in the file may be anybody's text.
    document["remarks"].push_back(for_people(remark));
  }
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<std::vector<SettingChange>> read_setting_changes(const std::string& text) {
  // Without exceptions: text that is not JSON is no object either.
  const ordered_json document = ordered_json::parse(text, nullptr, false);
  const bool is_list = document.is_object() && document.size() == 1 &&
                       document.contains("changes") && document["changes"].is_array();
  if (!is_list) return bad_request("it must be an object of JSON with a list of \"changes\"");
  std::vector<SettingChange> changes;
  for (const ordered_json& entry : document["changes"]) {
    SettingChange change;
    const std::string problem = read_change(change, entry);
    if (!problem.empty()) return bad_request(problem);
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace wsman::abi
