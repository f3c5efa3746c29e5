#include "abi/settings/setting_table.h"

#include <algorithm>
#include <type_traits>

#include "abi/settings/setting_lists.h"
#include "base/codes.h"
#include "base/text.h"
#include "transport/transport.h"

namespace wsman::abi {
namespace {

// Ten minutes, as for the timeouts of the C ABI.
constexpr int64_t kLongestSettingMs = 600000;

// The prefix of a URL, in the characters that Windows allows [MS-WSMV 2.2.4.9].
std::string problem_with_prefix(const std::string& text) {
  const bool proper = std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '/';
  });
  // The "/" in front is put there when the URL is made.
  const bool bare = !text.empty() && text.front() != '/' && text.back() != '/';
  if (proper && bare) return {};
  return "must be letters, digits, _ and /, with no / at its beginning or end";
}

// A relative path would mean another file in each folder that a command is started in.
bool is_absolute_or_empty(const std::string& text) {
  const bool printable =
      std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return printable && (text.empty() || text.front() == '/');
}

std::string problem_with_ca_path(const std::string& text) {
  if (is_absolute_or_empty(text)) return {};
  return "must be the absolute path of a PEM file or of a folder with such files, or empty";
}

std::string problem_with_certificate_file(const std::string& text) {
  if (is_absolute_or_empty(text)) return {};
  return "must be the absolute path of a PEM or PFX file, or empty";
}

template <typename T>
int64_t number_in(const T& value) {
  if constexpr (std::is_same_v<T, Milliseconds>) {
    return value.count();
  } else {
    return static_cast<int64_t>(value);
  }
}

std::string take_bool(const JsonValue& value, bool& target) {
  if (value.boolean() == nullptr) return "must be true or false";
  target = *value.boolean();
  return {};
}

template <typename T>
std::string take_number(const Setting& setting, const JsonValue& value, T& target) {
  const int64_t number = value.whole().value_or(setting.least - 1);
  if (number < setting.least || number > setting.most) {
    return "must be a whole number from " + std::to_string(setting.least) + " to " +
           std::to_string(setting.most);
  }
  target = static_cast<T>(number);
  return {};
}

std::string take_text(const Setting& setting, const JsonValue& value, std::string& target) {
  // Lists are one text with commas in the file too, as Windows shows and takes them.
  if (value.text() == nullptr) return "must be a string";
  std::string problem = setting.check(*value.text());
  // A refused text changes nothing.
  if (problem.empty()) target = *value.text();
  return problem;
}

// Checked as one text: a flaw can be in the commas too.
std::string take_list(const Setting& setting, const JsonValue& value,
                      std::vector<std::string>& target) {
  std::string text;
  std::string problem = take_text(setting, value, text);
  if (problem.empty()) target = split_list(text);
  return problem;
}

