#include "protocol/message/selector_text.h"

#include "protocol/xml/errors.h"
#include "protocol/xml/xml.h"

namespace wsman::message {
namespace {

// Reads from the front of the text; `left_` is the part that is not read yet.
class PairReader {
 public:
  PairReader(std::string_view text, const PairSyntax& syntax, const std::string& what)
      : left_(text), syntax_(syntax), what_(what) {}

  Result<std::vector<Selector>> read() {
    std::vector<Selector> pairs;
    while (true) {
      Result<Selector> pair = read_pair();
      if (!pair.ok()) return pair.error();
      pairs.push_back(std::move(pair.value()));
      if (left_.empty()) return pairs;
      left_.remove_prefix(1);  // The separator.
      // A separator at the end is allowed where white space is: both are how people write a filter
      // by hand.
      if (syntax_.trim && xml::stripped(left_).empty()) return pairs;
    }
  }

 private:
  Result<Selector> read_pair() {
    // The separator before a "=" ends a part that has no "=".
    const size_t sign = left_.find_first_of(std::string{'=', syntax_.separator});
    if (sign == std::string_view::npos || left_[sign] != '=')
      return broken("every part must have the form Name=value");
    const std::string name = tidy(left_.substr(0, sign));
    if (name.empty()) return broken("a name is missing before \"=\"");
    left_.remove_prefix(sign + 1);
    Result<std::string> value = read_value();
    if (!value.ok()) return value.error();
    return Selector{name, std::move(value.value())};
  }

  Result<std::string> read_value() {
    if (syntax_.trim) skip_blanks();
    if (!left_.empty() && syntax_.quotes.find(left_.front()) != std::string_view::npos)
      return read_quoted();
    const size_t end = std::min(left_.find(syntax_.separator), left_.size());
    const std::string value = tidy(left_.substr(0, end));
    left_.remove_prefix(end);
    return value;
  }

  Result<std::string> read_quoted() {
    const char quote = left_.front();
    left_.remove_prefix(1);
    std::string value;
    while (true) {
      const size_t end = left_.find(quote);
      if (end == std::string_view::npos) return broken("a quoted value does not end");
      value += left_.substr(0, end);
      left_.remove_prefix(end + 1);
      // A quote that is doubled stands for itself.
      if (left_.empty() || left_.front() != quote) break;
      value += quote;
      left_.remove_prefix(1);
    }
    if (syntax_.trim) skip_blanks();
    // Text after the quote would be dropped, and the value be another than the one that was meant.
    if (!left_.empty() && left_.front() != syntax_.separator)
      return broken("something follows the end of a quoted value");
    return value;
  }

  void skip_blanks() {
    const size_t text = std::min(left_.find_first_not_of(" \t\r\n"), left_.size());
    left_.remove_prefix(text);
  }

  std::string tidy(std::string_view text) const {
    return syntax_.trim ? xml::stripped(text) : std::string(text);
  }

  Error broken(const std::string& flaw) const {
    return xml::invalid_argument("The " + what_ + " cannot be read: " + flaw,
                                 {{AdviceKey::quote_value, {std::string(1, syntax_.separator)}}});
  }

  std::string_view left_;
  const PairSyntax& syntax_;
  const std::string& what_;
};

}  // namespace

Result<std::vector<Selector>> parse_pairs(std::string_view text, const PairSyntax& syntax,
                                          const std::string& what) {
  return PairReader(text, syntax, what).read();
}

std::string without_braces(std::string_view filter) {
  const std::string text = xml::stripped(filter);
  const bool braced = text.size() >= 2 && text.front() == '{' && text.back() == '}';
  return braced ? text.substr(1, text.size() - 2) : text;
}

}  // namespace wsman::message
