// Negotiate (RFC 4559): SPNEGO with Kerberos inside where that can be, else with NTLM.
//
// Each is offered alone, first Kerberos and then NTLM: so NTLM's answer, which is made of the
// password, never goes to a server that has not proved itself unless the user allowed that, and an
// error can say why Kerberos was not it.
#include "transport/authentication/gss_context.h"

namespace wsman {

GssPlan negotiate_plan(const TransportOptions& options, const Credential& credential,
                       bool ntlm_allowed) {
  GssPlan plan;
  plan.scheme = "Negotiate";
  plan.protocol = "application/HTTP-SPNEGO-session-encrypted";
  // Kerberos knows no addresses, and no accounts of the server itself.
  const bool local = credential.given && read_user_name(credential.user_name).kerberos.empty();
  if (!local && !is_address_literal(options.endpoint.host)) {
    plan.uses.push_back(GssUse::spnego_kerberos);
  }
  if (ntlm_allowed) plan.uses.push_back(GssUse::spnego_ntlm);
  plan.seals = !options.endpoint.tls && !options.no_encryption;
  plan.ntlm_refused = !ntlm_allowed;
  return plan;
}

std::unique_ptr<Mechanism> make_negotiate(const TransportOptions& options, Credential credential,
                                          bool ntlm_allowed) {
  GssPlan plan = negotiate_plan(options, credential, ntlm_allowed);
  return make_gss(options, std::move(credential), std::move(plan));
}

}  // namespace wsman
