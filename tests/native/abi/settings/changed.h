// A setting that is changed without a refusal.
#ifndef WSMAN_TESTS_NATIVE_ABI_SETTINGS_CHANGED_H_
#define WSMAN_TESTS_NATIVE_ABI_SETTINGS_CHANGED_H_

#include <doctest/doctest.h>

#include <string>

#include "abi/settings/settings.h"

namespace wsman::testing {

inline abi::Settings changed(const std::string& path, const abi::SettingChange& change) {
  abi::SettingsFile file(path);
  const Result<abi::Settings> settings = file.set({change});
  REQUIRE_MESSAGE(settings.ok(), settings.error().message);
  return settings.value();
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_ABI_SETTINGS_CHANGED_H_
