// The user's client settings: one JSON file, read into a plain struct that is handed down, and
// changed without touching the rest of it.
#ifndef WSMAN_ABI_SETTINGS_SETTINGS_H_
#define WSMAN_ABI_SETTINGS_SETTINGS_H_

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"
#include "transport/authentication/policy.h"

namespace wsman::abi {

// The names in the file are those of the root of winrm/config and of winrm/config/client [MS-WSMV
// 2.2.4.9], and our own. Absent settings have these defaults. A setting that is not obeyed is not
// here. The settings about authentication are the policy of the transport.
struct Settings : authentication::Policy {
  std::string path;                     // The file itself, for messages. Empty: there is none.
  size_t max_envelope_size_kb = 500;    // MaxEnvelopeSizekb
  Milliseconds max_timeout{60000};      // MaxTimeoutms: of a request that is given none
  uint32_t max_batch_items = 32000;     // MaxBatchItems: of a page
  Milliseconds network_delay{5000};     // NetworkDelayms
  std::string url_prefix = "wsman";     // URLPrefix
  uint16_t http_port = 5985;            // DefaultPorts.HTTP
  uint16_t https_port = 5986;           // DefaultPorts.HTTPS
  std::string trusted_ca_path;          // TrustedCAPath: PEM file or folder
  std::string client_certificate_file;  // ClientCertificateFile: PEM or PFX, with its key
  std::vector<std::string> legacy_tls_hosts;  // LegacyTLSHosts: may have less than TLS 1.2
  Milliseconds connect_timeout{10000};        // ConnectTimeoutms
  Milliseconds test_timeout{5000};            // TestTimeoutms
  Milliseconds teardown_timeout{5000};        // TeardownTimeoutms
  Milliseconds exit_timeout{2000};            // ExitTimeoutms

  // What the file has that is not obeyed, a whole sentence each, for -Verbose.
  std::vector<std::string> remarks;
};

// Also named by errors, where there was not enough time.
inline constexpr const char* kMaxTimeoutSetting = "MaxTimeoutms";
inline constexpr const char* kTestTimeoutSetting = "TestTimeoutms";

// One setting as a user changes it.
struct SettingChange {
  std::string name;     // "TrustedHosts", "Auth/Basic"; compared without case in ASCII.
  std::string value;    // As typed. "" clears a list or a path.
  bool append = false;  // Of a list only: adds what is not in it yet.
  bool remove = false;  // Of a list only: takes out what the entries match; * stands for any text.
};

// The settings file, read again after a change. Safe from any thread, and beside other processes.
class SettingsFile {
 public:
  static constexpr Milliseconds kPatience{5000};

  // An empty path means that all settings have their defaults. `patience` is how long set() waits
  // for others that write.
  explicit SettingsFile(std::string path, Milliseconds patience = kPatience)
      : path_(std::move(path)), patience_(patience) {}

  // The settings as they are now. A file that does not exist is all defaults. Fails with settings,
  // and names path, member and the expected form; nothing is used of a file that is broken, or that
  // somebody else could have written.
  Result<Settings> current();

  // Changes settings in the file, all of them or none, leaves everything else in it as it is, and
  // returns the settings as they are then. Makes the file, and folders, where they are missing.
  // Fails with invalid_argument if there is no such setting or it cannot have the value, and with
  // settings if the file is broken or cannot be written; it is then as it was.
  Result<Settings> set(const std::vector<SettingChange>& changes);

  // ExitTimeoutms as it was read last, without a look at the file: sessions have to end also where
  // that hangs or there is no memory to read it.
  Milliseconds exit_timeout() const noexcept { return exit_timeout_.load(); }

 private:
  const std::string path_;
  const Milliseconds patience_;
  std::mutex mutex_;
  std::string version_;
  Settings settings_;
  std::atomic<Milliseconds> exit_timeout_{Settings{}.exit_timeout};
};

// The settings in `text`. Separate from the file for its tests.
Result<Settings> parse_settings(const std::string& text, const std::string& path);

}  // namespace wsman::abi

#endif  // WSMAN_ABI_SETTINGS_SETTINGS_H_
