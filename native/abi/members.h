// The members of a document that comes in: each is what it has to be, or the document is refused.
#ifndef WSMAN_ABI_MEMBERS_H_
#define WSMAN_ABI_MEMBERS_H_

#include <array>
#include <cstdint>
#include <exception>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/trace.h"

namespace wsman {

// Why a document is refused. Ends in read_document().
class BadRequest : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Each throws BadRequest, which names the member.
std::string text_member(const nlohmann::json& member, const std::string& name);
bool bool_member(const nlohmann::json& member, const std::string& name);
int64_t number_member(const nlohmann::json& member, const std::string& name, int64_t most);
Trace::Level trace_member(const nlohmann::json& member, const std::string& name);

// Calls `read` with each element, which is an object.
template <typename Read>
void for_each_object(const nlohmann::json& member, const std::string& name, const Read& read) {
  if (!member.is_array()) throw BadRequest("\"" + name + "\" must be an array");
  for (const nlohmann::json& element : member) {
    if (!element.is_object()) throw BadRequest("\"" + name + "\" must hold objects");
    read(element);
  }
}

// The member of an object that must be there.
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

// Parses `text`, and turns what `read` throws into an error.
template <typename T, typename Read>
Result<T> read_document(const std::string& text, const Read& read) {
  try {
    return read(nlohmann::json::parse(text));
  } catch (const nlohmann::json::parse_error& e) {
    return Error{ErrorCode::invalid_argument,
                 "The request is not JSON at octet " + std::to_string(e.byte) + ".",
                 0,
                 {}};
  } catch (const std::exception& e) {
    return Error{ErrorCode::invalid_argument,
                 std::string("The request cannot be read: ") + e.what() + ".",
                 0,
                 {}};
  }
}

}  // namespace wsman

#endif  // WSMAN_ABI_MEMBERS_H_
