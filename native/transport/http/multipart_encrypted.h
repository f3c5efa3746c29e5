// Encrypted messages in HTTP bodies: multipart/encrypted, written and read.
//
// Pure functions over bytes. The security context of the connection encrypts, behind the interface
// Sealer. There are two kinds of context: GSSAPI seals a message of any size in one piece, whose
// length is stated; TLS (CredSSP) seals at most 16 KB at a time, in records that state their own
// length, so that a message may have many pieces. [MS-WSMV 2.2.9.1]
#ifndef WSMAN_TRANSPORT_HTTP_MULTIPART_ENCRYPTED_H_
#define WSMAN_TRANSPORT_HTTP_MULTIPART_ENCRYPTED_H_

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace wsman::http {

// An encrypted piece of a message, in the two parts that are sent.
struct Sealed {
  std::string signature;
  std::string cipher;                           // The message, with the padding of the cipher.
  std::optional<size_t> length = std::nullopt;  // The stated length, if not the cipher's.
};

// Encrypts and decrypts in the order of the messages. A message that is lost, repeated or changed
// on the way ends the context.
class Sealer {
 public:
  virtual ~Sealer() = default;

  // The name of the mechanism in messages: "application/HTTP-SPNEGO-session-encrypted".
  virtual std::string protocol() const = 0;

  // The most bytes of a message that fit into one piece.
  virtual size_t most_in_piece() const { return std::numeric_limits<size_t>::max(); }

  // Whether the pieces are TLS records.
  virtual bool seals_in_records() const { return false; }

  // Fails with internal if the context cannot encrypt any more.
  virtual Result<Sealed> seal(std::string_view plain) = 0;

  // `bytes` is the signature, followed by the cipher. The error is a few words about the cause.
  virtual Result<std::string> unseal(std::string_view bytes, size_t signature_bytes) = 0;
};

// Encrypts a message, piece after piece.
Result<std::vector<Sealed>> seal_pieces(Sealer& sealer, std::string_view plain);

// The Content-Type of a sealed request of so many pieces.
std::string sealed_content_type(const std::string& protocol, size_t pieces = 1);

// Whether an answer with that media type, given in lower case, is sealed.
bool is_sealed_type(std::string_view media_type, const Sealer& sealer);

// The body of a sealed request. `original_type` is the Content-Type of what was sealed.
std::string write_sealed(const std::string& protocol, const std::string& original_type,
                         const std::vector<Sealed>& pieces);

struct SealedPiece {
  size_t length = 0;  // The stated length of the message, with the padding.
  size_t signature_bytes = 0;
  std::string_view bytes;  // Signature and cipher; a part of the body.
};

// A sealed answer, split by the lengths that it or its records state, because the delimiter may
// occur in the cipher. Accepts the variants of Windows (part headers begin with a tab), Exchange (a
// blank before the boundary) and OMI (an empty line at the end). Several pieces may be closed once,
// at the end, or one by one.
struct SealedAnswer {
  std::string original_type;  // "application/soap+xml;charset=UTF-8".
  std::vector<SealedPiece> pieces;
  std::string refusal;  // Empty if the answer is accepted; else a few words.
};
SealedAnswer read_sealed(std::string_view body, std::string_view protocol, bool in_records = false);

// The message of an accepted answer. The error is a few words about the cause.
Result<std::string> unseal_pieces(Sealer& sealer, const SealedAnswer& answer);

// Removes the padding that OMI leaves on a message: up to fifteen NUL bytes.
void strip_padding(std::string& message);

}  // namespace wsman::http

#endif  // WSMAN_TRANSPORT_HTTP_MULTIPART_ENCRYPTED_H_
