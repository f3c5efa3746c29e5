// The little JSON that the service writes: the ready line and the counts.
#ifndef WSMAN_TESTS_SERVICE_JSON_H
#define WSMAN_TESTS_SERVICE_JSON_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wsman::service {

// `text` (UTF-8) as a JSON string, with its quotation marks.
std::string json_string(std::string_view text);

// An object, member by member, in the order of the calls.
class JsonObject {
 public:
  JsonObject& number(std::string_view name, std::uint64_t value);
  JsonObject& text(std::string_view name, std::string_view value);
  JsonObject& object(std::string_view name, const JsonObject& value);
  JsonObject& list(std::string_view name, const std::vector<JsonObject>& values);

  std::string str() const { return "{" + members_ + "}"; }

 private:
  JsonObject& member(std::string_view name, std::string_view json);

  std::string members_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_JSON_H
