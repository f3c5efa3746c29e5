// The members of a document that comes in: each has the type and range that it must have, or the
// document is refused.
#ifndef WSMAN_ABI_DOCUMENTS_MEMBERS_H_
#define WSMAN_ABI_DOCUMENTS_MEMBERS_H_

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include "abi/json_value.h"
#include "base/error.h"
#include "base/trace.h"

namespace wsman::abi {

// The reason why a document is refused. Caught by read_document().
class BadRequest : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Each throws BadRequest, which names the member.
std::string text_member(const JsonValue& member, const std::string& name);
bool bool_member(const JsonValue& member, const std::string& name);
int64_t number_member(const JsonValue& member, const std::string& name, int64_t most);
Trace::Level trace_member(const JsonValue& member, const std::string& name);

// Calls `read` with each element of an array, which must be an object.
template <typename Read>
void for_each_object(const JsonValue& member, const std::string& name, const Read& read) {
  if (member.elements() == nullptr) throw BadRequest("\"" + name + "\" must be an array");
  for (const JsonValue& element : *member.elements()) {
    if (element.members() == nullptr) throw BadRequest("\"" + name + "\" must hold objects");
    read(element);
  }
}

// A member that the object must have.
inline const JsonValue& required(const JsonValue& object, const std::string& name) {
  const JsonValue* const found = object.find(name);
  if (found == nullptr) throw BadRequest("\"" + name + "\" is missing");
  return *found;
}

// The value that `text` names in a table of names.
template <typename T, size_t N>
T named(const std::array<std::pair<const char*, T>, N>& names, const JsonValue& member,
        const std::string& name) {
  const std::string text = text_member(member, name);
  for (const auto& [known, value] : names) {
    if (text == known) return value;
  }
  throw BadRequest("\"" + text + "\" is no value of \"" + name + "\"");
}

// What `read` makes of `text`, or the error that says why it is refused.
template <typename T, typename Read>
Result<T> read_document(const std::string& text, const Read& read) {
  const ParsedJson parsed = parse_json(text);
  try {
    if (parsed.flaw == JsonFlaw::too_deep) throw BadRequest("it is nested too deeply");
    if (parsed.flaw == JsonFlaw::number_too_large)
      throw BadRequest("it holds a number that is too large");
    if (parsed.flaw == JsonFlaw::none) return read(parsed.value);
    return make_error(ErrorCode::invalid_argument,
                      "The request is not JSON at byte " + std::to_string(parsed.byte));
  } catch (const BadRequest& e) {
    return make_error(ErrorCode::invalid_argument,
                      std::string("The request cannot be read: ") + e.what());
  }
}

}  // namespace wsman::abi

#endif  // WSMAN_ABI_DOCUMENTS_MEMBERS_H_
