// Negotiate (RFC 4559): SPNEGO with Kerberos inside if that is possible, else with NTLM.
//
// Each is offered alone, first Kerberos and then NTLM. The answer of NTLM is made of the password,
// and so it never goes to a server that has not proved its identity unless the user allowed that.
// The error can also say why Kerberos failed.
#include "base/codes.h"
#include "transport/authentication/gss/mechanism.h"

namespace wsman::gss {
namespace {

// Fails before any traffic if only NTLM is possible and not allowed. Whether Kerberos fails for
// another reason is known only later.
Status check_ways(const TransportOptions& options, const authentication::Policy& policy) {
  if (authentication::allows_ntlm(options, policy)) return Done{};
  const bool address = is_address_literal(options.endpoint.host);
  if (address && options.authentication == AuthenticationKind::default_) {
    return not_trusted(options, code::kDefaultAuthIpAddress);
  }
  if (address) {
    return not_trusted(
        options, code::kServerNotTrusted,
        {"The WinRM client cannot process the request: Kerberos does not work with an "
         "IP address."});
  }
  const Credential& credential = options.credential;
  if (credential.given && read_user_name(credential.user_name).kerberos.empty()) {
    return not_trusted(
        options, code::kServerNotTrusted,
        {"The WinRM client cannot process the request: Kerberos does not know accounts "
         "of the server itself."});
  }
  return Done{};
}

}  // namespace

Plan negotiate_plan(const TransportOptions& options, const Credential& credential,
                    bool ntlm_allowed) {
  Plan plan;
  plan.scheme = "Negotiate";
  plan.protocol = "application/HTTP-SPNEGO-session-encrypted";
  // Kerberos knows no addresses, and no accounts of the server itself.
  const bool local = credential.given && read_user_name(credential.user_name).kerberos.empty();
  if (!local && !is_address_literal(options.endpoint.host)) {
    plan.uses.push_back(Use::spnego_kerberos);
  }
  if (ntlm_allowed) plan.uses.push_back(Use::spnego_ntlm);
  // Over https TLS encrypts; Windows does not seal there either.
  plan.seals = !options.endpoint.tls && !options.no_encryption;
  // For the error: a missing entry in TrustedHosts is advice only if NTLM would have been next.
  plan.ntlm_refused = !ntlm_allowed;
  return plan;
}

}  // namespace wsman::gss

namespace wsman::authentication {

Status check_negotiate(const TransportOptions& options, const Policy& policy) {
  return gss::check_gss(options, policy, gss::check_ways);
}

std::unique_ptr<Mechanism> make_negotiate(const TransportOptions& options, Credential credential,
                                          const Policy& policy) {
  gss::Plan plan = gss::negotiate_plan(options, credential, allows_ntlm(options, policy));
  return gss::make_gss(options, std::move(credential), std::move(plan));
}

}  // namespace wsman::authentication
