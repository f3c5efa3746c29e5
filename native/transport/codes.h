// The codes of errors that more than one file of this room reports, as Windows has them.
#ifndef WSMAN_TRANSPORT_CODES_H_
#define WSMAN_TRANSPORT_CODES_H_

#include <cstdint>

namespace wsman {

// ERROR_ACCESS_DENIED and ERROR_LOGON_FAILURE of Windows.
inline constexpr uint32_t kAccessDenied = 5;
inline constexpr uint32_t kLogonFailure = 1326;
// Of WS-Management: ERROR_WSMAN_DESTINATION_UNREACHABLE and so on.
inline constexpr uint32_t kDestinationUnreachable = 0x80338012;
inline constexpr uint32_t kSecurityUnmapped = 0x8033809D;
inline constexpr uint32_t kCannotDecrypt = 0x803380F9;
inline constexpr uint32_t kMutualAuthenticationFailed = 0x803381F0;

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_CODES_H_
