#include "transport/http/content_type.h"

#include <algorithm>

#include "base/text.h"

namespace wsman::http {
namespace {

// Takes all up to the first of `ends` off `rest`, without blanks around it.
std::string_view take_until(std::string_view& rest, std::string_view ends) {
  const size_t end = std::min(rest.find_first_of(ends), rest.size());
  const std::string_view taken = trimmed(rest.substr(0, end));
  rest.remove_prefix(end);
  return taken;
}

// Takes a quoted string off `rest`, without its quotes. In it a backslash stands before a byte that
// is meant as it is [RFC 9110 5.6.4].
std::string take_quoted(std::string_view& rest) {
  std::string value;
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != '"') {
    if (rest.front() == '\\' && rest.size() > 1) rest.remove_prefix(1);
    value += rest.front();
    rest.remove_prefix(1);
  }
  return value;
}

// Takes the value of a parameter off `rest`, and all behind it up to the next parameter.
std::string take_value(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  const bool quoted = !rest.empty() && rest.front() == '"';
  std::string value = quoted ? take_quoted(rest) : std::string(take_until(rest, ";"));
  (void)take_until(rest, ";");
  return value;
}

}  // namespace

ContentType read_content_type(std::string_view field) {
  ContentType type;
  type.media_type = lower_case(take_until(field, ";"));
  while (!field.empty()) {
    field.remove_prefix(1);
    const std::string_view name = take_until(field, "=;");
    if (field.empty() || field.front() == ';') continue;
    field.remove_prefix(1);
    const std::string value = take_value(field);
    // Single quotes belong to no syntax of HTTP, and occur.
    if (type.charset.empty() && equal_without_case(name, "charset"))
      type.charset = trimmed(value, " \t'");
  }
  return type;
}

}  // namespace wsman::http
