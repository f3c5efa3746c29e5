#include "abi/documents/members.h"

namespace wsman::abi {

using nlohmann::json;

std::string text_member(const json& member, const std::string& name) {
  if (!member.is_string()) throw BadRequest("\"" + name + "\" must be a string");
  return member.get<std::string>();
}

bool bool_member(const json& member, const std::string& name) {
  if (!member.is_boolean()) throw BadRequest("\"" + name + "\" must be true or false");
  return member.get<bool>();
}

int64_t number_member(const json& member, const std::string& name, int64_t most) {
  // A number with a fraction is refused rather than rounded. A number above the range of int64_t
  // becomes negative, and is refused so.
  const bool whole = member.is_number_integer();
  const int64_t value = whole ? member.get<int64_t>() : -1;
  if (value < 0 || value > most) {
    throw BadRequest("\"" + name + "\" must be a whole number from 0 to " + std::to_string(most));
  }
  return value;
}

Trace::Level trace_member(const json& member, const std::string& name) {
  const std::string text = text_member(member, name);
  if (text == "verbose") return Trace::Level::verbose;
  if (text == "debug") return Trace::Level::debug;
  throw BadRequest("\"" + name + "\" must be verbose or debug");
}

}  // namespace wsman::abi
