// Tokens, the basic words of HTTP fields [RFC 9110 5.6.2].
#ifndef WSMAN_TRANSPORT_HTTP_TOKEN_H_
#define WSMAN_TRANSPORT_HTTP_TOKEN_H_

#include <string_view>

namespace wsman::http {

// Whether `c` may stand in a token [RFC 9110 5.6.2].
bool is_token_byte(char c);

// True if `text` is not empty and has token bytes only.
bool is_token(std::string_view text);

// The end of a line in heads and in the framing of bodies [RFC 9112 2.2].
inline constexpr std::string_view kLineEnd = "\r\n";

// Whether `text` has a control byte other than tab. CR, LF and NUL are dangerous: another reader
// could see a line end there [RFC 9110 5.5].
bool has_control(std::string_view text);

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_TOKEN_H_
