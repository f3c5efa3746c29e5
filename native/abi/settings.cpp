#include "abi/settings.h"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>

namespace wsman {
namespace {

using nlohmann::json;

// Carries what is wrong with one member from the readers below to parse_settings().
class BadMember : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

Error broken(const std::string& path, const std::string& why) {
  return {ErrorCode::settings,
          "The client settings file \"" + path + "\" is broken: " + why +
              ". Correct it, or move it away to use the defaults.",
          0,
          {}};
}

void read_text(const json& object, const char* name, std::string& value) {
  const auto member = object.find(name);
  if (member == object.end()) return;
  if (!member->is_string()) throw BadMember(std::string(name) + " must be a string");
  value = member->get<std::string>();
}

void read_bool(const json& object, const char* name, bool& value) {
  const auto member = object.find(name);
  if (member == object.end()) return;
  if (!member->is_boolean()) throw BadMember(std::string(name) + " must be true or false");
  value = member->get<bool>();
}

int64_t read_number(const json& object, const char* name, int64_t otherwise, int64_t least,
                    int64_t most) {
  const auto member = object.find(name);
  if (member == object.end()) return otherwise;
  const bool whole = member->is_number_integer() &&
                     !(member->is_number_unsigned() && member->get<uint64_t>() > INT64_MAX);
  const int64_t value = whole ? member->get<int64_t>() : least - 1;
  if (value < least || value > most) {
    throw BadMember(std::string(name) + " must be a whole number from " + std::to_string(least) +
                    " to " + std::to_string(most));
  }
  return value;
}

void read_milliseconds(const json& object, const char* name, Milliseconds& value, int64_t least) {
  value = Milliseconds(read_number(object, name, value.count(), least, 600000));
}

// A member that is an object itself; an empty one if it is absent.
json read_object(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end()) return json::object();
  if (!member->is_object()) throw BadMember(std::string(name) + " must be an object");
  return *member;
}

Settings read_settings(const json& document, const std::string& path) {
  if (!document.is_object()) throw BadMember("it must hold one JSON object");
  Settings settings;
  settings.path = path;
  read_milliseconds(document, "NetworkDelayms", settings.network_delay, 500);
  read_text(document, "URLPrefix", settings.url_prefix);
  read_bool(document, "AllowUnencrypted", settings.allow_unencrypted);
  read_bool(read_object(document, "Auth"), "Basic", settings.auth_basic);
  const json ports = read_object(document, "DefaultPorts");
  settings.http_port =
      static_cast<uint16_t>(read_number(ports, "HTTP", settings.http_port, 1, 65535));
  settings.https_port =
      static_cast<uint16_t>(read_number(ports, "HTTPS", settings.https_port, 1, 65535));
  settings.max_envelope_size_kb =
      static_cast<size_t>(read_number(document, "MaxEnvelopeSizekb", 500, 32, 1039440));
  read_text(document, "TrustedCAPath", settings.trusted_ca_path);
  read_milliseconds(document, "TestTimeoutms", settings.test_timeout, 1);
  read_milliseconds(document, "TeardownTimeoutms", settings.teardown_timeout, 1);
  read_milliseconds(document, "ExitTimeoutms", settings.exit_timeout, 1);
  return settings;
}

// What tells one version of a file from the next. Empty if there is no such file.
Result<std::string> stamp_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::string();
    return broken(path, std::generic_category().message(errno));
  }
  if (!S_ISREG(status.st_mode)) return broken(path, "it is not a file");
#if defined(__APPLE__)
  const auto& changed = status.st_mtimespec;
#else
  const auto& changed = status.st_mtim;
#endif
  return std::to_string(status.st_ino) + ":" + std::to_string(status.st_size) + ":" +
         std::to_string(changed.tv_sec) + "." + std::to_string(changed.tv_nsec);
}

}  // namespace

Result<Settings> SettingsFile::current() {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (path_.empty()) return Settings{};
  const Result<std::string> stamp = stamp_of(path_);
  if (!stamp.ok()) return stamp.error();
  if (stamp.value().empty()) {
    Settings defaults;
    defaults.path = path_;
    return defaults;
  }
  if (stamp.value() == stamp_) return settings_;
  std::ifstream file(path_, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return broken(path_, "it cannot be read");
  Result<Settings> settings = parse_settings(text, path_);
  if (settings.ok()) {
    settings_ = settings.value();
    stamp_ = stamp.value();
  }
  return settings;
}

Result<Settings> parse_settings(const std::string& text, const std::string& path) {
  try {
    return read_settings(json::parse(text), path);
  } catch (const json::parse_error& e) {
    return broken(path, "it is not JSON at octet " + std::to_string(e.byte));
  } catch (const std::exception& e) {
    return broken(path, e.what());
  }
}

}  // namespace wsman