// Up to 18 digits, so that std::stoull() cannot fail; the range is checked by take().
bool is_digits(const std::string& text) {
  return !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

const std::vector<std::string>* Setting::list_in(const Settings& settings) const {
  const auto* list = std::get_if<std::vector<std::string> Settings::*>(&member);
  return list == nullptr ? nullptr : &(settings.**list);
}

const std::vector<Setting>& known_settings() {
  // Names, order, ranges and codes of Windows; then our own, for which Windows has no code. Never
  // destroyed: a thread may be in a call while the process exits.
  static const auto& all = *new std::vector<Setting>{
      {"", "MaxEnvelopeSizekb", &Settings::max_envelope_size_kb, 32, 1039440, nullptr,
       code::kInvalidXmlValues},
      {"", kMaxTimeoutSetting, &Settings::max_timeout, 500, UINT32_MAX, nullptr,
       code::kInvalidXmlValues},
      {"", "MaxBatchItems", &Settings::max_batch_items, 1, UINT32_MAX, nullptr,
       code::kInvalidXmlValues},
      {"", "NetworkDelayms", &Settings::network_delay, 500, kLongestSettingMs, nullptr,
       code::kInvalidXmlValues},
      {"", "URLPrefix", &Settings::url_prefix, 0, 0, problem_with_prefix, code::kInvalidXmlValues},
      {"", "AllowUnencrypted", &Settings::allow_unencrypted, 0, 0, nullptr,
       code::kInvalidXmlValues},
#define WSMAN_MECHANISM(kind, name, setting, ...) \
  {"Auth", setting, &Settings::allow_##kind, 0, 0, nullptr, code::kInvalidXmlValues},
#include "transport/mechanisms.def"
#undef WSMAN_MECHANISM
      {"DefaultPorts", "HTTP", &Settings::http_port, 1, 65535, nullptr, code::kConfigPortInvalid},
      {"DefaultPorts", "HTTPS", &Settings::https_port, 1, 65535, nullptr, code::kConfigPortInvalid},
      {"", "TrustedHosts", &Settings::trusted_hosts, 0, 0, problem_with_hosts,
       code::kInvalidHostnamePattern},
      {"", "TrustedCAPath", &Settings::trusted_ca_path, 0, 0, problem_with_ca_path, 0},
      {"", "ClientCertificateFile", &Settings::client_certificate_file, 0, 0,
       problem_with_certificate_file, 0},
      {"", "LegacyTLSHosts", &Settings::legacy_tls_hosts, 0, 0, problem_with_legacy_hosts, 0},
      {"", "AllowFreshCredentials", &Settings::fresh_credentials, 0, 0,
       problem_with_fresh_credentials, 0},
      {"", "CredSSPMinimumVersion", &Settings::credssp_minimum_version, 2, 6, nullptr, 0},
      {"", kConnectTimeoutSetting, &Settings::connect_timeout, 1, kLongestSettingMs, nullptr, 0},
      {"", kTestTimeoutSetting, &Settings::test_timeout, 1, kLongestSettingMs, nullptr, 0},
      {"", "TeardownTimeoutms", &Settings::teardown_timeout, 1, kLongestSettingMs, nullptr, 0},
      {"", "ExitTimeoutms", &Settings::exit_timeout, 1, kLongestSettingMs, nullptr, 0}};
  return all;
}

const Setting* find_setting(const std::string& path) {
  for (const Setting& setting : known_settings()) {
    if (equal_without_case(setting.path(), path)) return &setting;
  }
  return nullptr;
}

JsonValue& object_of(const Setting& setting, JsonValue& document) {
  if (setting.group.empty()) return document;
  JsonValue* const known = document.find(setting.group);
  return known != nullptr ? *known : document.set(setting.group, JsonValue::object());
}

std::string take(const Setting& setting, const JsonValue& value, Settings& settings) {
  return std::visit(
      [&](auto member) -> std::string {
        auto& target = settings.*member;
        using T = std::remove_reference_t<decltype(target)>;
        if constexpr (std::is_same_v<T, bool>) {
          return take_bool(value, target);
        } else if constexpr (std::is_same_v<T, std::string>) {
          return take_text(setting, value, target);
        } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
          return take_list(setting, value, target);
        } else {
          return take_number(setting, value, target);
        }
      },
      setting.member);
}

std::string text_of(const Setting& setting, const Settings& settings) {
  return std::visit(
      [&](auto member) -> std::string {
        const auto& value = settings.*member;
        using T = std::remove_cv_t<std::remove_reference_t<decltype(value)>>;
        if constexpr (std::is_same_v<T, bool>) {
          return value ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::string>) {
          return value;
        } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
          return join_list(value);
        } else {
          return std::to_string(number_in(value));
        }
      },
      setting.member);
}

JsonValue value_from(const Setting& setting, const std::string& text) {
  return std::visit(
      [&](auto member) -> JsonValue {
        using T = std::remove_reference_t<decltype(std::declval<Settings>().*member)>;
        if constexpr (std::is_same_v<T, bool>) {
          if (equal_without_case(text, "true")) return true;
          if (equal_without_case(text, "false")) return false;
          return text;
        } else if constexpr (std::is_same_v<T, std::string>) {
          return text;
        } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
          // Stored without the white space between entries.
          return join_list(split_list(text));
        } else {
          // Anything else stays text, which take() refuses with the range in its sentence.
          if (is_digits(text)) return static_cast<uint64_t>(std::stoull(text));
          return text;
        }
      },
      setting.member);
}

}  // namespace wsman::abi
