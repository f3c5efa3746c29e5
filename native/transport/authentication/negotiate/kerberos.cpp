// Kerberos (RFC 4559's form, under its own name): tokens of the mechanism itself, without SPNEGO.
#include "base/codes.h"
#include "transport/authentication/negotiate/mechanism.h"

namespace wsman::negotiate {
namespace {

Status check_target(const TransportOptions& options) {
  // A KDC has principals for names, not for addresses.
  if (!is_address_literal(options.endpoint.host)) return Done{};
  // The user did not choose Kerberos, so the advice is a credential, which makes it Negotiate.
  if (options.authentication == AuthenticationKind::default_) {
    return make_error(ErrorCode::authentication, code::kDefaultAuthIpAddress,
                      "With an IP address the default authentication needs a credential, because "
                      "your Kerberos tickets are for names",
                      {AdviceKey::add_credential_or_name});
  }
  return make_error(ErrorCode::authentication, code::kKerberosIpAddress,
                    "Kerberos does not work with an IP address", {AdviceKey::use_computer_name});
}

}  // namespace
}  // namespace wsman::negotiate

namespace wsman::authentication {

Status check_kerberos(const TransportOptions& options, const Policy& policy) {
  Status allowed = negotiate::check_common(options, policy);
  if (allowed.ok()) allowed = negotiate::check_target(options);
  return allowed.ok() ? negotiate::check_library() : allowed;
}

std::unique_ptr<Mechanism> make_kerberos(const TransportOptions& options, Credential credential,
                                         const Policy& /*policy*/) {
  negotiate::Plan plan;
  plan.scheme = "Kerberos";
  plan.protocol = "application/HTTP-Kerberos-session-encrypted";
  // Nothing comes after it: with this kind the user has excluded NTLM.
  plan.kerberos = gss::Use::kerberos;
  plan.seals = !options.endpoint.tls && !options.no_encryption;
  return negotiate::make_mechanism(options, std::move(credential), std::move(plan));
}

}  // namespace wsman::authentication
