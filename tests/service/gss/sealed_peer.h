// The security of one connection: the client that has proved who it is, and the messages under
// seal.
#ifndef WSMAN_TESTS_SERVICE_GSS_SEALED_PEER_H
#define WSMAN_TESTS_SERVICE_GSS_SEALED_PEER_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gss/acceptor.h"
#include "gss/gss_quirks.h"
#include "gss/sealed_message.h"
#include "http/peer.h"

namespace wsman::service {

Framing framing_of(GssQuirk quirk, bool part_tab);

class SealedPeer final : public PeerState {
 public:
  // `protocol` belongs to the scheme of HTTP, whatever the mechanism within. May throw.
  SealedPeer(const GssOptions& options, bool kerberos_scheme);

  Acceptor& acceptor() { return acceptor_; }
  bool of_kerberos_scheme() const { return protocol_ == kKerberosProtocol; }

  bool established = false;

  // The plain text; nothing if it is not the client's next message to this connection.
  std::optional<std::string> open(const SealedMessage& message);

  // `response` under seal, erring as `quirk` says.
  void close(Response& response, GssQuirk quirk);

 private:
  Sealed seal(std::string_view text, GssQuirk quirk);

  Acceptor acceptor_;
  std::string_view protocol_;
  const bool part_tab_;
  std::uint64_t answers_ = 0;
  Sealed first_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_SEALED_PEER_H
