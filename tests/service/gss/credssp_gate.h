// CredSSP in HTTP: its tokens, and what travels under seal afterwards.
#ifndef WSMAN_TESTS_SERVICE_GSS_CREDSSP_GATE_H
#define WSMAN_TESTS_SERVICE_GSS_CREDSSP_GATE_H

#include <memory>
#include <string>
#include <string_view>

#include "counts.h"
#include "gss/credssp_peer.h"
#include "gss/gss_options.h"
#include "http/exchange.h"

namespace wsman::service {

class CredsspGate {
 public:
  enum class Verdict {
    answered,
    accepted,  // The exchange carries clear text both ways.
    refused    // reason() says why; what is offered is for somebody else to say.
  };

  // `counts` must outlive it.
  CredsspGate(const GssOptions& options, Counts& counts);

  // The client of that connection, if it has begun with CredSSP.
  static CredsspPeer* peer_of(const ExchangePtr& exchange);

  Verdict take_token(const ExchangePtr& exchange, std::string_view token, GssQuirk quirk);

  // A request without a token, on a connection that is established.
  Verdict admit(const ExchangePtr& exchange, CredsspPeer& peer, GssQuirk quirk);

  const std::string& reason() const { return reason_; }

 private:
  Verdict refuse(std::string reason) {
    reason_ = std::move(reason);
    return Verdict::refused;
  }
  Verdict established(const ExchangePtr& exchange, CredsspPeer& peer);

  const GssOptions options_;
  Counts& counts_;
  std::unique_ptr<CredsspTlsServer> server_;  // Only if it is offered.
  std::string reason_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_CREDSSP_GATE_H
