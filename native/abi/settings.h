// The user's client settings: one JSON file, read into a plain struct that is handed down.
#ifndef WSMAN_ABI_SETTINGS_H_
#define WSMAN_ABI_SETTINGS_H_

#include <mutex>
#include <string>

#include "base/call.h"
#include "base/error.h"

namespace wsman {

// The names in the file are those of winrm/config/client [MS-WSMV 2.2.4.9], plus MaxEnvelopeSizekb
// and our own. Absent ones have these defaults.
struct Settings {
  std::string path;                     // The file itself, for messages. Empty: there is none.
  Milliseconds network_delay{5000};     // NetworkDelayms
  std::string url_prefix = "wsman";     // URLPrefix
  bool allow_unencrypted = false;       // AllowUnencrypted
  bool auth_basic = true;               // Auth.Basic
  uint16_t http_port = 5985;            // DefaultPorts.HTTP
  uint16_t https_port = 5986;           // DefaultPorts.HTTPS
  size_t max_envelope_size_kb = 500;    // MaxEnvelopeSizekb
  std::string trusted_ca_path;          // TrustedCAPath: PEM file or folder
  Milliseconds test_timeout{5000};      // TestTimeoutms
  Milliseconds teardown_timeout{5000};  // TeardownTimeoutms
  Milliseconds exit_timeout{2000};      // ExitTimeoutms
};

// The file, read again when it changed. Safe from any thread.
class SettingsFile {
 public:
  // An empty path means that all settings have their defaults.
  explicit SettingsFile(std::string path) : path_(std::move(path)) {}

  // The settings as they are now. A file that does not exist is all defaults. Fails with settings,
  // naming path, member and what was expected; nothing is taken from a broken file.
  Result<Settings> current();

 private:
  const std::string path_;
  std::mutex mutex_;
  std::string stamp_;
  Settings settings_;
};

// The settings in `text`. Separate from the file for its tests.
Result<Settings> parse_settings(const std::string& text, const std::string& path);

}  // namespace wsman

#endif  // WSMAN_ABI_SETTINGS_H_
