// The file of the client settings.
#include "abi/settings/settings.h"

#include <string>
#include <string_view>

#include "abi/json_value.h"
#include "abi/settings/setting_lists.h"
#include "abi/settings/setting_table.h"
#include "fuzz.h"
#include "support/scratch_folder.h"

namespace wsman::fuzz {
namespace {

// What a user is shown, a user can write: it then means the same.
void check_setting(const abi::Setting& setting, const abi::Settings& settings) {
  const std::string shown = abi::text_of(setting, settings);
  abi::Settings again;
  const std::string flaw = abi::take(setting, abi::value_from(setting, shown), again);
  demand(flaw.empty(), setting.path() + " " + flaw);
  demand(abi::text_of(setting, again) == shown, setting.path() + " changes when it is written");
  const std::vector<std::string>* list = setting.list_in(settings);
  if (list == nullptr) return;
  demand(setting.check(abi::join_list(*list)).empty(), setting.path() + " has a flaw");
  demand(abi::split_list(abi::join_list(*list)) == *list, setting.path() + " is another list");
}

constexpr const char* kChanged = "MaxBatchItems";

// Everything else keeps its place and its value.
void check_members(const abi::JsonValue& before, const abi::JsonValue& after) {
  const bool is_new = !before.contains(kChanged);
  demand(after.members() != nullptr &&
             after.members()->size() == before.members()->size() + (is_new ? 1 : 0),
         "A change adds another member, or takes one away");
  for (size_t i = 0; i < before.members()->size(); ++i) {
    const auto& [name, value] = before.members()->at(i);
    const auto& [name_after, value_after] = after.members()->at(i);
    demand(name == name_after, "A member loses its place");
    demand(name == kChanged || value.document() == value_after.document(),
           "A member is changed that nobody asked for");
  }
}

// One setting is changed in the file, and nothing else.
void change_file(const std::string& text) {
  static const testing::ScratchFolder folder;
  const std::string path = folder.write("client.json", text);
  abi::SettingsFile file(path);
  const Result<abi::Settings> changed = file.set({{kChanged, "5"}});
  demand(changed.ok() && changed.value().max_batch_items == 5, "A setting is not changed");
  const std::string written = testing::content_of(path);
  const Result<abi::Settings> again = abi::parse_settings(written, path);
  demand(again.ok() && again.value().max_batch_items == 5, "What was written is not read");
  check_members(abi::parse_json(text).value, abi::parse_json(written).value);
}

void read_file(std::string_view text) {
  const Result<abi::Settings> settings = abi::parse_settings(std::string(text), "client.json");
  if (!settings.ok()) {
    demand(settings.error().code == ErrorCode::settings &&
               settings.error().message.find("client.json") != std::string::npos,
           "An error does not name the file");
    return;
  }
  for (const abi::Setting& setting : abi::known_settings())
    check_setting(setting, settings.value());
  change_file(std::string(text));
}

const Target settings_target{"settings", read_file};

}  // namespace
}  // namespace wsman::fuzz
