// The members of a document that comes in: each has the type and range that it must have, or the
// document is refused.
#ifndef WSMAN_ABI_DOCUMENTS_MEMBERS_H_
#define WSMAN_ABI_DOCUMENTS_MEMBERS_H_

#include <array>
#include <cstdint>
#include <exception>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/trace.h"

namespace wsman::abi {

// The reason why a document is refused. Caught by read_document().
class BadRequest : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Each throws BadRequest, which names the member.
std::string text_member(const nlohmann::json& member, const std::string& name);
bool bool_member(const nlohmann::json& member, const std::string& name);
int64_t number_member(const nlohmann::json& member, const std::string& name, int64_t most);
Trace::Level trace_member(const nlohmann::json& member, const std::string& name);

// Calls `read` with each element of an array, which must be an object.
template <typename Read>
void for_each_object(const nlohmann::json& member, const std::string& name, const Read& read) {
  if (!member.is_array()) throw BadRequest("\"" + name + "\" must be an array");
  for (const nlohmann::json& element : member) {
    if (!element.is_object()) throw BadRequest("\"" + name + "\" must hold objects");
    read(element);
  }
}

// A member that the object must have.
inline const nlohmann::json& required(const nlohmann::json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end()) throw BadRequest("\"" + name + "\" is missing");
  return *found;
}

// The value that `text` names in a table of names.
template <typename T, size_t N>
T named(const std::array<std::pair<const char*, T>, N>& names, const nlohmann::json& member,
        const std::string& name) {
  const std::string text = text_member(member, name);
  for (const auto& [known, value] : names) {
    if (text == known) return value;
  }
  throw BadRequest("\"" + text + "\" is no value of \"" + name + "\"");
}

// Parses `text`, and turns an exception of the parser or of `read` into an error.
template <typename T, typename Read>
Result<T> read_document(const std::string& text, const Read& read) {
  try {
    return read(nlohmann::json::parse(text));
  } catch (const nlohmann::json::parse_error& e) {
    return make_error(ErrorCode::invalid_argument,
                      "The request is not JSON at byte " + std::to_string(e.byte));
  } catch (const std::exception& e) {
    return make_error(ErrorCode::invalid_argument,
                      std::string("The request cannot be read: ") + e.what());
  }
}

}  // namespace wsman::abi

#endif  // WSMAN_ABI_DOCUMENTS_MEMBERS_H_
