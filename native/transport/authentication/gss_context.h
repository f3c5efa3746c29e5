// What Negotiate and Kerberos have in common: a security context of GSSAPI on one connection.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "transport/authentication/authentication.h"
#include "transport/authentication/gss_stage.h"

namespace wsman {

// What a mechanism does, decided before any traffic.
struct GssPlan {
  std::string scheme;         // Of HTTP: "Negotiate".
  std::string protocol;       // Of sealed messages.
  std::vector<GssUse> uses;   // Tried one after the other.
  bool seals = false;         // Over http, unless the user allowed clear text.
  bool ntlm_refused = false;  // It would be the next, but the server would not have proved itself.
};

// Makes the mechanism. `credential` goes to it. Fails in each context if the library is missing.
std::unique_ptr<Mechanism> make_gss(const TransportOptions& options, Credential credential,
                                    GssPlan plan);

// "HTTP/server01", with the port if the user wants it there.
std::string service_name(const TransportOptions& options);

// The error where NTLM would be needed and the server is not trusted without proof. `why_needed` is
// a sentence, or empty.
Error not_trusted(const TransportOptions& options, const std::string& why_needed);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_
