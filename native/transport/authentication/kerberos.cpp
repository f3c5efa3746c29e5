// Kerberos (RFC 4559's form, under its own name): tokens of the mechanism itself, without SPNEGO.
#include "transport/authentication/gss_context.h"

namespace wsman {

std::unique_ptr<Mechanism> make_kerberos(const TransportOptions& options, Credential credential) {
  GssPlan plan;
  plan.scheme = "Kerberos";
  plan.protocol = "application/HTTP-Kerberos-session-encrypted";
  plan.uses = {GssUse::kerberos};
  plan.seals = !options.endpoint.tls && !options.no_encryption;
  return make_gss(options, std::move(credential), std::move(plan));
}

}  // namespace wsman
