// The rules of the client settings and of the target, checked before any traffic.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_POLICY_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_POLICY_H_

#include <string>
#include <vector>

#include "base/error.h"
#include "transport/transport.h"

namespace wsman::authentication {

// The client settings about authentication, each with its default and its name there.
struct Policy {
  bool allow_unencrypted = false;  // AllowUnencrypted: clear-text credentials and messages on http.
  // Auth.Basic and so on: allow_basic, one for each mechanism.
#define WSMAN_MECHANISM(kind, name, setting, allowed, ...) bool allow_##kind = allowed;
#include "transport/mechanisms.def"
#undef WSMAN_MECHANISM
  // TrustedHosts, each as written: a name or address, either with "*" in it, an IPv6 address in
  // brackets, "<local>", or "*" alone.
  std::vector<std::string> trusted_hosts = {};
  // AllowFreshCredentials: the computers that may get the password itself. Each entry as written, a
  // service, "/" and a computer: "wsman/server01", "wsman/*.example.com". Entries for other
  // services than wsman match nothing.
  std::vector<std::string> fresh_credentials = {};
  int credssp_minimum_version = 5;  // CredSSPMinimumVersion; below 5 is open to CVE-2018-0886.
};

// Fails with invalid_argument for what neither Basic nor Digest can carry in a user name. `name`
// begins the sentence: "A user name for Basic authentication".
Status check_user_name(const std::string& name, const std::string& user);

// Checks the needs of Basic and Digest, neither of which encrypts a message. `in_clear` names what
// http would show. Fails with invalid_argument or unencrypted.
Status check_http_scheme(const std::string& name, const std::string& in_clear,
                         const TransportOptions& options, const Policy& policy);

// Whether messages may go in clear text, if that was asked for. Fails with unencrypted.
Status check_encryption(const TransportOptions& options, const Policy& policy);

// Fails with invalid_argument for a credential that neither Kerberos nor NTLM can take.
Status check_credential(const Credential& credential);

// The mechanism for Default: Kerberos with the tickets of the user, Negotiate with a credential, as
// on Windows. Every other kind stands for itself.
AuthenticationKind effective_kind(const TransportOptions& options);

// NTLM does not prove the identity of the server, so it is used only if TLS has proved it, or if
// TrustedHosts has the server.
bool allows_ntlm(const TransportOptions& options, const Policy& policy);

}  // namespace wsman::authentication

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_POLICY_H_
