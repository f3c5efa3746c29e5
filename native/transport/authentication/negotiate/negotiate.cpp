// Negotiate (RFC 4559): SPNEGO with Kerberos inside if that is possible, else with NTLM.
//
// Each is offered alone, first Kerberos and then NTLM. The answer of NTLM is made of the password,
// and so it never goes to a server that has not proved its identity unless the user allowed that.
// The error can also say why Kerberos failed.
#include "base/codes.h"
#include "transport/authentication/negotiate/mechanism.h"

namespace wsman::negotiate {
namespace {

// Kerberos knows no addresses, and no accounts of the server itself.
bool is_for_kerberos(const TransportOptions& options, const Credential& credential) {
  const bool local =
      credential.given && authentication::read_user_name(credential.user_name).kerberos.empty();
  return !local && !is_address_literal(options.endpoint.host);
}

// The way without a credential is a ticket of the user.
Status check_ticket(const TransportOptions& options) {
  if (!is_address_literal(options.endpoint.host)) return check_library();
  return make_error(ErrorCode::authentication, code::kKerberosIpAddress,
                    "Kerberos does not work with an IP address, and NTLM needs a user name and a "
                    "password",
                    {AdviceKey::add_credential_or_name});
}

// Fails before any traffic if only NTLM is possible and not allowed. Whether Kerberos fails for
// another reason is known only later.
Status check_ways(const TransportOptions& options, const authentication::Policy& policy) {
  const Credential& credential = options.credential;
  if (!credential.given) return check_ticket(options);
  if (authentication::allows_ntlm(options, policy)) return Done{};
  if (is_for_kerberos(options, credential)) return Done{};
  const bool address = is_address_literal(options.endpoint.host);
  if (address && options.authentication == AuthenticationKind::default_) {
    return not_trusted(options, code::kDefaultAuthIpAddress);
  }
  return not_trusted(
      options, code::kServerNotTrusted,
      {address ? "The WinRM client cannot process the request: Kerberos does not work with an "
                 "IP address."
               : "The WinRM client cannot process the request: Kerberos does not know accounts "
                 "of the server itself."});
}

}  // namespace

Plan negotiate_plan(const TransportOptions& options, const Credential& credential,
                    bool ntlm_allowed) {
  Plan plan;
  plan.scheme = "Negotiate";
  plan.protocol = "application/HTTP-SPNEGO-session-encrypted";
  if (is_for_kerberos(options, credential)) plan.kerberos = gss::Use::spnego;
  plan.ntlm = ntlm_allowed && credential.given;
  // Over https TLS encrypts; Windows does not seal there either.
  plan.seals = !options.endpoint.tls && !options.no_encryption;
  // For the error: a missing entry in TrustedHosts is advice only if NTLM would have been next.
  plan.ntlm_refused = !ntlm_allowed;
  return plan;
}

}  // namespace wsman::negotiate

namespace wsman::authentication {

Status check_negotiate(const TransportOptions& options, const Policy& policy) {
  Status usable = negotiate::check_common(options, policy);
  return usable.ok() ? negotiate::check_ways(options, policy) : usable;
}

std::unique_ptr<Mechanism> make_negotiate(const TransportOptions& options, Credential credential,
                                          const Policy& policy) {
  negotiate::Plan plan =
      negotiate::negotiate_plan(options, credential, allows_ntlm(options, policy));
  return negotiate::make_mechanism(options, std::move(credential), std::move(plan));
}

}  // namespace wsman::authentication
