#include "transport/authentication/mechanisms.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/codes.h"
#include "transport/authentication/mechanism.h"
#include "transport/authentication/policy.h"

namespace wsman::authentication {
namespace {

// The context of the authentication None, which sends no line.
class NoContext : public SecurityContext {
 public:
  void append_authorization(Secret& /*head*/, const http::RequestLine& /*line*/) override {}
};

class NoMechanism : public Mechanism {
 public:
  bool wants_channel_binding() const override { return false; }

  std::unique_ptr<SecurityContext> begin(std::string /*channel_binding*/) override {
    return std::make_unique<NoContext>();
  }
  bool wipe() override { return true; }
};

Status check_nobody(const TransportOptions& options, const Policy& /*policy*/) {
  // A credential that is not used would let the user think that the server had checked it.
  if (!options.credential.given) return Done{};
  return make_error(
      ErrorCode::invalid_argument,
      "A credential was given, but with the authentication None nothing is proved with it",
      {AdviceKey::leave_out_credential_or_negotiate});
}

std::unique_ptr<Mechanism> make_nobody(const TransportOptions& /*options*/,
                                       Credential /*credential*/, const Policy& /*policy*/) {
  return std::make_unique<NoMechanism>();
}

// One mechanism: the setting that turns it on, whether options can work with it, and the mechanism.
struct Row {
  AuthenticationKind kind;
  const char* setting;    // Its name in the group Auth.
  bool Policy::*allowed;  // Null for None, which nothing turns off.
  uint32_t turned_off;    // The code of Windows if it is not allowed.
  bool names_service;     // For a KDC, so that a port can be part of it.
  Status (*check)(const TransportOptions& options, const Policy& policy);
  std::unique_ptr<Mechanism> (*make)(const TransportOptions& options, Credential credential,
                                     const Policy& policy);
};

constexpr Row kRows[] = {
    {AuthenticationKind::none, "", nullptr, 0, false, check_nobody, make_nobody},
#define WSMAN_MECHANISM(kind, name, setting, allowed, turned_off, names_service) \
  {AuthenticationKind::kind,                                                     \
   setting,                                                                      \
   &Policy::allow_##kind,                                                        \
   turned_off,                                                                   \
   names_service,                                                                \
   check_##kind,                                                                 \
   make_##kind},
#include "transport/mechanisms.def"
#undef WSMAN_MECHANISM
};

const Row& row_for(const TransportOptions& options) {
  const AuthenticationKind kind = effective_kind(options);
  const auto* const found = std::find_if(std::begin(kRows), std::end(kRows),
                                         [&](const Row& row) { return row.kind == kind; });
  return found != std::end(kRows) ? *found : kRows[0];
}

AdviceList how_to_turn_on(const Row& row, const TransportOptions& options) {
  // CredSSP needs a list of computers besides: a user with neither gets one advice for both.
  if (row.kind == AuthenticationKind::credssp) {
    return {{AdviceKey::allow_cred_ssp, {options.endpoint.host_in_list()}}};
  }
  return {{AdviceKey::turn_on_setting, {"Auth/" + std::string(row.setting)}}};
}

}  // namespace

Status check_authentication(const TransportOptions& options, const Policy& policy) {
  const Row& row = row_for(options);
  // An option without an effect is refused, as Windows does.
  if (options.spn_port && !row.names_service) {
    return make_error(ErrorCode::invalid_argument, code::kClientSpnWrongAuth,
                      "A service name with the port is for Kerberos, and the authentication is " +
                          std::string(name_of(row.kind)),
                      {AdviceKey::leave_out_spn_port});
  }
  // Before `check`, whose advice would not help while the mechanism is turned off.
  if (row.allowed != nullptr && !(policy.*row.allowed)) {
    return make_error(
        ErrorCode::authentication, row.turned_off,
        std::string(row.setting) + " authentication is turned off by the client settings",
        how_to_turn_on(row, options));
  }
  return row.check(options, policy);
}

std::unique_ptr<Mechanism> make_mechanism(const TransportOptions& options, Credential credential,
                                          const Policy& policy) {
  return row_for(options).make(options, std::move(credential), policy);
}

}  // namespace wsman::authentication
