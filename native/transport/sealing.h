// Messages that are encrypted inside HTTP: multipart/encrypted, written and read.
//
// Pure functions over octets. What encrypts is the security context of the connection, behind
// Sealer. [MS-WSMV 2.2.9.1]
#ifndef WSMAN_TRANSPORT_SEALING_H_
#define WSMAN_TRANSPORT_SEALING_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace wsman {

// An encrypted message in the two pieces that travel.
struct Sealed {
  std::string signature;
  std::string cipher;  // The message, and what the cipher padded it with.
};

// Encrypts and decrypts in the order of the messages: one that is lost, repeated or changed on the
// way ends the context.
class Sealer {
 public:
  virtual ~Sealer() = default;

  // What names the mechanism in the messages: "application/HTTP-SPNEGO-session-encrypted".
  virtual std::string protocol() const = 0;

  // Fails with internal if the context cannot encrypt any more.
  virtual Result<Sealed> seal(std::string_view plain) = 0;

  // `octets` is the signature and then the cipher. The error is a few words: what is wrong.
  virtual Result<std::string> unseal(std::string octets, size_t signature_octets) = 0;
};

// The Content-Type of a sealed request.
std::string sealed_content_type(const std::string& protocol);

// The body of a sealed request. `original_type` is the Content-Type of what was sealed.
std::string write_sealed(const std::string& protocol, const std::string& original_type,
                         const Sealed& sealed);

// A sealed answer, taken apart by the lengths that it states: its delimiter may occur in the
// cipher. Read are the variants of Windows (part headers begin with a tab), Exchange (a blank
// before the boundary) and OMI (an empty line at the end).
struct SealedAnswer {
  std::string original_type;  // "application/soap+xml;charset=UTF-8".
  size_t length = 0;          // Of the message, with the padding of the cipher.
  size_t signature_octets = 0;
  std::string_view octets;  // Signature and cipher; a part of `body`.
  std::string refusal;      // Empty if the answer is accepted; else a few words.
};
SealedAnswer read_sealed(std::string_view body, std::string_view protocol);

// Takes off what OMI fills a message up with, up to fifteen NUL.
void strip_padding(std::string& message);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_SEALING_H_
