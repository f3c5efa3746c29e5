// The security of one connection whose client uses CredSSP: the steps in which it proves itself and
// hands its credential over, and the messages under seal. [MS-CSSP 3.1.5]
#ifndef WSMAN_TESTS_SERVICE_GSS_CREDSSP_PEER_H
#define WSMAN_TESTS_SERVICE_GSS_CREDSSP_PEER_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gss/acceptor.h"
#include "gss/credssp_message.h"
#include "gss/credssp_tls.h"
#include "gss/gss_quirks.h"
#include "gss/sealed_records.h"
#include "http/peer.h"

namespace wsman::service {

class CredsspPeer final : public PeerState {
 public:
  enum class Outcome { go_on, established, refused };
  enum class Phase { shaking, proving, delegating, established };

  // Both outlive it. May throw.
  CredsspPeer(const GssOptions& options, const CredsspTlsServer& server);

  // Takes one token. `answer` receives the records to send, which may be none; also with `refused`.
  Outcome step(std::string_view token, GssQuirk quirk, std::string& answer);

  Phase phase() const { return phase_; }
  bool established() const { return phase_ == Phase::established; }
  const std::string& reason() const { return reason_; }
  Acceptor& acceptor() { return acceptor_; }
  bool was_told() const { return told_; }  // A credential came, right or wrong.

  // The plain text of a request; nothing if it is not the client's next message.
  std::optional<std::string> open(const SealedRecords& message);

  // `response` under seal, erring as `quirk` says.
  void close(Response& response, GssQuirk quirk);

 private:
  Outcome shake_hands(std::string_view token, std::string& answer);
  Outcome hear(const CredsspMessage& message, GssQuirk quirk, std::string& answer);
  Outcome prove(const CredsspMessage& message, GssQuirk quirk, std::string& answer);
  Outcome bind(const CredsspMessage& message, const std::string& token, GssQuirk quirk,
               std::string& answer);
  Outcome take_credential(const CredsspMessage& message);
  Outcome refuse(const std::string& reason) {
    reason_ = reason;
    return Outcome::refused;
  }
  Outcome refuse(const std::string& reason, std::uint32_t status, std::string& answer);
  std::string say(CredsspMessage message, GssQuirk quirk);
  bool is_expected(const DelegatedCredential& credential) const;

  const GssOptions& options_;
  const CredsspTlsServer& server_;
  CredsspTls tls_;
  Acceptor acceptor_;
  Phase phase_ = Phase::shaking;
  int version_ = 0;  // In force.
  bool told_ = false;
  std::string reason_;
  std::uint64_t answers_ = 0;
  std::string first_record_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_CREDSSP_PEER_H
