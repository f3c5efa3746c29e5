// The documents of the C ABI about the client settings.
#ifndef WSMAN_ABI_DOCUMENTS_SETTINGS_JSON_H_
#define WSMAN_ABI_DOCUMENTS_SETTINGS_JSON_H_

#include <string>
#include <vector>

#include "abi/settings/settings.h"
#include "base/error.h"

namespace wsman::abi {

// The path, every setting with the value that it has, as text, and the remarks, if there are any.
std::string write_settings(const Settings& settings);

// Fails with invalid_argument, naming the member. Only the form is checked here.
Result<std::vector<SettingChange>> read_setting_changes(const std::string& text);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_DOCUMENTS_SETTINGS_JSON_H_
