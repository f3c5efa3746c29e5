#include "transport/http/challenges.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "transport/http/token.h"

namespace wsman::http {
namespace {

// The bounds keep a hostile head from growing into thousands of strings. No scheme that is in use
// comes near them.
constexpr size_t kMostChallenges = 16;
constexpr size_t kLongestScheme = 64;
constexpr size_t kMostParameters = 16;

// A quoted string without its quotes and backslashes [RFC 9110 5.6.4]; a token as it is.
std::string unquoted(std::string_view value) {
  if (value.empty() || value.front() != '"') return std::string(value);
  std::string text;
  for (size_t i = 1; i < value.size() && value[i] != '"'; ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) ++i;
    text += value[i];
  }
  return text;
}

// "name = value" is a parameter; anything else is none.
void take_parameter(Challenge& challenge, std::string_view element) {
  const size_t equals = element.find('=');
  if (equals == std::string_view::npos || challenge.parameters.size() == kMostParameters) return;
  const std::string_view name = trimmed(element.substr(0, equals));
  if (!is_token(name)) return;
  challenge.parameters.emplace_back(lower_case(name),
                                    unquoted(trimmed(element.substr(equals + 1))));
}

// The length of the element at the start of `text`. It ends at a comma that is not quoted, or with
// the text.
size_t element_length(std::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    // A realm may hold a comma, and the name of another scheme after it.
    if (text[i] == ',' && !quoted) return i;
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '\\' && quoted) ++i;  // A quoted pair [RFC 9110 5.6.4].
  }
  return text.size();
}

// The syntax of token68 [RFC 9110 11.2]. The padding is taken off first, because '=' may stand at
// the end only: a parameter "a=b" is none.
bool is_token68(std::string_view text) {
  const std::string_view body = text.substr(0, text.find_last_not_of('=') + 1);
  return !body.empty() && std::all_of(body.begin(), body.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("-._~+/").find(c) != std::string::npos;
  });
}

// An element that begins a challenge is a scheme alone, or a scheme, blanks, and a token68 or the
// first parameter. The further parameters are elements of their own: "name=value".
std::optional<Challenge> read_element(std::string_view element) {
  const auto end = std::find_if_not(element.begin(), element.end(), is_token_byte);
  const std::string_view scheme = element.substr(0, static_cast<size_t>(end - element.begin()));
  const std::string_view after = element.substr(scheme.size());
  const std::string_view rest = trimmed(after);
  if (scheme.empty() || scheme.size() > kLongestScheme) return std::nullopt;
  // A scheme ends with a blank or with the element. "name=value" is no scheme.
  const bool apart = after.empty() || after.front() == ' ' || after.front() == '\t';
  if (!apart) return std::nullopt;
  // "name = value" is a parameter of the challenge before: blanks may stand around its '=' [RFC
  // 9110 11.2].
  if (!rest.empty() && rest.front() == '=') return std::nullopt;
  Challenge challenge{std::string(scheme), ""};
  if (is_token68(rest)) {
    challenge.token = rest;
  } else {
    take_parameter(challenge, rest);
  }
  return challenge;
}

}  // namespace

const std::string* Challenge::parameter(const std::string& name) const {
  for (const auto& [known, value] : parameters) {
    if (known == name) return &value;
  }
  return nullptr;
}

std::vector<Challenge> read_challenges(const std::vector<std::string>& lines) {
  std::vector<Challenge> challenges;
  for (const std::string& line : lines) {
    std::string_view rest = line;
    while (!rest.empty() && challenges.size() < kMostChallenges) {
      const size_t length = element_length(rest);
      const std::string_view element = trimmed(rest.substr(0, length));
      std::optional<Challenge> challenge = read_element(element);
      if (challenge) {
        challenges.push_back(std::move(*challenge));
      } else if (!challenges.empty()) {
        // The same comma separates challenges and parameters, so an element that begins no
        // challenge belongs to the one before [RFC 9110 11.6.1].
        take_parameter(challenges.back(), element);
      }
      rest.remove_prefix(std::min(rest.size(), length + 1));
    }
  }
  return challenges;
}

}  // namespace wsman::http
