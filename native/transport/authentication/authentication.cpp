#include "transport/authentication/authentication.h"

namespace wsman {
namespace {

constexpr uint32_t kUnencryptedDisabled = 0x803380DE;
constexpr uint32_t kBasicDisabled = 0x803380DF;
constexpr uint32_t kCredentialsNeeded = 0x803380B2;

// Nobody to prove anything about.
class NoAuthentication : public Authenticator {
 public:
  void append_authorization(Secret& /*head*/) const override {}
  void wipe() override {}
};

Error refused(ErrorCode code, uint32_t wsman_code, const std::string& sentence,
              const std::string& advice) {
  return {code, with_code(sentence, wsman_code) + ". " + advice, wsman_code, {}};
}

Error not_offered(AuthenticationKind kind) {
  return refused(
      ErrorCode::authentication, 0,
      std::string("This version offers the authentication Basic and None, not ") + name_of(kind),
      "Use -Authentication Basic with -Credential over HTTPS (-UseSSL).");
}

std::string in_settings(const AuthenticationPolicy& policy) {
  return policy.settings_path.empty() ? "in the client settings" : "in " + policy.settings_path;
}

Status check_basic(const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (!policy.allow_basic) {
    return refused(ErrorCode::authentication, kBasicDisabled,
                   "Basic authentication is turned off by the client settings",
                   "Set \"Basic\": true under \"Auth\" " + in_settings(policy) + ".");
  }
  if (!options.credential.given) {
    return refused(ErrorCode::invalid_argument, kCredentialsNeeded,
                   "Basic authentication needs a user name and a password", "Add -Credential.");
  }
  if (options.credential.user_name.find(':') != std::string::npos) {
    return refused(ErrorCode::invalid_argument, 0,
                   "A user name for Basic authentication cannot hold a colon", "Leave it out.");
  }
  if (!options.endpoint.tls && !policy.allow_unencrypted) {
    return refused(ErrorCode::unencrypted, kUnencryptedDisabled,
                   "Basic authentication over http would send the password in clear text",
                   "Use -UseSSL. To allow it all the same, set \"AllowUnencrypted\": true " +
                       in_settings(policy) + ".");
  }
  return Done{};
}

}  // namespace

const char* name_of(AuthenticationKind kind) {
  switch (kind) {
    case AuthenticationKind::none:
      return "None";
    case AuthenticationKind::default_:
      return "Default";
    case AuthenticationKind::basic:
      return "Basic";
    case AuthenticationKind::negotiate:
      return "Negotiate";
    case AuthenticationKind::kerberos:
      return "Kerberos";
    case AuthenticationKind::digest:
      return "Digest";
    case AuthenticationKind::credssp:
      return "Credssp";
    case AuthenticationKind::client_certificate:
      return "ClientCertificate";
  }
  return "None";
}

Status check_authentication(const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (options.authentication == AuthenticationKind::none) {
    if (!options.credential.given) return Done{};
    return refused(
        ErrorCode::invalid_argument, 0,
        "A credential was given, but with the authentication None nothing is proved with it",
        "Leave -Credential out, or use -Authentication Basic.");
  }
  if (options.authentication == AuthenticationKind::basic) return check_basic(options, policy);
  return not_offered(options.authentication);
}

std::unique_ptr<Authenticator> make_authenticator(AuthenticationKind kind, Credential credential) {
  if (kind == AuthenticationKind::basic) return make_basic(std::move(credential));
  return std::make_unique<NoAuthentication>();
}

}  // namespace wsman
