#include "json.h"

#include <array>
#include <cstdio>

namespace wsman::service {

std::string json_string(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      json.append(1, '\\').append(1, c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
      json += escape.data();
    } else {
      json += c;
    }
  }
  return json + "\"";
}

JsonObject& JsonObject::number(std::string_view name, std::uint64_t value) {
  return member(name, std::to_string(value));
}

JsonObject& JsonObject::text(std::string_view name, std::string_view value) {
  return member(name, json_string(value));
}

JsonObject& JsonObject::object(std::string_view name, const JsonObject& value) {
  return member(name, value.str());
}

JsonObject& JsonObject::list(std::string_view name, const std::vector<JsonObject>& values) {
  std::string json;
  for (const JsonObject& value : values) {
    if (!json.empty()) json += ',';
    json += value.str();
  }
  return member(name, "[" + json + "]");
}

JsonObject& JsonObject::member(std::string_view name, std::string_view json) {
  if (!members_.empty()) members_ += ',';
  members_.append(json_string(name)).append(1, ':').append(json);
  return *this;
}

}  // namespace wsman::service
