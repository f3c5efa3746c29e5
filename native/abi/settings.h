// The user's client settings: one JSON file, read into a plain struct that is handed down, and
// changed one setting at a time.
#ifndef WSMAN_ABI_SETTINGS_H_
#define WSMAN_ABI_SETTINGS_H_

#include <mutex>
#include <string>
#include <vector>

#include "base/call.h"
#include "base/error.h"

namespace wsman {

// The names in the file are those of winrm/config/client [MS-WSMV 2.2.4.9], plus MaxEnvelopeSizekb
// and our own. Absent ones have these defaults. Every one is obeyed; what is not has no place here.
struct Settings {
  std::string path;                  // The file itself, for messages. Empty: there is none.
  Milliseconds network_delay{5000};  // NetworkDelayms
  std::string url_prefix = "wsman";  // URLPrefix
  bool allow_unencrypted = false;    // AllowUnencrypted
  bool auth_basic = true;            // Auth.Basic
  bool auth_digest = true;           // Auth.Digest
  bool auth_kerberos = true;         // Auth.Kerberos
  bool auth_negotiate = true;        // Auth.Negotiate
  bool auth_certificate = true;      // Auth.Certificate
  bool auth_credssp = false;         // Auth.CredSSP
  uint16_t http_port = 5985;         // DefaultPorts.HTTP
  uint16_t https_port = 5986;        // DefaultPorts.HTTPS
  // TrustedHosts, each as written: a name or address, either with "*" in it, an IPv6 address in
  // brackets, "<local>", or "*" alone.
  std::vector<std::string> trusted_hosts;
  size_t max_envelope_size_kb = 500;    // MaxEnvelopeSizekb
  std::string trusted_ca_path;          // TrustedCAPath: PEM file or folder
  std::string client_certificate_file;  // ClientCertificateFile: PEM or PFX, with its key
  // AllowFreshCredentials: who may be given the password itself. Each as written, a service, "/"
  // and a computer: "wsman/server01", "wsman/*.example.com". Other services than wsman are nobody
  // here.
  std::vector<std::string> allow_fresh_credentials;
  int credssp_minimum_version = 5;      // CredSSPMinimumVersion; below 5 is open to CVE-2018-0886
  Milliseconds test_timeout{5000};      // TestTimeoutms
  Milliseconds teardown_timeout{5000};  // TeardownTimeoutms
  Milliseconds exit_timeout{2000};      // ExitTimeoutms
};

// One setting as a user changes it.
struct SettingChange {
  std::string name;     // "TrustedHosts", "Auth/Basic"; compared without case in ASCII.
  std::string value;    // As typed. "" clears a list or a path.
  bool append = false;  // Of a list only: adds what is not in it yet.
};

// The file, read again when it changed. Safe from any thread, and beside other processes.
class SettingsFile {
 public:
  static constexpr Milliseconds kPatience{5000};

  // An empty path means that all settings have their defaults. `patience` is how long set() waits
  // for others that write.
  explicit SettingsFile(std::string path, Milliseconds patience = kPatience)
      : path_(std::move(path)), patience_(patience) {}

  // The settings as they are now. A file that does not exist is all defaults. Fails with settings,
  // naming path, member and what was expected; nothing is taken from a broken file.
  Result<Settings> current();

  // Changes one setting in the file, leaves everything else in it as it is, and returns the
  // settings as they are then. Makes the file, and folders, where they are missing. Fails with
  // invalid_argument if there is no such setting or it cannot have the value, and with settings if
  // the file is broken or cannot be written; it is then as it was.
  Result<Settings> set(const SettingChange& change);

 private:
  const std::string path_;
  const Milliseconds patience_;
  std::mutex mutex_;
  std::string stamp_;
  Settings settings_;
};

// The settings in `text`. Separate from the file for its tests.
Result<Settings> parse_settings(const std::string& text, const std::string& path);

}  // namespace wsman

#endif  // WSMAN_ABI_SETTINGS_H_
