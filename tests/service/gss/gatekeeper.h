// Negotiate, Kerberos and CredSSP: the tokens, who may speak in clear text, and what travels under
// seal.
//
// A connection is authenticated, not a request, as in Windows' HTTP server.
#ifndef WSMAN_TESTS_SERVICE_GSS_GATEKEEPER_H
#define WSMAN_TESTS_SERVICE_GSS_GATEKEEPER_H

#include <functional>
#include <string>
#include <string_view>

#include "counts.h"
#include "gss/credssp_gate.h"
#include "gss/gss_options.h"
#include "gss/sealed_peer.h"
#include "http/exchange.h"

namespace wsman::service {

class Gatekeeper {
 public:
  enum class Verdict {
    not_mine,  // Basic, or nobody: somebody else judges.
    answered,  // An answer to a token, or a refusal.
    accepted   // The client is known, and the exchange carries clear text both ways.
  };

  // `counts` must outlive it. `swap_certificate` is called when the next connection over TLS shall
  // present the other certificate. Sets KRB5_KTNAME if the options name a keytab.
  Gatekeeper(const GssOptions& options, Counts& counts, std::function<void()> swap_certificate);

  Verdict authenticate(const ExchangePtr& exchange, GssQuirk quirk);

  bool offers_basic() const { return options_.offer_basic; }

  // 401 with what is offered at that entrance.
  Response challenge(const Entrance& entrance, GssQuirk quirk = GssQuirk::none) const;

 private:
  bool takes_clear_text(const Entrance& entrance) const;
  bool takes_basic(const Entrance& entrance) const;
  Verdict refuse(const ExchangePtr& exchange, GssQuirk quirk, std::string reason);
  Verdict take_token(const ExchangePtr& exchange, bool kerberos, std::string_view token,
                     GssQuirk quirk);
  Verdict step(const ExchangePtr& exchange, SealedPeer& peer, const std::string& token,
               GssQuirk quirk);
  Verdict established(const ExchangePtr& exchange, SealedPeer& peer, const std::string& token,
                      GssQuirk quirk);
  bool err(const ExchangePtr& exchange, const std::string& scheme, GssQuirk quirk);
  std::string binding_for(const Peer& peer, GssQuirk quirk) const;
  Verdict admit(const ExchangePtr& exchange, SealedPeer& peer, GssQuirk quirk);
  Verdict unseal(const ExchangePtr& exchange, GssQuirk quirk);
  Verdict credssp(const ExchangePtr& exchange, std::string_view token, GssQuirk quirk);
  Verdict pass_on(const ExchangePtr& exchange, CredsspGate::Verdict verdict, GssQuirk quirk);

  const GssOptions options_;
  Counts& counts_;
  std::function<void()> swap_certificate_;
  bool swapped_ = false;  // It is swapped once.
  CredsspGate credssp_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_GSS_GATEKEEPER_H
