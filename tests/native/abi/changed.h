// A setting that is changed without a refusal.
#ifndef WSMAN_TESTS_NATIVE_ABI_CHANGED_H_
#define WSMAN_TESTS_NATIVE_ABI_CHANGED_H_

#include <doctest/doctest.h>

#include <string>

#include "abi/settings.h"

namespace wsman::testing {

inline Settings changed(const std::string& path, const SettingChange& change) {
  SettingsFile file(path);
  const Result<Settings> settings = file.set(change);
  REQUIRE_MESSAGE(settings.ok(), settings.error().message);
  return settings.value();
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_ABI_CHANGED_H_
