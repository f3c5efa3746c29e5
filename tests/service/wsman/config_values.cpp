// What a single setting may be.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <regex>

#include "http/message.h"
#include "wsman/config_tree.h"
#include "wsman/fault.h"

namespace wsman::service {
namespace {

using Kind = Setting::Kind;

[[noreturn]] void invalid(const Setting& setting, const std::string& value,
                          std::uint32_t code = kInvalidXmlValues) {
  refuse(code, "'" + value + "' is no value for '" + setting.name + "'.");
}

void check_number(const Setting& setting, const std::string& value) {
  std::uint64_t parsed = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
  if (error != std::errc() || end != value.data() + value.size() || parsed < setting.least ||
      parsed > setting.most) {
    invalid(setting, value);
  }
}

// The parts between separators, without white space around them; none for "".
std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> parts;
  if (trim(text).empty()) return parts;
  std::size_t start = 0;
  for (std::size_t end = 0; end != std::string::npos; start = end + 1) {
    end = text.find(separator, start);
    parts.push_back(trim(std::string_view(text).substr(start, end - start)));
  }
  return parts;
}

bool has_word(const std::string& words, const std::string& value) {
  const auto all = parts_of(words, '|');
  return std::any_of(all.begin(), all.end(),
                     [&value](const std::string& word) { return same_ignoring_case(word, value); });
}

bool is_host_pattern(const std::string& part) {
  if (part.empty()) return false;
  if (part == "<local>") return true;
  if (part.front() == '[') return part.size() > 2 && part.back() == ']';
  return std::all_of(part.begin(), part.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c >= 0x80 ||
           std::string_view("-._*").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

// Nothing can be added to "*", which trusts everybody already.
void check_hosts(const Setting& setting, const std::string& value) {
  const auto hosts = parts_of(value, ',');
  for (const std::string& host : hosts) {
    if (!is_host_pattern(host) || (host == "*" && hosts.size() > 1)) {
      invalid(setting, value, kInvalidHostnamePattern);
    }
  }
}

void check_prefix(const Setting& setting, const std::string& value) {
  const bool known = std::all_of(value.begin(), value.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '/';
  });
  if (!known || value.empty() || value.front() == '/' || value.back() == '/') {
    invalid(setting, value);
  }
}

// "*", nothing, or "a-b, c-d".
void check_ip_filter(const Setting& setting, const std::string& value) {
  if (value == "*") return;
  for (const std::string& range : parts_of(value, ',')) {
    const auto ends = parts_of(range, '-');
    const bool addresses = std::all_of(ends.begin(), ends.end(), [](const std::string& end) {
      return !end.empty() && std::all_of(end.begin(), end.end(), [](unsigned char c) {
        return std::isxdigit(c) != 0 || c == '.' || c == ':';
      });
    });
    if (ends.size() != 2 || !addresses) invalid(setting, value, kInvalidIpFilter);
  }
}

// An owner, a group, and lists of entries with six parts [MS-DTYP 2.5.1]; at least one of these.
void check_sddl(const Setting& setting, const std::string& value) {
  static const std::regex kSddl(
      R"((O:[A-Z0-9-]+)?(G:[A-Z0-9-]+)?([DS]:[A-Z]*(\([A-Z]*;[A-Z]*;[A-Za-z0-9]*;[^;()]*;[^;()]*;[A-Z0-9-]+\))*){0,2})");
  if (value.empty() || !std::regex_match(value, kSddl)) invalid(setting, value);
}

// Whether the setting cannot change at all; with the code for it.
std::uint32_t fixed_code(const Setting& setting) {
  if (!setting.source.empty()) return kPolicyControlled;
  switch (setting.kind) {
    case Kind::read_only:
      return kReadOnlySetting;
    case Kind::deprecated:
      return kDeprecatedSetting;
    case Kind::key:
      return kCannotChangeKeys;
    default:
      return 0;
  }
}

}  // namespace

void check_value(const Setting& setting, const std::string& value) {
  if (const std::uint32_t code = fixed_code(setting)) {
    if (value != setting.text) refuse(code, "'" + setting.name + "' cannot be changed.");
    return;
  }
  switch (setting.kind) {
    case Kind::boolean:
      if (!has_word("true|false", value)) invalid(setting, value);
      return;
    case Kind::number:
      return check_number(setting, value);
    case Kind::choice:
      if (!has_word(setting.words, value)) invalid(setting, value);
      return;
    case Kind::hardening:
      if (!has_word(setting.words, value)) invalid(setting, value, kInvalidHardening);
      return;
    case Kind::hosts:
      return check_hosts(setting, value);
    case Kind::prefix:
      return check_prefix(setting, value);
    case Kind::ip_filter:
      return check_ip_filter(setting, value);
    case Kind::sddl:
      return check_sddl(setting, value);
    default:
      return;
  }
}

}  // namespace wsman::service
