#include "transport/authentication/policy.h"

#include <algorithm>

#include "base/codes.h"
#include "transport/authentication/trusted_hosts.h"

namespace wsman::authentication {

Status check_user_name(const std::string& name, const std::string& user) {
  const auto cannot_hold = [&](const char* what) {
    return make_error(ErrorCode::invalid_argument, name + " cannot hold a " + what,
                      {AdviceKey::leave_out_character});
  };
  // The colon ends the user name in Basic [RFC 7617 2] and in the hash of Digest [RFC 7616 3.4.2].
  if (user.find(':') != std::string::npos) return cannot_hold("colon");
  // Neither scheme can carry one [RFC 7617 2], and in Digest the name stands in the head as it is.
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(user.begin(), user.end(), is_control)) return cannot_hold("control character");
  return Done{};
}

Status check_http_scheme(const std::string& name, const std::string& in_clear,
                         const TransportOptions& options, const Policy& policy) {
  if (!options.credential.given) {
    return make_error(ErrorCode::invalid_argument, code::kClientCredentialsNeeded,
                      name + " authentication needs a user name and a password",
                      {AdviceKey::add_credential});
  }
  Status usable =
      check_user_name("A user name for " + name + " authentication", options.credential.user_name);
  if (!usable.ok()) return usable;
  // Neither scheme encrypts messages, so over http anybody on the way can read and change them.
  if (!options.endpoint.tls && !policy.allow_unencrypted) {
    return make_error(ErrorCode::unencrypted, code::kClientUnencryptedDisabled,
                      "The WinRM client cannot process the request: " + name +
                          " authentication over http would send " + in_clear + " in clear text",
                      {AdviceKey::use_tls, {AdviceKey::allow_by_setting, {"AllowUnencrypted"}}});
  }
  return Done{};
}

Status check_encryption(const TransportOptions& options, const Policy& policy) {
  // The option of the call and the client setting are both needed, as on Windows.
  if (!options.no_encryption || policy.allow_unencrypted) return Done{};
  return make_error(
      ErrorCode::unencrypted, code::kClientUnencryptedDisabled,
      "The WinRM client cannot process the request: every message would be sent in clear text, "
      "which the client settings do not allow",
      {AdviceKey::leave_out_no_encryption, {AdviceKey::allow_by_setting, {"AllowUnencrypted"}}});
}

Status check_credential(const Credential& credential) {
  // Without a credential the tickets of the user count.
  if (!credential.given) return Done{};
  const auto cannot = [](const std::string& sentence, AdviceKey advice) {
    return make_error(ErrorCode::invalid_argument, sentence, {advice});
  };
  if (credential.user_name.empty())
    return cannot("The user name is empty", AdviceKey::add_user_name);
  // Libraries behind GSSAPI take C strings, which end at a NUL: another name or password would be
  // used than the one that was given.
  if (credential.user_name.find('\0') != std::string::npos) {
    return cannot("The user name has a NUL in it", AdviceKey::leave_out_character);
  }
  // An empty password is refused before a KDC could count it as a failed logon.
  if (credential.password.empty()) {
    return cannot("The password is empty, which neither Kerberos nor NTLM accepts",
                  AdviceKey::add_password);
  }
  if (credential.password.view().find('\0') != std::string_view::npos) {
    return cannot("The password has a NUL in it, which neither Kerberos nor NTLM can carry",
                  AdviceKey::choose_other_password);
  }
  return Done{};
}

AuthenticationKind effective_kind(const TransportOptions& options) {
  if (options.authentication != AuthenticationKind::default_) return options.authentication;
  return options.credential.given ? AuthenticationKind::negotiate : AuthenticationKind::kerberos;
}

bool allows_ntlm(const TransportOptions& options, const Policy& policy) {
  // A server that only pretends to be the computer could pass the answer of NTLM on to another one.
  return options.endpoint.tls || is_trusted_host(policy.trusted_hosts, options.endpoint.host);
}

}  // namespace wsman::authentication
