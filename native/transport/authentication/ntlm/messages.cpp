#include "transport/authentication/ntlm/messages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace wsman::ntlm {
namespace {

constexpr std::string_view kSignature("NTLMSSP\0", 8);
constexpr uint32_t kNegotiateType = 1;
constexpr uint32_t kChallengeType = 2;
constexpr uint32_t kAuthenticateType = 3;

constexpr size_t kFields = 8;  // Length, greatest length and offset of a payload.
constexpr size_t kChallengeHeader = 48;
constexpr size_t kVersionSize = 8;
constexpr size_t kAuthenticateHeader = 88;
constexpr size_t kMicSize = 16;
constexpr size_t kMostInField = 0xFFFF;

// More than there are kinds of target information (11), so that a hostile one stays small.
constexpr size_t kMostPairs = 32;
constexpr size_t kPairHeader = 4;
constexpr size_t kTimestampSize = 8;
constexpr size_t kFlagsSize = 4;

// Windows 7 and its NTLMSSP revision 15: for debugging only [MS-NLMP 2.2.2.10].
constexpr std::string_view kOurVersion("\x06\x01\xB1\x1D\0\0\0\x0F", kVersionSize);

// `bytes` has room for it; 0 to 4 bytes.
uint32_t number_at(std::string_view bytes, size_t at, size_t size) {
  uint32_t number = 0;
  for (size_t i = size; i-- > 0;) number = number << 8U | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

struct Payload {
  size_t offset;
  size_t length;
  size_t end() const { return offset + length; }
};

// The payload whose fields stand at `at`, unless it leaves the message or reaches into the header.
std::optional<Payload> payload_at(std::string_view message, size_t at, size_t header) {
  const Payload payload{number_at(message, at + 4, 4), number_at(message, at, 2)};
  // An empty payload is nowhere, whatever its offset is.
  if (payload.length == 0) return Payload{header, 0};
  if (payload.offset < header || payload.offset > message.size()) return std::nullopt;
  if (payload.length > message.size() - payload.offset) return std::nullopt;
  return payload;
}

bool overlap(const Payload& one, const Payload& other) {
  return one.length != 0 && other.length != 0 && one.offset < other.end() &&
         other.offset < one.end();
}

bool has_right_size(AvId id, size_t size) {
  if (id == AvId::timestamp) return size == kTimestampSize;
  return id != AvId::flags || size == kFlagsSize;
}

// The pairs up to the end, which is demanded.
std::optional<std::vector<AvPair>> read_target_info(std::string_view bytes) {
  std::vector<AvPair> pairs;
  while (bytes.size() >= kPairHeader) {
    const auto id = static_cast<AvId>(number_at(bytes, 0, 2));
    const size_t size = number_at(bytes, 2, 2);
    bytes.remove_prefix(kPairHeader);
    if (id == AvId::end) return size == 0 && bytes.empty() ? std::optional(pairs) : std::nullopt;
    const bool repeated =
        std::any_of(pairs.begin(), pairs.end(), [&](const AvPair& pair) { return pair.id == id; });
    if (size > bytes.size() || repeated || pairs.size() == kMostPairs) return std::nullopt;
    if (!has_right_size(id, size)) return std::nullopt;
    pairs.push_back({id, std::string(bytes.substr(0, size))});
    bytes.remove_prefix(size);
  }
  return std::nullopt;
}

// Fields of a payload that is put behind `offset`, which moves on.
std::string fields_of(std::string_view payload, size_t& offset) {
  const std::string length = little_endian(payload.size(), 2);
  std::string fields = length + length + little_endian(offset, 4);
  offset += payload.size();
  return fields;
}

}  // namespace

const std::string* Challenge::info(AvId id) const {
  const auto found = std::find_if(target_info.begin(), target_info.end(),
                                  [&](const AvPair& pair) { return pair.id == id; });
  return found != target_info.end() ? &found->value : nullptr;
}

std::string little_endian(uint64_t number, size_t bytes) {
  std::string text;
  for (size_t i = 0; i < bytes; ++i) text.push_back(static_cast<char>(number >> (8 * i) & 0xFFU));
  return text;
}

std::string write_negotiate(uint32_t flags) {
  std::string message(kSignature);
  message += little_endian(kNegotiateType, 4) + little_endian(flags, 4);
  // Domain and workstation, which no server needs here.
  return message.append(2 * kFields, '\0').append(kOurVersion);
}

std::optional<Challenge> read_challenge(std::string_view message) {
  if (message.size() < kChallengeHeader) return std::nullopt;
  if (message.substr(0, kSignature.size()) != kSignature) return std::nullopt;
  if (number_at(message, 8, 4) != kChallengeType) return std::nullopt;
  Challenge challenge;
  challenge.flags = number_at(message, 20, 4);
  challenge.server_challenge = message.substr(24, 8);
  const size_t version = (challenge.flags & kVersion) != 0 ? kVersionSize : 0;
  const size_t header = kChallengeHeader + version;
  if (message.size() < header) return std::nullopt;
  const std::optional<Payload> name = payload_at(message, 12, header);
  const std::optional<Payload> info = payload_at(message, 40, header);
  if (!name || !info || overlap(*name, *info)) return std::nullopt;
  // Without the flag the fields are to be ignored [MS-NLMP 2.2.1.2].
  if ((challenge.flags & kTargetInfo) == 0) return challenge;
  std::optional<std::vector<AvPair>> pairs =
      read_target_info(message.substr(info->offset, info->length));
  if (!pairs) return std::nullopt;
  challenge.target_info = std::move(*pairs);
  return challenge;
}

std::string write_target_info(const std::vector<AvPair>& pairs) {
  std::string bytes;
  for (const AvPair& pair : pairs) {
    bytes += little_endian(static_cast<uint16_t>(pair.id), 2);
    bytes += little_endian(pair.value.size(), 2) + pair.value;
  }
  return bytes.append(kPairHeader, '\0');
}

std::optional<Secret> write_authenticate(const Authenticate& message) {
  // [MS-NLMP 3.1.5.1.2]
  const std::string no_lm(24, '\0');
  const std::array<std::string_view, 6> payloads = {
      no_lm,        message.nt_response, message.domain,
      message.user, message.workstation, message.session_key};
  const bool fit = std::all_of(payloads.begin(), payloads.end(), [](std::string_view payload) {
    return payload.size() <= kMostInField;
  });
  if (!fit) return std::nullopt;
  Secret bytes(kSignature);
  bytes.append(little_endian(kAuthenticateType, 4));
  size_t offset = kAuthenticateHeader;
  for (const std::string_view payload : payloads) bytes.append(fields_of(payload, offset));
  bytes.append(little_endian(message.flags, 4));
  bytes.append(kOurVersion);
  if (message.mic.empty()) bytes.extend(kMicSize);
  bytes.append(message.mic);
  for (const std::string_view payload : payloads) bytes.append(payload);
  return bytes;
}

}  // namespace wsman::ntlm
