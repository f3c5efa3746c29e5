#include "abi/settings.h"

#include <sys/stat.h>

#include <cerrno>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "abi/setting_lists.h"
#include "abi/setting_table.h"
#include "abi/settings_store.h"

namespace wsman {
namespace {

using nlohmann::ordered_json;

constexpr int kMostDepth = 32;  // Of what is nested in the file, since JSON is copied by recursion.
constexpr time_t kSettledSeconds = 2;  // Longer than a tick of any file system's clock.

// Carries what is wrong with a document to where it becomes an error.
class BadDocument : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

Error broken(const std::string& path, const std::string& why) {
  return {ErrorCode::settings,
          "The client settings file \"" + path + "\" is broken: " + why +
              ". Correct it, or move it away to use the defaults.",
          0,
          {}};
}

Error refused(const std::string& sentence, uint32_t wsman_code = 0) {
  return {ErrorCode::invalid_argument, with_code(sentence, wsman_code) + ".", wsman_code, {}};
}

// What tells one version of a file from the next. Empty if there is no such file, or if it changed
// so recently that it may change again and look the same.
struct Stamp {
  bool exists = false;
  std::string text;
};

Result<Stamp> stamp_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Stamp{};
    return broken(path, std::generic_category().message(errno));
  }
#if defined(__APPLE__)
  const auto& changed = status.st_mtimespec;
#else
  const auto& changed = status.st_mtim;
#endif
  if (std::time(nullptr) - changed.tv_sec < kSettledSeconds) return Stamp{true, {}};
  return Stamp{true, std::to_string(status.st_ino) + ":" + std::to_string(status.st_size) + ":" +
                         std::to_string(changed.tv_sec) + "." + std::to_string(changed.tv_nsec)};
}

ordered_json parse(const std::string& text) {
  const auto shallow = [](int depth, ordered_json::parse_event_t, ordered_json&) {
    if (depth > kMostDepth) throw BadDocument("it is nested too deeply");
    return true;
  };
  try {
    ordered_json document = ordered_json::parse(text, shallow);
    if (!document.is_object()) throw BadDocument("it must hold one JSON object");
    return document;
  } catch (const ordered_json::parse_error& e) {
    throw BadDocument("it is not JSON at octet " + std::to_string(e.byte));
  } catch (const ordered_json::out_of_range&) {
    throw BadDocument("it holds a number that is too large");
  }
}

// The object that holds a setting; null if it is absent.
template <typename Json>
Json* holder_of(Json& document, const Setting& setting) {
  if (setting.group.empty()) return &document;
  const auto member = document.find(setting.group);
  if (member == document.end()) return nullptr;
  if (!member->is_object()) throw BadDocument(setting.group + " must be an object");
  return &*member;
}

Settings read_settings(const ordered_json& document, const std::string& path) {
  Settings settings;
  settings.path = path;
  for (const Setting& setting : known_settings()) {
    const ordered_json* holder = holder_of(document, setting);
    if (holder == nullptr) continue;
    const auto member = holder->find(setting.name);
    if (member == holder->end()) continue;
    const std::string problem = take(setting, *member, settings);
    if (!problem.empty()) throw BadDocument(setting.path() + " " + problem);
  }
  return settings;
}

Error no_such_setting(const std::string& name) {
  std::string known;
  for (const Setting& setting : known_settings()) {
    known += (known.empty() ? "" : ", ") + setting.path();
  }
  return refused("There is no client setting \"" + name + "\"; there are " + known);
}

Error bad_value(const Setting& setting, const std::string& problem, const std::string& value) {
  // A list's problem names the entry itself.
  const bool names_it = problem.find('"') != std::string::npos;
  return refused("The client setting " + setting.path() + " " + problem +
                     (names_it ? "" : ", and was given \"" + value + "\""),
                 setting.wsman_code);
}

// What can be judged before the file is touched.
Status check(const Setting& setting, const SettingChange& change) {
  Settings scratch;
  if (change.append && setting.list_in(scratch) == nullptr) {
    return refused(
        "Only to TrustedHosts and AllowFreshCredentials can something be added, not to " +
        setting.path());
  }
  const std::string problem = take(setting, value_from(setting, change.value), scratch);
  if (!problem.empty()) return bad_value(setting, problem, change.value);
  return Done{};
}

// The list with what is to be added to it. Entries that are good by themselves clash where one of
// them is *, which stands alone in TrustedHosts.
Result<std::string> appended(const Settings& before, const Setting& setting,
                             const std::string& value) {
  std::vector<std::string> entries = *setting.list_in(before);
  append_entries(entries, split_list(value));
  std::string list = join_list(entries);
  if (setting.check(list).empty()) return list;
  return refused(entries.front() == "*"
                     ? "TrustedHosts is *, which is every host, so nothing can be added to it; set "
                       "it anew instead"
                     : "TrustedHosts has entries already, so * cannot be added to them; set it "
                       "anew instead",
                 setting.wsman_code);
}

// Changes the document in the file, under its lock.
Result<Settings> change_file(const std::string& path, const Setting& setting,
                             const SettingChange& change) {
  const Result<std::optional<std::string>> text = read_file(path);
  if (!text.ok()) return text.error();
  try {
    ordered_json document =
        text.value() ? parse(*text.value()) : ordered_json(ordered_json::object());
    const Settings before = read_settings(document, path);
    Result<std::string> value =
        change.append ? appended(before, setting, change.value) : Result<std::string>(change.value);
    if (!value.ok()) return value.error();
    ordered_json& holder = setting.group.empty() ? document : document[setting.group];
    holder[setting.name] = value_from(setting, value.value());
    Settings after = read_settings(document, path);
    const Status written = replace_file(path, document.dump(2) + "\n");
    if (!written.ok()) return written.error();
    return after;
  } catch (const BadDocument& e) {
    return broken(path, e.what());
  }
}

}  // namespace

Result<Settings> SettingsFile::current() {
  const std::lock_guard<std::mutex> lock(mutex_);
  Settings defaults;
  defaults.path = path_;
  if (path_.empty()) return defaults;
  const Result<Stamp> stamp = stamp_of(path_);
  if (!stamp.ok()) return stamp.error();
  if (!stamp.value().exists) return defaults;
  if (!stamp.value().text.empty() && stamp.value().text == stamp_) return settings_;
  const Result<std::optional<std::string>> text = read_file(path_);
  if (!text.ok()) return text.error();
  if (!text.value()) return defaults;
  Result<Settings> settings = parse_settings(*text.value(), path_);
  if (settings.ok()) {
    settings_ = settings.value();
    stamp_ = stamp.value().text;
  }
  return settings;
}

Result<Settings> SettingsFile::set(const SettingChange& change) {
  const Setting* setting = find_setting(change.name);
  if (setting == nullptr) return no_such_setting(change.name);
  const Status checked = check(*setting, change);
  if (!checked.ok()) return checked.error();
  if (path_.empty()) {
    return Error{ErrorCode::settings, "There is no client settings file to write to.", 0, {}};
  }
  const Result<std::string> real = real_path_of(path_);
  if (!real.ok()) return real.error();
  const Result<FileLock> lock = FileLock::take(real.value(), patience_);
  if (!lock.ok()) return lock.error();
  Result<Settings> settings = change_file(real.value(), *setting, change);
  if (settings.ok()) settings.value().path = path_;
  return settings;
}

Result<Settings> parse_settings(const std::string& text, const std::string& path) {
  try {
    return read_settings(parse(text), path);
  } catch (const BadDocument& e) {
    return broken(path, e.what());
  }
}

}  // namespace wsman
