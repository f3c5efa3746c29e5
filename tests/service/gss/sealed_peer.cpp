#include "gss/sealed_peer.h"

#include <stdexcept>
#include <utility>

namespace wsman::service {
namespace {

constexpr std::size_t kOmiBlock = 16;

void flip_bit(std::string& bytes, std::size_t at) {
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
}

}  // namespace

Framing framing_of(GssQuirk quirk, bool part_tab) {
  Framing framing;
  if (!part_tab) framing.indent = "";
  switch (quirk) {
    case GssQuirk::no_tab:
      framing.indent = "";
      break;
    case GssQuirk::exchange_boundary:
      framing.dashes = "-- ";
      break;
    case GssQuirk::omi_padding:
      framing.indent = "";
      framing.end = "\r\n\r\n";
      break;
    case GssQuirk::wrong_length:
      framing.added_length = 1;
      break;
    case GssQuirk::short_length:
      framing.added_length = -1;
      break;
    case GssQuirk::truncated:
      framing.cut = 8;
      break;
    case GssQuirk::wild_signature_length:
      framing.wild_length = true;
      break;
    default:
      break;
  }
  return framing;
}

SealedPeer::SealedPeer(const GssOptions& options, bool kerberos_scheme)
    : acceptor_(options, kerberos_scheme),
      protocol_(kerberos_scheme ? kKerberosProtocol : kSpnegoProtocol),
      part_tab_(options.part_tab) {}

std::optional<std::string> SealedPeer::open(const SealedMessage& message) {
  if (message.protocol != protocol_) return std::nullopt;
  return acceptor_.unseal(message.sealed);
}

void SealedPeer::close(Response& response, GssQuirk quirk) {
  ++answers_;
  if (quirk == GssQuirk::plain_answer || (quirk == GssQuirk::stop_sealing && answers_ > 1)) return;
  if (quirk == GssQuirk::omi_padding) {
    response.body.append((kOmiBlock - response.body.size() % kOmiBlock) % kOmiBlock, '\0');
  }
  SealedMessage message;
  message.protocol = protocol_;
  if (quirk == GssQuirk::wrong_protocol) {
    message.protocol = of_kerberos_scheme() ? kSpnegoProtocol : kKerberosProtocol;
  }
  message.original_type = response.content_type;
  message.sealed = seal(response.body, quirk);
  // With the padding, which only RC4 has.
  message.length = message.sealed.ciphertext.size();
  if (answers_ == 1) first_ = message.sealed;
  write_sealed(response, message, framing_of(quirk, part_tab_));
}

Sealed SealedPeer::seal(std::string_view text, GssQuirk quirk) {
  // The client never sees the one that is sealed first.
  if (quirk == GssQuirk::reorder) acceptor_.seal(text);
  std::optional<Sealed> sealed = acceptor_.seal(text);
  if (!sealed) throw std::runtime_error("The answer cannot be sealed.");
  if (quirk == GssQuirk::replay && answers_ > 1) return first_;
  if (quirk == GssQuirk::bad_signature) flip_bit(sealed->signature, sealed->signature.size() - 5);
  if (quirk == GssQuirk::bit_flip) flip_bit(sealed->ciphertext, sealed->ciphertext.size() / 2);
  return std::move(*sealed);
}

}  // namespace wsman::service
