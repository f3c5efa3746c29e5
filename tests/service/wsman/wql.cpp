#include "wsman/wql.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "http/message.h"

namespace wsman::service {
namespace {

struct Token {
  enum class Kind { word, text, sign };
  Kind kind;
  std::string text;
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '-';
}

// A quoted text off the front of `rest`; a backslash stands before what is taken as it is.
std::optional<std::string> take_quoted(std::string_view& rest) {
  const char quote = rest.front();
  std::string text;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size()) {
      text += rest[++i];
    } else if (rest[i] == quote) {
      rest.remove_prefix(i + 1);
      return text;
    } else {
      text += rest[i];
    }
  }
  return std::nullopt;
}

std::string take_while(std::string_view& rest, bool (*wanted)(char)) {
  std::size_t size = 0;
  while (size < rest.size() && wanted(rest[size])) ++size;
  std::string text(rest.substr(0, size));
  rest.remove_prefix(size);
  return text;
}

std::optional<std::vector<Token>> split(std::string_view rest) {
  std::vector<Token> tokens;
  while (!rest.empty()) {
    const char c = rest.front();
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      rest.remove_prefix(1);
    } else if (c == '\'' || c == '"') {
      auto text = take_quoted(rest);
      if (!text) return std::nullopt;
      tokens.push_back({Token::Kind::text, std::move(*text)});
    } else if (is_word(c)) {
      tokens.push_back({Token::Kind::word, take_while(rest, is_word)});
    } else if (c == '*' || c == ',') {
      tokens.push_back({Token::Kind::sign, std::string(1, c)});
      rest.remove_prefix(1);
    } else {
      std::string sign =
          take_while(rest, [](char s) { return s == '<' || s == '>' || s == '=' || s == '!'; });
      if (sign.empty()) return std::nullopt;
      tokens.push_back({Token::Kind::sign, sign == "!=" ? "<>" : std::move(sign)});
    }
  }
  return tokens;
}

// Reads the tokens from the left.
class Reader {
 public:
  explicit Reader(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  bool at_end() const { return next_ == tokens_.size(); }

  bool skip(Token::Kind kind, std::string_view text) {
    if (at_end() || tokens_[next_].kind != kind || !same_ignoring_case(tokens_[next_].text, text)) {
      return false;
    }
    ++next_;
    return true;
  }
  bool keyword(std::string_view text) { return skip(Token::Kind::word, text); }
  bool sign(std::string_view text) { return skip(Token::Kind::sign, text); }

  std::optional<std::string> take(Token::Kind kind) {
    if (at_end() || tokens_[next_].kind != kind) return std::nullopt;
    return tokens_[next_++].text;
  }
  std::optional<std::string> word() { return take(Token::Kind::word); }

 private:
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
};

std::optional<std::vector<std::string>> read_names(Reader& reader) {
  std::vector<std::string> names;
  if (reader.sign("*")) return names;
  do {
    auto name = reader.word();
    if (!name) return std::nullopt;
    names.push_back(std::move(*name));
  } while (reader.sign(","));
  return names;
}

std::optional<std::string> read_operation(Reader& reader) {
  if (reader.keyword("like")) return "like";
  if (reader.keyword("is")) return reader.keyword("not") ? "is not" : "is";
  auto sign = reader.take(Token::Kind::sign);
  constexpr std::string_view kKnown[] = {"=", "<>", "<", ">", "<=", ">="};
  if (!sign || std::find(std::begin(kKnown), std::end(kKnown), *sign) == std::end(kKnown)) {
    return std::nullopt;
  }
  return sign;
}

std::optional<Comparison> read_comparison(Reader& reader) {
  auto property = reader.word();
  if (!property) return std::nullopt;
  auto operation = read_operation(reader);
  if (!operation) return std::nullopt;
  auto value = reader.take(Token::Kind::text);
  if (!value) value = reader.word();
  if (!value) return std::nullopt;
  if (operation->starts_with("is") && !same_ignoring_case(*value, "null")) return std::nullopt;
  return Comparison{std::move(*property), std::move(*operation), std::move(*value)};
}

std::string lower(std::string_view text) {
  std::string copy(text);
  std::transform(copy.begin(), copy.end(), copy.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return copy;
}

// "%" is any text, "_" is any one byte.
bool like(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern.front() == '%') {
    return like(text, pattern.substr(1)) || (!text.empty() && like(text.substr(1), pattern));
  }
  if (text.empty() || (pattern.front() != '_' && pattern.front() != text.front())) return false;
  return like(text.substr(1), pattern.substr(1));
}

std::optional<double> as_number(const std::string& text) {
  if (text.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return *end == '\0' ? std::optional(value) : std::nullopt;
}

int compare(const std::string& left, const std::string& right) {
  const auto a = as_number(left);
  const auto b = as_number(right);
  if (a && b) return *a < *b ? -1 : static_cast<int>(*a > *b);
  return lower(left).compare(lower(right));
}

}  // namespace

std::optional<WqlQuery> parse_wql(std::string_view text) {
  auto tokens = split(text);
  if (!tokens) return std::nullopt;
  Reader reader(std::move(*tokens));
  WqlQuery query;
  if (!reader.keyword("select")) return std::nullopt;
  auto names = read_names(reader);
  if (!names || !reader.keyword("from")) return std::nullopt;
  auto class_name = reader.word();
  if (!class_name) return std::nullopt;
  query.names = std::move(*names);
  query.class_name = std::move(*class_name);
  if (reader.keyword("where")) {
    do {
      auto comparison = read_comparison(reader);
      if (!comparison) return std::nullopt;
      query.conditions.push_back(std::move(*comparison));
    } while (reader.keyword("and"));
  }
  return reader.at_end() ? std::optional(std::move(query)) : std::nullopt;
}

bool fits(const Object& object, const Comparison& comparison) {
  const Property* const property = object.find(comparison.property);
  const bool nil = property == nullptr || property->values.empty() ||
                   property->values.front().kind == Value::Kind::nil;
  if (comparison.operation == "is") return nil;
  if (comparison.operation == "is not") return !nil;
  if (nil) return false;
  const std::string& text = property->values.front().text;
  if (comparison.operation == "like") return like(lower(text), lower(comparison.value));
  const int order = compare(text, comparison.value);
  if (comparison.operation == "=") return order == 0;
  if (comparison.operation == "<>") return order != 0;
  if (comparison.operation == "<") return order < 0;
  if (comparison.operation == ">") return order > 0;
  return comparison.operation == "<=" ? order <= 0 : order >= 0;
}

}  // namespace wsman::service
