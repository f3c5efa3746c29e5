// The file of the client settings.
#include "abi/settings/settings.h"

#include <string>
#include <string_view>

#include "abi/settings/setting_lists.h"
#include "abi/settings/setting_table.h"
#include "fuzz.h"

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
}

const Target settings_target{"settings", read_file};

}  // namespace
}  // namespace wsman::fuzz
