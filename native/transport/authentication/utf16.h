// Texts in UTF-16LE, as the protocols of Windows carry names and passwords.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_UTF16_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_UTF16_H_

#include <optional>
#include <string_view>

#include "base/secret.h"

namespace wsman::authentication {

// `utf8` in UTF-16LE, without a zero at the end. Nothing if it is not UTF-8 [RFC 3629 3].
std::optional<Secret> to_utf16(std::string_view utf8);

// `utf16` in capitals: Unicode's simple mapping of single units, as Windows compares names. Letters
// beyond the basic plane stay.
Secret upper_case_utf16(std::string_view utf16);

}  // namespace wsman::authentication

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_UTF16_H_
