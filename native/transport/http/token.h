// Tokens, the basic words of HTTP fields [RFC 9110 5.6.2].
#ifndef WSMAN_TRANSPORT_HTTP_TOKEN_H_
#define WSMAN_TRANSPORT_HTTP_TOKEN_H_

#include <string_view>

namespace wsman::http {

// Whether `c` may stand in a token [RFC 9110 5.6.2].
bool is_token_byte(char c);

// True if `text` is not empty and has token bytes only.
bool is_token(std::string_view text);

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_TOKEN_H_
