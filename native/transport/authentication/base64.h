// Base64 (RFC 4648), as tokens and credentials travel in HTTP fields.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_BASE64_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_BASE64_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace wsman {

// Appends `plain` in base64.
void append_base64(Secret& text, std::string_view plain);

// The octets of `text`; nothing if it is not whole, canonical base64.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_BASE64_H_
