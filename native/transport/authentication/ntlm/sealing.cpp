#include "transport/authentication/ntlm/sealing.h"

#include <openssl/crypto.h>

#include <array>

#include "base/codes.h"
#include "transport/authentication/ntlm/hash.h"
#include "transport/authentication/ntlm/messages.h"

namespace wsman::ntlm {
namespace {

constexpr size_t kChecksumSize = 8;
constexpr uint64_t kMostMessages = 0x100000000;  // The count has four bytes.
constexpr std::string_view kSignatureVersion("\x01\0\0\0", 4);

// The text that makes a key of the session key, with its zero [MS-NLMP 3.4.5.2, 3.4.5.3].
std::string magic(Sender sender, const char* use) {
  const char* way = sender == Sender::client ? "client-to-server" : "server-to-client";
  return "session key to " + std::string(way) + " " + use + " key magic constant" + '\0';
}

Error broken(const std::string& why) {
  return Error{ErrorCode::protocol, why, code::kCannotDecrypt};
}

}  // namespace

Direction::Direction(const Secret& session_key, Sender sender)
    : signing_key_(md5({session_key.view(), magic(sender, "signing")})),
      sealing_key_(md5({session_key.view(), magic(sender, "sealing")})),
      cipher_(sealing_key_.view()) {}

std::optional<std::string> Direction::checksum_of(std::string_view message) const {
  if (count_ == kMostMessages) return std::nullopt;
  const Secret hash = hmac_md5(signing_key_.view(), {little_endian(count_, 4), message});
  return std::string(hash.view().substr(0, kChecksumSize));
}

std::string Direction::stamp(std::string checksum) {
  cipher_.apply(checksum.data(), checksum.size());
  return std::string(kSignatureVersion) + checksum + little_endian(count_++, 4);
}

std::optional<http::Sealed> Direction::seal(std::string_view plain) {
  const std::optional<std::string> checksum = checksum_of(plain);
  if (!checksum) return std::nullopt;
  http::Sealed sealed;
  // The key stream is used for the message first, and then for its checksum. The copy is encrypted
  // at once: nothing in between can fail, and leave it as it is.
  sealed.cipher = plain;
  cipher_.apply(sealed.cipher.data(), sealed.cipher.size());
  sealed.signature = stamp(*checksum);
  return sealed;
}

std::optional<std::string> Direction::sign(std::string_view message) {
  const std::optional<std::string> checksum = checksum_of(message);
  if (!checksum) return std::nullopt;
  return stamp(*checksum);
}

Status Direction::open(std::string& message, std::string_view signature) {
  cipher_.apply(message.data(), message.size());
  return verify(message, signature);
}

Status Direction::verify(std::string_view message, std::string_view signature) {
  if (signature.size() != kSignatureSize || signature.substr(0, 4) != kSignatureVersion) {
    return broken("its signature is none of NTLM");
  }
  // Looked at before the checksum, whose key stream is that of another message otherwise.
  if (signature.substr(kSignatureSize - 4) != little_endian(count_, 4)) {
    return broken("it was repeated, or one before it is missing");
  }
  const std::optional<std::string> expected = sign(message);
  if (!expected) return broken("it is one too many");
  if (CRYPTO_memcmp(expected->data(), signature.data(), kSignatureSize) != 0) {
    return broken("its signature is wrong");
  }
  return Done{};
}

}  // namespace wsman::ntlm
