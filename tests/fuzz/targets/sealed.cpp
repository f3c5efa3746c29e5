// An encrypted answer: multipart/encrypted by lengths or in TLS records, and what it carries.
#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz.h"
#include "transport/http/multipart_encrypted.h"
#include "transport/http/tls_records.h"

namespace wsman::fuzz {
namespace {

constexpr const char* kProtocol = "application/HTTP-SPNEGO-session-encrypted";

// Seals nothing: a signature, and the message as it is. In records, each is one of TLS.
class Open : public http::Sealer {
 public:
  explicit Open(bool in_records) : in_records_(in_records) {}

  std::string protocol() const override { return kProtocol; }
  size_t most_in_piece() const override { return in_records_ ? 100 : 1000000; }
  bool seals_in_records() const override { return in_records_; }

  Result<http::Sealed> seal(std::string_view plain) override {
    if (!in_records_) return http::Sealed{"signature", std::string(plain)};
    const std::string head{'\x17', '\x03', '\x03', static_cast<char>(plain.size() >> 8U),
                           static_cast<char>(plain.size() & 0xFFU)};
    return http::Sealed{head, std::string(plain), plain.size()};
  }
  Result<std::string> unseal(std::string_view bytes, size_t signature_bytes) override {
    demand(signature_bytes <= bytes.size(), "A signature is longer than its piece");
    return std::string(bytes.substr(signature_bytes));
  }

 private:
  const bool in_records_;
};

// The pieces lie in the body, one behind the other, and are as long as they say.
void check_pieces(std::string_view body, const http::SealedAnswer& answer, bool in_records) {
  demand(!answer.pieces.empty(), "An answer was accepted that has no piece");
  demand(in_records || answer.pieces.size() == 1, "Only records have several pieces");
  const char* from = body.data();
  for (const http::SealedPiece& piece : answer.pieces) {
    demand(piece.bytes.data() >= from &&
               piece.bytes.data() + piece.bytes.size() <= body.data() + body.size(),
           "A piece lies outside the body, or in another one");
    demand(piece.bytes.size() >= piece.signature_bytes + piece.length,
           "A piece is shorter than it says");
    demand(!in_records || http::tls_records_at(piece.bytes) == piece.bytes.size(),
           "A piece is not of whole records");
    from = piece.bytes.data() + piece.bytes.size();
  }
}

// What was written is read, whatever the message is.
void check_written(std::string_view message, bool in_records) {
  Open sealer(in_records);
  const auto pieces = http::seal_pieces(sealer, message);
  demand(pieces.ok(), "A message was not sealed");
  const std::string body = http::write_sealed(kProtocol, "text/xml", pieces.value());
  const http::SealedAnswer answer = http::read_sealed(body, kProtocol, in_records);
  demand(answer.refusal.empty() && answer.original_type == "text/xml",
         "What was written is refused: " + answer.refusal);
  const Result<std::string> plain = http::unseal_pieces(sealer, answer);
  demand(plain.ok() && plain.value() == message, "Another message is read than was written");
}

void read_both_ways(std::string_view body) {
  for (const bool in_records : {false, true}) {
    const http::SealedAnswer answer = http::read_sealed(body, kProtocol, in_records);
    if (answer.refusal.empty()) {
      check_pieces(body, answer, in_records);
      Open sealer(in_records);
      (void)http::unseal_pieces(sealer, answer);
    }
    check_written(body, in_records);
  }
  std::string stripped(body);
  http::strip_padding(stripped);
  demand(body.size() - stripped.size() < 16 && body.substr(0, stripped.size()) == stripped,
         "More than padding was taken off");
}

const Target sealed_target{"sealed", read_both_ways};

}  // namespace
}  // namespace wsman::fuzz
