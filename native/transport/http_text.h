// The words that HTTP fields are made of.
#ifndef WSMAN_TRANSPORT_HTTP_TEXT_H_
#define WSMAN_TRANSPORT_HTTP_TEXT_H_

#include <string_view>

namespace wsman {

// ASCII only, whatever the locale says.
bool equal_without_case(std::string_view one, std::string_view other);

bool is_digit(char c);
bool is_letter(char c);

// Whether `c` may stand in a token [RFC 9110 5.6.2].
bool is_token_octet(char c);

// Not empty, and of token octets alone.
bool is_token(std::string_view text);

// Without the blanks and tabs around it.
std::string_view trimmed(std::string_view text);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_HTTP_TEXT_H_
