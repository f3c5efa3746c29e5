#include "abi/documents/members.h"

namespace wsman::abi {

std::string text_member(const JsonValue& member, const std::string& name) {
  if (member.text() == nullptr) throw BadRequest("\"" + name + "\" must be a string");
  return *member.text();
}

bool bool_member(const JsonValue& member, const std::string& name) {
  if (member.boolean() == nullptr) throw BadRequest("\"" + name + "\" must be true or false");
  return *member.boolean();
}

int64_t number_member(const JsonValue& member, const std::string& name, int64_t most) {
  // A number with a fraction is refused rather than rounded.
  const int64_t value = member.whole().value_or(-1);
  if (value < 0 || value > most) {
    throw BadRequest("\"" + name + "\" must be a whole number from 0 to " + std::to_string(most));
  }
  return value;
}

Trace::Level trace_member(const JsonValue& member, const std::string& name) {
  const std::string text = text_member(member, name);
  if (text == "verbose") return Trace::Level::verbose;
  if (text == "debug") return Trace::Level::debug;
  throw BadRequest("\"" + name + "\" must be verbose or debug");
}

}  // namespace wsman::abi
