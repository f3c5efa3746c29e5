// The form in which sealed messages travel. [MS-WSMV 2.2.9.1]
#ifndef WSMAN_TESTS_SERVICE_GSS_SEALED_MESSAGE_H
#define WSMAN_TESTS_SERVICE_GSS_SEALED_MESSAGE_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gss/acceptor.h"
#include "http/message.h"

namespace wsman::service {

inline constexpr std::string_view kSpnegoProtocol = "application/HTTP-SPNEGO-session-encrypted";
inline constexpr std::string_view kKerberosProtocol = "application/HTTP-Kerberos-session-encrypted";

inline constexpr std::string_view kDelimiter = "--Encrypted Boundary";

// Whether `text` begins with `expected`, which is then taken off.
bool take(std::string_view& text, std::string_view expected);

struct SealedMessage {
  std::string protocol;
  std::string original_type;  // "application/soap+xml;charset=UTF-8"
  std::size_t length = 0;     // Of what was sealed.
  Sealed sealed;
};

// How a message is written; the defaults are Windows'.
struct Framing {
  std::string_view indent = "\t";
  std::string_view dashes = "--";
  std::string_view end = "\r\n";
  long added_length = 0;     // What Length= is wrong by.
  std::size_t cut = 0;       // Bytes missing at the end of the ciphertext.
  bool wild_length = false;  // The length of the signature is 4294967295.
};

bool is_sealed(const Request& request);

// Nothing if a single byte is not where it belongs, but for the indent of the parts' headers,
// which may be missing, and what follows the end. Goes by the lengths, since the ciphertext may
// contain the boundary.
std::optional<SealedMessage> read_sealed(const Request& request);

// `response` with its body in this form.
void write_sealed(Response& response, const SealedMessage& message, const Framing& framing);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_SEALED_MESSAGE_H
