// The documents of the C ABI about the client settings.
#ifndef WSMAN_ABI_SETTINGS_JSON_H_
#define WSMAN_ABI_SETTINGS_JSON_H_

#include <string>

#include "abi/settings.h"
#include "base/error.h"

namespace wsman {

// The path, and every setting with the value that it has, as text.
std::string write_settings(const Settings& settings);

// Fails with invalid_argument, naming the member. Nothing but form is judged.
Result<SettingChange> read_setting_change(const std::string& text);

}  // namespace wsman

#endif  // WSMAN_ABI_SETTINGS_JSON_H_
