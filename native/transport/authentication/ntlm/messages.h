// The messages of NTLM as bytes: NEGOTIATE and AUTHENTICATE are written, CHALLENGE is read.
// [MS-NLMP 2.2.1]
//
// Pure functions. The reader is strict: a field lies behind the header, inside the message and
// apart from the other one, and the target information ends where it says.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_NTLM_MESSAGES_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_NTLM_MESSAGES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"

namespace wsman::ntlm {

// The flags of a message [MS-NLMP 2.2.2.5], as far as this client asks for them.
constexpr uint32_t kUnicode = 0x00000001;
constexpr uint32_t kRequestTarget = 0x00000004;
constexpr uint32_t kSign = 0x00000010;
constexpr uint32_t kSeal = 0x00000020;
constexpr uint32_t kNtlm = 0x00000200;
constexpr uint32_t kAlwaysSign = 0x00008000;
constexpr uint32_t kExtendedSecurity = 0x00080000;
constexpr uint32_t kTargetInfo = 0x00800000;
constexpr uint32_t kVersion = 0x02000000;
constexpr uint32_t k128 = 0x20000000;
constexpr uint32_t kKeyExchange = 0x40000000;
constexpr uint32_t k56 = 0x80000000;

// The kinds of target information [MS-NLMP 2.2.2.1] that this client knows.
enum class AvId : uint16_t { end = 0, flags = 6, timestamp = 7, target_name = 9, binding = 10 };

struct AvPair {
  AvId id;  // Or another number.
  std::string value;
};

struct Challenge {
  uint32_t flags = 0;
  std::string server_challenge;     // 8 bytes.
  std::vector<AvPair> target_info;  // In order, each once, without the end.

  // The value of the pair `id`; null if there is none.
  const std::string* info(AvId id) const;
};

// NEGOTIATE_MESSAGE, without names.
std::string write_negotiate(uint32_t flags);

// Nothing unless `message` is a CHALLENGE_MESSAGE in good order.
std::optional<Challenge> read_challenge(std::string_view message);

// The pairs and their end.
std::string write_target_info(const std::vector<AvPair>& pairs);

// Of an AUTHENTICATE_MESSAGE. Names in UTF-16LE. Borrowed for the call.
struct Authenticate {
  uint32_t flags = 0;
  std::string_view domain;
  std::string_view user;
  std::string_view workstation;
  std::string_view nt_response;
  std::string_view session_key;  // Encrypted.
  std::string_view mic;          // The message integrity code; empty: zeros in its place.
};

// With zeros in the place of the weaker response of LM. Nothing if a field has more than 65535
// bytes.
std::optional<Secret> write_authenticate(const Authenticate& message);

// `number` in `bytes` bytes, the lowest first.
std::string little_endian(uint64_t number, size_t bytes);

}  // namespace wsman::ntlm

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_NTLM_MESSAGES_H_
