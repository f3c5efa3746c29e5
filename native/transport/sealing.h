// Messages that are encrypted inside HTTP: multipart/encrypted, written and read.
//
// Pure functions over octets. What encrypts is the security context of the connection, behind
// Sealer. Two kinds of it exist: GSSAPI seals a message of any size in one piece, whose length is
// stated; TLS (CredSSP) takes so much and no more at a time, in records that say themselves where
// they end, so that a message may have many pieces. [MS-WSMV 2.2.9.1]
#ifndef WSMAN_TRANSPORT_SEALING_H_
#define WSMAN_TRANSPORT_SEALING_H_

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace wsman {

// An encrypted piece of a message, in the two parts that travel.
struct Sealed {
  std::string signature;
  std::string cipher;                           // The message, and what the cipher padded it with.
  std::optional<size_t> length = std::nullopt;  // That is stated, if it is not the cipher's.
};

// Encrypts and decrypts in the order of the messages: one that is lost, repeated or changed on the
// way ends the context.
class Sealer {
 public:
  virtual ~Sealer() = default;

  // What names the mechanism in the messages: "application/HTTP-SPNEGO-session-encrypted".
  virtual std::string protocol() const = 0;

  // How much of a message goes into a piece.
  virtual size_t most_in_piece() const { return std::numeric_limits<size_t>::max(); }

  // Its pieces are TLS records.
  virtual bool seals_in_records() const { return false; }

  // Fails with internal if the context cannot encrypt any more.
  virtual Result<Sealed> seal(std::string_view plain) = 0;

  // `octets` is the signature and then the cipher. The error is a few words: what is wrong.
  virtual Result<std::string> unseal(std::string octets, size_t signature_octets) = 0;
};

// Encrypts a message, piece after piece.
Result<std::vector<Sealed>> seal_pieces(Sealer& sealer, std::string_view plain);

// The Content-Type of a sealed request of so many pieces.
std::string sealed_content_type(const std::string& protocol, size_t pieces = 1);

// Whether an answer of that media type, in lower case, is sealed.
bool is_sealed_type(std::string_view media_type, const Sealer& sealer);

// The body of a sealed request. `original_type` is the Content-Type of what was sealed.
std::string write_sealed(const std::string& protocol, const std::string& original_type,
                         const std::vector<Sealed>& pieces);

struct SealedPiece {
  size_t length = 0;  // Of the message in it, with the padding of the cipher.
  size_t signature_octets = 0;
  std::string_view octets;  // Signature and cipher; a part of the body.
};

// A sealed answer, taken apart by the lengths that it or its records state: its delimiter may occur
// in the cipher. Read are the variants of Windows (part headers begin with a tab), Exchange (a
// blank before the boundary) and OMI (an empty line at the end); of several pieces, those that are
// closed once, at the end, and those that are closed one by one.
struct SealedAnswer {
  std::string original_type;  // "application/soap+xml;charset=UTF-8".
  std::vector<SealedPiece> pieces;
  std::string refusal;  // Empty if the answer is accepted; else a few words.
};
SealedAnswer read_sealed(std::string_view body, std::string_view protocol, bool in_records = false);

// The message of an accepted answer. The error is a few words: what is wrong.
Result<std::string> unseal_pieces(Sealer& sealer, const SealedAnswer& answer);

// Takes off what OMI fills a message up with, up to fifteen NUL.
void strip_padding(std::string& message);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_SEALING_H_
