// Base64, as in Authorization and WWW-Authenticate.
#ifndef WSMAN_TESTS_SERVICE_HTTP_BASE64_H
#define WSMAN_TESTS_SERVICE_HTTP_BASE64_H

#include <optional>
#include <string>
#include <string_view>

namespace wsman::service {

std::string encode_base64(std::string_view bytes);

// Nothing if it is not base64 with all its padding.
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_HTTP_BASE64_H
