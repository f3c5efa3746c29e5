#include "transport/connection/access_denied.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/codes.h"
#include "base/text.h"
#include "transport/authentication/policy.h"
#include "transport/http/challenges.h"
#include "transport/tls/certified_key.h"

namespace wsman::connection {
namespace {

// Each scheme once, however many challenges name it. Compared without case [RFC 9110 11.1].
std::vector<std::string> schemes_of(const std::vector<std::string>& lines) {
  std::vector<std::string> schemes;
  for (const http::Challenge& challenge : http::read_challenges(lines)) {
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

// What a server can offer that a mechanism of ours answers. Web servers have others, such as
// Bearer.
constexpr const char* kSchemes[] = {
    "NTLM",
#define WSMAN_MECHANISM(kind, name, ...) name,
#include "transport/mechanisms.def"
#undef WSMAN_MECHANISM
};

// The advice to match what the server offers; where nothing can, it is no WS-Management service.
Advice to_match(const std::vector<std::string>& offered, Advice match) {
  const bool can = std::any_of(std::begin(kSchemes), std::end(kSchemes),
                               [&](const char* scheme) { return has(offered, scheme); });
  return can || offered.empty() ? std::move(match) : Advice(AdviceKey::check_address);
}

std::string listed(const std::vector<std::string>& schemes) {
  std::string list;
  for (const std::string& scheme : schemes) list += (list.empty() ? "" : ", ") + scheme;
  return list.empty() ? "It named no authentication that it accepts."
                      : "It accepts the authentication " + list + ".";
}

std::string user_of(const TransportOptions& options) {
  const Credential& credential = options.credential;
  return credential.given ? " to the user \"" + credential.user_name + "\"" : "";
}

// `rest` says of what, to whom, or why.
Error denied(const TransportOptions& options, const std::string& rest, AdviceList advice,
             const std::string& further = {}) {
  return make_error(ErrorCode::access_denied, code::kAccessDenied,
                    "Access is denied by " + options.endpoint.display() + rest, std::move(advice),
                    further);
}

// Whether the user may be one of the server's own: no domain is given, or the computer's name.
bool may_be_local(const TransportOptions& options) {
  const std::string& user = options.credential.user_name;
  const size_t backslash = user.find('\\');
  if (backslash == std::string::npos) return user.find('@') == std::string::npos;
  const std::string domain = user.substr(0, backslash);
  const std::string& host = options.endpoint.host;
  return domain == "." || equal_without_case(domain, host.substr(0, host.find('.')));
}

// For a credential that may be right. A service that offers Negotiate may be Windows, which has
// accounts of its own.
void add_other_reasons(AdviceList& advice, const TransportOptions& options,
                       const std::vector<std::string>& offered) {
  if (!options.credential.given || !has(offered, "Negotiate")) return;
  if (may_be_local(options)) advice.emplace_back(AdviceKey::check_local_account);
  // Said whatever the password is: an error tells nothing of that.
  if (authentication::effective_kind(options) == AuthenticationKind::basic)
    advice.emplace_back(AdviceKey::use_negotiate_beyond_ascii);
}

}  // namespace

std::string offered_text(const std::vector<std::string>& challenges) {
  return listed(schemes_of(challenges));
}

Error access_denied(const TransportOptions& options, const std::vector<std::string>& challenges) {
  // TLS has accepted the certificate, so the server knows no user for it: its schemes do not
  // matter.
  if (options.certified_key) {
    return denied(options, " to the client certificate " + options.certified_key->subject(),
                  {{AdviceKey::map_certificate, {options.endpoint.called()}}});
  }
  const std::vector<std::string> offered = schemes_of(challenges);
  // A server that does not offer the scheme has not looked at the credential, and the user is not
  // blamed for it. One that offers nothing may have looked: that is all that some say.
  const bool same =
      offered.empty() || has(offered, name_of(authentication::effective_kind(options)));
  const bool checked = options.credential.given && same;
  AdviceList advice{checked ? AdviceKey::check_credential
                            : to_match(offered, AdviceKey::match_authentication)};
  if (checked) add_other_reasons(advice, options, offered);
  return denied(options, checked ? user_of(options) : "", std::move(advice), listed(offered));
}

Error not_accepted(const TransportOptions& options, const std::vector<std::string>& challenges,
                   const std::string& scheme, const authentication::Refusal& refusal,
                   bool is_further) {
  const std::vector<std::string> offered = schemes_of(challenges);
  // The first token goes unasked, so a server without the scheme is found only here.
  if (!has(offered, scheme)) {
    return denied(options, ", which does not offer the authentication " + scheme,
                  {to_match(offered, {AdviceKey::match_or_turn_on, {scheme}})}, listed(offered));
  }
  // Refused at its first message, so the password is not to blame.
  if (refusal.of_mechanism) {
    // Within Negotiate, which it offers, there is one other mechanism.
    if (refusal.mechanism == "NTLM") {
      return denied(options, ", which does not accept NTLM",
                    {{AdviceKey::use_authentication, {"Kerberos"}}});
    }
    return denied(options, ", which does not accept " + refusal.mechanism,
                  {AdviceKey::match_authentication}, listed(offered));
  }
  AdviceList advice{options.credential.given ? AdviceKey::check_credential
                                             : AdviceKey::add_credential_for_ticket};
  // A server answers 401 and no more, whatever is wrong with a ticket: clock, key or user.
  if (refusal.of_ticket) {
    advice.emplace_back(AdviceKey::compare_clocks);
  } else {
    add_other_reasons(advice, options, offered);
    // A server that does not know the connection answers like one that does not know the password.
    if (is_further) advice.push_back({AdviceKey::check_one_connection, {scheme}});
  }
  // A TLS proxy on the way breaks the channel binding, and the server reports that as 401 too.
  // CredSSP binds its tokens to the TLS inside it and not to this one.
  if (options.endpoint.tls && scheme != "CredSSP")
    advice.emplace_back(AdviceKey::look_for_other_certificate);
  // Without TLS there is nothing to bind to, if the server demands it.
  if (!options.endpoint.tls && (scheme == "Negotiate" || scheme == "Kerberos"))
    advice.emplace_back(AdviceKey::use_tls_if_bound);
  return denied(options, user_of(options), std::move(advice), refusal.further);
}

Error refused_after_proof(const TransportOptions& options) {
  return denied(
      options, user_of(options) + ", whom it had accepted a moment before",
      {AdviceKey::check_rights, AdviceKey::look_for_balancer},
      "Each request may have reached it by another connection, and it knows a user by one.");
}

Error token_too_large(const TransportOptions& options, int status, size_t bytes) {
  // The size is reported so that the limits of the server can be compared with it.
  return make_error(ErrorCode::authentication, code::kSecurityUnmapped,
                    options.endpoint.display() + " answered " + std::to_string(status) +
                        " to an authentication with a head of " + std::to_string(bytes) + " bytes",
                    {AdviceKey::raise_head_limits});
}

Error clear_text_refused(const TransportOptions& options) {
  return make_error(
      // The handshake succeeded, so the credential is right and no advice is given about it.
      ErrorCode::unencrypted, code::kAccessDenied,
      "Access is denied by " + options.endpoint.display() +
          " to a message in clear text, though it knows you",
      {AdviceKey::encrypt_messages});
}

}  // namespace wsman::connection
