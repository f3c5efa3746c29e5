// Selectors in text form: Name=value pairs with a separator between, values quoted or not.
#ifndef WSMAN_PROTOCOL_MESSAGE_SELECTOR_TEXT_H_
#define WSMAN_PROTOCOL_MESSAGE_SELECTOR_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "protocol/message/resource.h"

namespace wsman::message {

// The characters that have a meaning in a text.
struct PairSyntax {
  char separator;           // Between two pairs.
  std::string_view quotes;  // Each of these quotes a value; doubled inside, it stands for itself.
  bool trim;                // Whether white space around names and values counts for nothing.
};

// "Name=value", separated. A value ends at the separator, or, if it begins with a quote, at the
// same quote; there the separator has no meaning. Fails with invalid_argument, in a sentence that
// calls the text `what`, for a pair without "=", without a name, or with a quote that does not end
// the value.
Result<std::vector<Selector>> parse_pairs(std::string_view text, const PairSyntax& syntax,
                                          const std::string& what);

// A filter without the white space around it and the braces in which winrm.cmd writes it; they may
// be left out.
std::string without_braces(std::string_view filter);

}  // namespace wsman::message

#endif  // WSMAN_PROTOCOL_MESSAGE_SELECTOR_TEXT_H_
