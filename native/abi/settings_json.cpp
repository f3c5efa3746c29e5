#include "abi/settings_json.h"

#include <nlohmann/json.hpp>

#include "abi/setting_table.h"

namespace wsman {
namespace {

using nlohmann::ordered_json;

Error bad_request(const std::string& why) {
  return {ErrorCode::invalid_argument, "The request cannot be read: " + why + ".", 0, {}};
}

// What is wrong with a member; empty if nothing is.
std::string read_member(SettingChange& change, const std::string& name,
                        const ordered_json& member) {
  if (name == "append") {
    if (!member.is_boolean()) return "\"append\" must be true or false";
    change.append = member.get<bool>();
    return {};
  }
  if (name != "name" && name != "value") return "\"" + name + "\" is not known";
  if (!member.is_string()) return "\"" + name + "\" must be a string";
  (name == "name" ? change.name : change.value) = member.get<std::string>();
  return {};
}

}  // namespace

std::string write_settings(const Settings& settings) {
  ordered_json tree = ordered_json::object();
  for (const Setting& setting : known_settings()) {
    ordered_json& holder = setting.group.empty() ? tree : tree[setting.group];
    holder[setting.name] = text_of(setting, settings);
  }
  ordered_json document;
  document["path"] = settings.path;
  document["settings"] = std::move(tree);
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Result<SettingChange> read_setting_change(const std::string& text) {
  const ordered_json document = ordered_json::parse(text, nullptr, false);
  if (!document.is_object()) return bad_request("it must be an object of JSON");
  if (!document.contains("name") || !document.contains("value")) {
    return bad_request("it must have \"name\" and \"value\"");
  }
  SettingChange change;
  for (const auto& [name, member] : document.items()) {
    const std::string problem = read_member(change, name, member);
    if (!problem.empty()) return bad_request(problem);
  }
  return change;
}

}  // namespace wsman
