#include "abi/settings/settings.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <stdexcept>
#include <utility>

#include "abi/settings/setting_lists.h"
#include "abi/settings/setting_table.h"
#include "abi/settings/settings_store.h"
#include "base/file_stamp.h"
#include "base/text.h"

namespace wsman::abi {
namespace {

constexpr time_t kSettledSeconds = 2;  // Longer than a tick of any file system's clock.

// The flaw of a document, on its way to the place that makes an error of it.
class BadDocument : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

Error broken(const std::string& path, const std::string& why) {
  return make_error(ErrorCode::settings,
                    "The client settings file \"" + path + "\" is broken: " + why,
                    {AdviceKey::correct_settings_file});
}

Error refused(const std::string& sentence, uint32_t wsman_code = 0) {
  return make_error(ErrorCode::invalid_argument, wsman_code, sentence);
}

// The version of the settings file. Empty if it cannot be looked at, or if it changed so recently
// that it may change again and look the same.
std::string version_of(const std::string& path) {
  FileStamp stamp = stamp_of(path);
  const bool settled = std::time(nullptr) - stamp.changed >= kSettledSeconds;
  return settled ? std::move(stamp.text) : std::string();
}

// How a text that is not JSON came to be, where that can be seen.
void check_encoding(const std::string& text) {
  if (trimmed(text, " \t\r\n").empty()) {
    throw BadDocument("it is empty; {} has the default of every setting");
  }
  const std::string mark = text.substr(0, 2);
  if (mark == "\xFF\xFE" || mark == "\xFE\xFF") {
    throw BadDocument("it is UTF-16; settings are read in UTF-8");
  }
}

JsonValue parse(const std::string& text) {
  check_encoding(text);
  ParsedJson parsed = parse_json(text);
  switch (parsed.flaw) {
    case JsonFlaw::none:
      break;
    case JsonFlaw::not_json:
      throw BadDocument("it is not JSON at byte " + std::to_string(parsed.byte));
    case JsonFlaw::too_deep:
      throw BadDocument("it is nested too deeply");
    case JsonFlaw::number_too_large:
      throw BadDocument("it holds a number that is too large");
  }
  if (parsed.value.members() == nullptr) throw BadDocument("it must hold one JSON object");
  return std::move(parsed.value);
}

// The object that holds a setting; null if it is absent.
const JsonValue* holder_of(const JsonValue& document, const Setting& setting) {
  if (setting.group.empty()) return &document;
  const JsonValue* const holder = document.find(setting.group);
  if (holder == nullptr || holder->members() != nullptr) return holder;
  throw BadDocument(setting.group + " must be an object");
}

bool is_group(const std::string& name) {
  return !name.empty() &&
         std::any_of(known_settings().begin(), known_settings().end(),
                     [&](const Setting& setting) { return setting.group == name; });
}

// Why a member of `group` is not obeyed, as the end of a sentence; empty if it is.
std::string problem_with_name(const std::string& group, const std::string& name) {
  for (const Setting& setting : known_settings()) {
    if (setting.group == group && equal_without_case(setting.name, name)) {
      return setting.name == name ? "" : "it is written \"" + setting.path() + "\"";
    }
    if (group.empty() && !name.empty() && equal_without_case(setting.group, name)) {
      return setting.group == name ? "" : "it is written \"" + setting.group + "\"";
    }
    if (group.empty() && equal_without_case(setting.path(), name)) {
      return setting.name + " is a member of the object " + setting.group;
    }
  }
  return "there is no such client setting";
}

void remark_on(const std::string& group, const std::string& name, Settings& settings) {
  const std::string problem = problem_with_name(group, name);
  if (problem.empty()) return;
  const std::string shown = group.empty() ? name : group + "/" + name;
  settings.remarks.push_back("The client settings file \"" + settings.path + "\" has \"" + shown +
                             "\", which is not obeyed: " + problem + ".");
}

void remark_on_members(const JsonValue& document, Settings& settings) {
  for (const auto& [name, value] : *document.members()) {
    remark_on("", name, settings);
    if (!is_group(name)) continue;
    for (const auto& [inner, ignored] : *value.members()) remark_on(name, inner, settings);
  }
}

// A setting that is absent, in the file or with its whole group, keeps its default; an unknown
// member is left alone, since a newer version may know it.
Settings read_settings(const JsonValue& document, const std::string& path) {
  Settings settings;
  settings.path = path;
  for (const Setting& setting : known_settings()) {
    const JsonValue* const holder = holder_of(document, setting);
    const JsonValue* const member = holder != nullptr ? holder->find(setting.name) : nullptr;
    if (member == nullptr) continue;
    const std::string problem = take(setting, *member, settings);
    if (!problem.empty()) throw BadDocument(setting.path() + " " + problem);
  }
  remark_on_members(document, settings);
  return settings;
}

// All names are in the message: most unknown names are misspelled ones.
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

// The checks that need no file, so that a refused value takes no lock.
Status check(const SettingChange& change) {
  const Setting* setting = find_setting(change.name);
  if (setting == nullptr) return no_such_setting(change.name);
  Settings scratch;
  if (change.append && change.remove) return refused("Entries are either added or taken out");
  if ((change.append || change.remove) && setting->list_in(scratch) == nullptr) {
    return refused(
        "Only TrustedHosts, LegacyTLSHosts and AllowFreshCredentials have entries, not " +
        setting->path());
  }
  // What is taken out is named by patterns, and need not be what the list could hold.
  if (change.remove) return Done{};
  const std::string problem = take(*setting, value_from(*setting, change.value), scratch);
  if (!problem.empty()) return bad_value(*setting, problem, change.value);
  return Done{};
}

// The list with the new entries. Entries that are good by themselves clash where one of them is *,
// which stands alone in TrustedHosts.
Result<std::string> appended(const Settings& before, const Setting& setting,
                             const std::string& value) {
  std::vector<std::string> entries = *setting.list_in(before);
  append_entries(entries, split_list(value));
  std::string list = join_list(entries);
  if (setting.check(list).empty()) return list;
  // The two ways to clash have different remedies.
  return refused(entries.front() == "*"
                     ? "TrustedHosts is *, which is every host, so nothing can be added to it; set "
                       "it anew instead"
                     : "TrustedHosts has entries already, so * cannot be added to them; set it "
                       "anew instead",
                 setting.wsman_code);
}

// The list without the entries that `patterns` match.
std::string without(const Settings& before, const Setting& setting, const std::string& patterns) {
  std::vector<std::string> entries = *setting.list_in(before);
  remove_entries(entries, split_list(patterns));
  return join_list(entries);
}

// The text that a change gives a setting, by what the file has.
Result<std::string> text_after(const Settings& before, const Setting& setting,
                               const SettingChange& change) {
  if (change.append) return appended(before, setting, change.value);
  if (change.remove) return without(before, setting, change.value);
  return change.value;
}

// One change in the document of a file, and the settings as they are with it.
Result<Settings> changed(JsonValue& document, const Settings& before, const SettingChange& change) {
  const Setting& setting = *find_setting(change.name);
  const Result<std::string> value = text_after(before, setting, change);
  if (!value.ok()) return value.error();
  (void)object_of(setting, document).set(setting.name, value_from(setting, value.value()));
  // Before it is written: a change that made the document invalid must not reach the disk.
  return read_settings(document, before.path);
}

// Changes the document in the file, under its lock. It is read again here: another process may have
// changed it.
Result<Settings> change_file(const std::string& path, const std::vector<SettingChange>& changes) {
  const Result<std::optional<std::string>> text = read_file(path);
  if (!text.ok()) return text.error();
  try {
    JsonValue document = text.value() ? parse(*text.value()) : JsonValue::object();
    // Also finds out whether the file is broken: such a file is never written, since a default in
    // the place of what someone meant is worse than an error.
    Settings settings = read_settings(document, path);
    for (const SettingChange& change : changes) {
      Result<Settings> after = changed(document, settings, change);
      if (!after.ok()) return after;
      settings = std::move(after.value());
    }
    // Indented, because users edit the file by hand too.
    const Status written = replace_file(path, document.document(2) + "\n");
    if (!written.ok()) return written.error();
    return settings;
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
  // Taken before the file is read: after a change in between the file has another version, and is
  // read again.
  const std::string version = version_of(path_);
  // Read once and kept, because every request asks for the settings.
  if (!version.empty() && version == version_) return settings_;
  const Result<std::optional<std::string>> text = read_file(path_);
  if (!text.ok()) return text.error();
  Result<Settings> settings = text.value() ? parse_settings(*text.value(), path_) : defaults;
  if (settings.ok()) exit_timeout_ = settings.value().exit_timeout;
  if (settings.ok() && text.value()) {
    // A broken file is not kept, so that every call reports it until it is repaired.
    settings_ = settings.value();
    version_ = version;
  }
  return settings;
}

Result<Settings> SettingsFile::set(const std::vector<SettingChange>& changes) {
  for (const SettingChange& change : changes) {
    const Status checked = check(change);
    if (!checked.ok()) return checked.error();
  }
  if (path_.empty()) {
    return make_error(ErrorCode::settings, "There is no client settings file to write to");
  }
  // The rename replaces a name: through a symbolic link it would replace the link and not the file.
  const Result<std::string> real = real_path_of(path_);
  if (!real.ok()) return real.error();
  const Result<FileLock> lock = FileLock::take(real.value(), patience_);
  if (!lock.ok()) return lock.error();
  // Also where there is no file yet: what is written there would not be obeyed.
  const Status placed = check_folders(path_);
  if (!placed.ok()) return placed.error();
  Result<Settings> settings = change_file(real.value(), changes);
  // Messages name the path that the user knows.
  if (settings.ok()) settings.value().path = path_;
  if (settings.ok()) exit_timeout_ = settings.value().exit_timeout;
  return settings;
}

Result<Settings> parse_settings(const std::string& text, const std::string& path) {
  try {
    return read_settings(parse(text), path);
  } catch (const BadDocument& e) {
    return broken(path, e.what());
  }
}

}  // namespace wsman::abi
