// Base64 (RFC 4648), as tokens and credentials travel in HTTP fields.
#ifndef WSMAN_TRANSPORT_HTTP_BASE64_H_
#define WSMAN_TRANSPORT_HTTP_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace wsman::http {

// Appends `plain` in base64.
void append_base64(Secret& text, std::string_view plain);

// The bytes of `text`. Returns nothing unless it is complete base64: with its padding, unused bits
// that are zero, and nothing else.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_BASE64_H_
