// The example of NTLMv2 in [MS-NLMP 4.2.4], and messages built by hand.
#ifndef WSMAN_TESTS_NATIVE_TRANSPORT_AUTHENTICATION_NTLM_SPECS_H_
#define WSMAN_TESTS_NATIVE_TRANSPORT_AUTHENTICATION_NTLM_SPECS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "fakes/bytes.h"
#include "transport/authentication/ntlm/messages.h"
#include "transport/authentication/utf16.h"

namespace wsman::testing {

inline std::string utf16(std::string_view text) {
  return std::string(authentication::to_utf16(text)->view());
}

inline const std::string kExampleInfo =
    bytes("0200 0C00 44006F006D00610069006E00 0100 0C00 530065007200760065007200 0000 0000");

// CHALLENGE_MESSAGE [MS-NLMP 4.2.4.3].
inline const std::string kExampleChallenge =
    bytes(
        "4E544C4D53535000 02000000 0C000C0038000000 33828AE2 0123456789ABCDEF 0000000000000000"
        "2400240044000000 060070170000000F 530065007200760065007200") +
    kExampleInfo;

// The flags that a server grants in these tests.
constexpr std::uint32_t kGranted = ntlm::kUnicode | ntlm::kSign | ntlm::kSeal | ntlm::kNtlm |
                                   ntlm::kExtendedSecurity | ntlm::kTargetInfo | ntlm::k128 |
                                   ntlm::kKeyExchange | ntlm::kVersion;

// A CHALLENGE_MESSAGE with that target information, behind a name of no bytes.
inline std::string challenge_with(const std::string& info, std::uint32_t flags = kGranted) {
  const std::string size = ntlm::little_endian(info.size(), 2);
  return bytes("4E544C4D53535000 02000000 0000000038000000") + ntlm::little_endian(flags, 4) +
         bytes("0123456789ABCDEF 0000000000000000") + size + size + bytes("38000000") +
         bytes("060070170000000F") + info;
}

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_TRANSPORT_AUTHENTICATION_NTLM_SPECS_H_
