#include "transport/denial.h"

#include <algorithm>

#include "transport/authentication/authentication.h"
#include "transport/authentication/challenges.h"
#include "transport/client_identity.h"
#include "transport/codes.h"
#include "transport/http_text.h"

namespace wsman {
namespace {

// Each scheme once, however many challenges name it. Compared without case [RFC 9110 11.1].
std::vector<std::string> schemes_of(const std::vector<std::string>& lines) {
  std::vector<std::string> schemes;
  for (const Challenge& challenge : read_challenges(lines)) {
    const bool known = std::any_of(schemes.begin(), schemes.end(), [&](const std::string& scheme) {
      return equal_without_case(scheme, challenge.scheme);
    });
    if (!known) schemes.push_back(challenge.scheme);
  }
  return schemes;
}

bool has(const std::vector<std::string>& schemes, const std::string& wanted) {
  return std::any_of(schemes.begin(), schemes.end(),
                     [&](const std::string& scheme) { return equal_without_case(scheme, wanted); });
}

std::string listed(const std::vector<std::string>& schemes) {
  std::string list;
  for (const std::string& scheme : schemes) list += (list.empty() ? "" : ", ") + scheme;
  return list.empty() ? " It named no authentication that it accepts."
                      : " It accepts the authentication " + list + ".";
}

std::string user_of(const TransportOptions& options) {
  const Credential& credential = options.credential;
  return credential.given ? " to the user \"" + credential.user_name + "\"" : "";
}

Error denied(const std::string& sentence, const std::string& advice) {
  return {ErrorCode::access_denied,
          with_code(sentence, kAccessDenied) + "." + advice,
          kAccessDenied,
          {}};
}

}  // namespace

std::string offered_text(const std::vector<std::string>& challenges) {
  return listed(schemes_of(challenges));
}

Error access_denied(const TransportOptions& options, const std::vector<std::string>& challenges) {
  if (options.identity) {
    return denied(options.endpoint.display() + " denied access to the client certificate " +
                      options.identity->subject(),
                  " It has to be mapped to an account there (New-Item WSMan:\\" +
                      options.endpoint.host +
                      "\\ClientCertificate), and Service\\Auth\\Certificate has to be true.");
  }
  const std::vector<std::string> offered = schemes_of(challenges);
  const bool same = has(offered, name_of(effective_kind(options)));
  const bool checked = options.credential.given && same;
  return denied(options.endpoint.display() + " denied access" + (checked ? user_of(options) : ""),
                listed(offered) + (checked ? " Check the user name and the password."
                                           : " Use -Authentication and -Credential to match."));
}

Error not_accepted(const TransportOptions& options, const std::vector<std::string>& challenges,
                   const std::string& scheme, bool ticket) {
  const std::vector<std::string> offered = schemes_of(challenges);
  const std::string where = options.endpoint.display();
  if (!has(offered, scheme)) {
    return denied(where + " does not offer the authentication " + scheme,
                  listed(offered) + " Use -Authentication to match, or turn " + scheme +
                      " on at the server (Service\\Auth).");
  }
  std::string advice = options.credential.given
                           ? " Check the user name and the password."
                           : " It does not accept your Kerberos ticket: give -Credential.";
  // A server says no more than 401, whatever it found wrong with a ticket.
  if (ticket) {
    advice +=
        " If that is not it, compare the clock of the server with yours: Kerberos allows for five "
        "minutes.";
  }
  // Inside CredSSP nothing is bound to the TLS outside.
  if (options.endpoint.tls && scheme != "CredSSP") {
    advice += ticket ? " Or the server uses" : " If that is not it, the server may use";
    advice +=
        " another certificate than the one that came here (channel binding): look for a proxy "
        "between here and there that decrypts TLS.";
  }
  return denied(where + " denied access" + user_of(options), advice);
}

Error token_too_large(const TransportOptions& options, int status, size_t octets) {
  return {
      ErrorCode::authentication,
      with_code(options.endpoint.display() + " answered " + std::to_string(status) +
                    " to an authentication with a head of " + std::to_string(octets) + " octets",
                kSecurityUnmapped) +
          ". A ticket of a user in many groups can be larger than a server takes: raise "
          "MaxFieldLength and MaxRequestBytes of HTTP.sys there.",
      kSecurityUnmapped,
      {}};
}

Error clear_text_refused(const TransportOptions& options) {
  return {ErrorCode::unencrypted,
          with_code(options.endpoint.display() +
                        " knows you, and denied access to a message in clear text",
                    kAccessDenied) +
              ". Leave -NoEncryption out, or use -UseSSL; the service setting AllowUnencrypted "
              "would have to be true.",
          kAccessDenied,
          {}};
}

}  // namespace wsman
