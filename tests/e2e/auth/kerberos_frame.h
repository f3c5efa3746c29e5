// Sealed messages of Kerberos taken apart and made by hand [RFC 4121 4.2.4], with the cipher of
// libkrb5 and without its GSSAPI.
#ifndef WSMAN_TESTS_E2E_AUTH_KERBEROS_FRAME_H_
#define WSMAN_TESTS_E2E_AUTH_KERBEROS_FRAME_H_

#include <gssapi/gssapi.h>
#include <krb5/krb5.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gss/acceptor.h"

namespace wsman::service {

inline constexpr krb5_keyusage kAcceptorSeal = 22;  // [RFC 4121 2]
inline constexpr krb5_keyusage kInitiatorSeal = 24;

// The flags of a token [RFC 4121 4.2.2].
inline constexpr unsigned kSentByAcceptor = 1;
inline constexpr unsigned kIsSealed = 2;
inline constexpr unsigned kKeyOfAcceptor = 4;

inline constexpr std::size_t kTokenHeader = 16;
inline constexpr std::size_t kConfounder = 16;
inline constexpr std::size_t kMac = 12;  // Of aes256-cts-hmac-sha1-96.
inline constexpr std::size_t kRotation =
    kTokenHeader + kMac;  // The copy of the header, and the MAC.

// The key of a context, and the number of the next message of the client.
struct ContextKey {
  std::int32_t type = 0;
  std::string bytes;
  std::uint64_t next_number = 0;
  bool of_acceptor = false;  // The acceptor chose it.
};

// Takes the key out of the context of either side, which is of no use afterwards. Throws
// std::runtime_error.
ContextKey export_key(gss_ctx_id_t& context);

// The 16 bytes that a token begins with, without padding and rotated by `rotation`.
std::string token_header(unsigned flags, std::uint64_t number, std::size_t rotation);

// Encrypted and rotated: what `unseal` takes for a message of the side that seals by `usage`.
Sealed seal_by_hand(const ContextKey& key, krb5_keyusage usage, std::string_view text,
                    unsigned flags);

// What is inside a sealed message.
struct Opened {
  std::string head;  // The header in clear text.
  std::string text;
  std::string copy;  // The header that was encrypted behind the text.
};

// Nothing if the MAC is not that of the message, under this key and for this use of it.
std::optional<Opened> open_by_hand(const ContextKey& key, krb5_keyusage usage,
                                   const std::string& token);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_E2E_AUTH_KERBEROS_FRAME_H_
