#include "transport/authentication/authentication.h"

#include <optional>

#include "transport/authentication/credssp.h"
#include "transport/authentication/gss_context.h"
#include "transport/trusted_hosts.h"

namespace wsman {
namespace {

constexpr uint32_t kUnencryptedDisabled = 0x803380DE;
constexpr uint32_t kBasicDisabled = 0x803380DF;
constexpr uint32_t kCertificateDisabled = 0x803380E3;
constexpr uint32_t kCertificateOverHttp = 0x803380D8;
constexpr uint32_t kCertificateAndCredential = 0x803380AF;
constexpr uint32_t kDigestDisabled = 0x803380E0;
constexpr uint32_t kNegotiateDisabled = 0x803380E1;
constexpr uint32_t kKerberosDisabled = 0x803380E2;
constexpr uint32_t kServiceNameUnused = 0x803380AE;
constexpr uint32_t kCredentialsNeeded = 0x803380B2;
constexpr uint32_t kKerberosAddress = 0x8033810B;
constexpr uint32_t kDefaultAddress = 0x803381BB;

// Nobody to prove anything about.
class NoContext : public SecurityContext {
 public:
  void append_authorization(Secret& /*head*/, const RequestLine& /*line*/) override {}
};

class NoMechanism : public Mechanism {
 public:
  std::unique_ptr<SecurityContext> begin(std::string /*channel_binding*/) override {
    return std::make_unique<NoContext>();
  }
  bool wipe() override { return true; }
};

Error refused(ErrorCode code, uint32_t wsman_code, const std::string& sentence,
              const std::string& advice) {
  return {code, with_code(sentence, wsman_code) + ". " + advice, wsman_code, {}};
}

// The command that mends it.
std::string setting(const std::string& path) {
  return "Set-Item WSMan:\\localhost\\Client\\" + path + " -Value $true";
}

Error turned_off(const std::string& name, uint32_t wsman_code) {
  return refused(ErrorCode::authentication, wsman_code,
                 name + " authentication is turned off by the client settings",
                 "To turn it on: " + setting("Auth\\" + name));
}

// What the two schemes of HTTP itself need; neither encrypts a message.
Status check_http(const std::string& name, const std::string& in_clear,
                  const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (!options.credential.given) {
    return refused(ErrorCode::invalid_argument, kCredentialsNeeded,
                   name + " authentication needs a user name and a password", "Add -Credential.");
  }
  if (options.credential.user_name.find(':') != std::string::npos) {
    return refused(ErrorCode::invalid_argument, 0,
                   "A user name for " + name + " authentication cannot hold a colon",
                   "Leave it out.");
  }
  if (!options.endpoint.tls && !policy.allow_unencrypted) {
    return refused(ErrorCode::unencrypted, kUnencryptedDisabled,
                   name + " authentication over http would send " + in_clear + " in clear text",
                   "Use -UseSSL. To allow it all the same: " + setting("AllowUnencrypted"));
  }
  return Done{};
}

Status check_basic(const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (!policy.allow_basic) return turned_off("Basic", kBasicDisabled);
  return check_http("Basic", "the password", options, policy);
}

Status check_digest(const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (!policy.allow_digest) return turned_off("Digest", kDigestDisabled);
  return check_http("Digest", "every message", options, policy);
}

Status check_certificate(const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (!policy.allow_certificate) return turned_off("Certificate", kCertificateDisabled);
  if (options.credential.given) {
    return refused(ErrorCode::invalid_argument, kCertificateAndCredential,
                   "A client certificate and a credential cannot be given together",
                   "Leave -Credential out.");
  }
  if (!options.endpoint.tls) {
    return refused(ErrorCode::invalid_argument, kCertificateOverHttp,
                   "A client certificate is shown over https only", "Use -UseSSL.");
  }
  return Done{};
}

Status check_encryption(const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (!options.no_encryption || policy.allow_unencrypted) return Done{};
  return refused(ErrorCode::unencrypted, kUnencryptedDisabled,
                 "-NoEncryption would send every message in clear text, which the client settings "
                 "do not allow",
                 "Leave it out. To allow it all the same: " + setting("AllowUnencrypted"));
}

Status check_kerberos(const TransportOptions& options, const AuthenticationPolicy& policy) {
  if (!policy.allow_kerberos) return turned_off("Kerberos", kKerberosDisabled);
  if (!is_address_literal(options.endpoint.host)) return Done{};
  if (options.authentication == AuthenticationKind::default_) {
    return refused(ErrorCode::authentication, kDefaultAddress,
                   "With an IP address the default authentication needs a credential, because your "
                   "Kerberos tickets are for names",
                   "Give the computer's name, or -Credential.");
  }
  return refused(ErrorCode::authentication, kKerberosAddress,
                 "Kerberos does not work with an IP address", "Give the computer's name.");
}

Error default_not_for_address(const TransportOptions& options) {
  Error error = not_trusted(options, "");
  const std::string old_code = with_code("", error.wsman_code);
  error.message.replace(error.message.find(old_code), old_code.size(),
                        with_code("", kDefaultAddress));
  error.wsman_code = kDefaultAddress;
  return error;
}

// That NTLM is all there can be is known before any traffic; that it comes to that, only later.
Status check_negotiate(const TransportOptions& options, const AuthenticationPolicy& policy) {
  const bool is_negotiate = effective_kind(options) == AuthenticationKind::negotiate;
  if (is_negotiate && !policy.allow_negotiate) {
    return turned_off("Negotiate", kNegotiateDisabled);
  }
  if (allows_ntlm(options, policy)) return Done{};
  const bool address = is_address_literal(options.endpoint.host);
  if (address && options.authentication == AuthenticationKind::default_) {
    return default_not_for_address(options);
  }
  if (address) return not_trusted(options, "Kerberos does not work with an IP address.");
  const Credential& credential = options.credential;
  if (credential.given && read_user_name(credential.user_name).kerberos.empty()) {
    return not_trusted(options, "Kerberos does not know accounts of the server itself.");
  }
  return Done{};
}

Status check_gss(const TransportOptions& options, const AuthenticationPolicy& policy) {
  Status usable = check_credential(options.credential);
  if (!usable.ok()) return usable;
  Status encrypted = check_encryption(options, policy);
  if (!encrypted.ok()) return encrypted;
  Status allowed = effective_kind(options) == AuthenticationKind::kerberos
                       ? check_kerberos(options, policy)
                       : check_negotiate(options, policy);
  if (!allowed.ok()) return allowed;
  const Result<const gss::Library*> library = gss::library();
  if (!library.ok()) return library.error();
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

Status check_credential(const Credential& credential) {
  if (!credential.given) return Done{};
  const auto cannot = [](const std::string& sentence, const std::string& advice) {
    return refused(ErrorCode::invalid_argument, 0, sentence, advice);
  };
  if (credential.user_name.empty()) return cannot("The user name is empty", "Give one.");
  if (credential.user_name.find('\0') != std::string::npos) {
    return cannot("The user name has a NUL in it", "Leave it out.");
  }
  if (credential.password.empty()) {
    return cannot("The password is empty, which neither Kerberos nor NTLM accepts", "Give one.");
  }
  if (credential.password.view().find('\0') != std::string_view::npos) {
    return cannot("The password has a NUL in it, which neither Kerberos nor NTLM can carry",
                  "Change the password.");
  }
  return Done{};
}

AuthenticationKind effective_kind(const TransportOptions& options) {
  if (options.authentication != AuthenticationKind::default_) return options.authentication;
  return options.credential.given ? AuthenticationKind::negotiate : AuthenticationKind::kerberos;
}

bool allows_ntlm(const TransportOptions& options, const AuthenticationPolicy& policy) {
  return options.endpoint.tls || is_trusted_host(policy.trusted_hosts, options.endpoint.host);
}

Status check_authentication(const TransportOptions& options, const AuthenticationPolicy& policy) {
  const AuthenticationKind kind = effective_kind(options);
  const bool has_service = kind == AuthenticationKind::kerberos ||
                           kind == AuthenticationKind::negotiate ||
                           kind == AuthenticationKind::credssp;
  if (options.spn_port && !has_service) {
    return refused(
        ErrorCode::invalid_argument, kServiceNameUnused,
        "-SPNPort is for Kerberos, and the authentication is " + std::string(name_of(kind)),
        "Leave it out, or use -Authentication Kerberos or Negotiate.");
  }
  switch (kind) {
    case AuthenticationKind::basic:
      return check_basic(options, policy);
    case AuthenticationKind::digest:
      return check_digest(options, policy);
    case AuthenticationKind::client_certificate:
      return check_certificate(options, policy);
    case AuthenticationKind::kerberos:
    case AuthenticationKind::negotiate:
      return check_gss(options, policy);
    case AuthenticationKind::credssp: {
      Status delegated = check_delegation(options, policy);
      return delegated.ok() ? check_gss(options, policy) : delegated;
    }
    case AuthenticationKind::none:
    case AuthenticationKind::default_:  // It stands for another.
      break;
  }
  if (!options.credential.given) return Done{};
  return refused(
      ErrorCode::invalid_argument, 0,
      "A credential was given, but with the authentication None nothing is proved with it",
      "Leave -Credential out, or use -Authentication Negotiate.");
}

std::unique_ptr<Mechanism> make_mechanism(const TransportOptions& options, Credential credential,
                                          const AuthenticationPolicy& policy) {
  switch (effective_kind(options)) {
    case AuthenticationKind::basic:
      return make_basic(std::move(credential));
    case AuthenticationKind::digest:
      return make_digest(options, std::move(credential));
    case AuthenticationKind::client_certificate:
      return make_client_certificate();
    case AuthenticationKind::kerberos:
      return make_kerberos(options, std::move(credential));
    case AuthenticationKind::negotiate:
      return make_negotiate(options, std::move(credential), allows_ntlm(options, policy));
    case AuthenticationKind::credssp:
      return make_credssp(options, std::move(credential), policy);
    default:
      return std::make_unique<NoMechanism>();
  }
}

}  // namespace wsman
