#include "transport/authentication/credssp/mechanism.h"

#include <memory>
#include <utility>

#include "transport/authentication/credssp/context.h"
#include "transport/authentication/negotiate/mechanism.h"

namespace wsman::credssp {
namespace {

class CredsspMechanism : public authentication::Mechanism {
 public:
  explicit CredsspMechanism(Plan plan) : plan_(std::move(plan)) {}

  // It proves the key of its own TLS instead.
  bool wants_channel_binding() const override { return false; }

  std::unique_ptr<authentication::SecurityContext> begin(std::string /*channel_binding*/) override {
    return std::make_unique<Context>(plan_);
  }

  bool wipe() override {
    const bool alone = plan_.credentials->wipe();
    // A call in the background that shares them still has a copy.
    return alone && plan_.credentials.use_count() == 1;
  }

 private:
  const Plan plan_;
};

}  // namespace
}  // namespace wsman::credssp

namespace wsman::authentication {

Status check_credssp(const TransportOptions& options, const Policy& policy) {
  // The delegation first: it is refused by default, whatever else is right.
  Status delegated = credssp::check_delegation(options, policy);
  return delegated.ok() ? check_negotiate(options, policy) : delegated;
}

std::unique_ptr<Mechanism> make_credssp(const TransportOptions& options, Credential credential,
                                        const Policy& policy) {
  negotiate::Plan inner =
      negotiate::negotiate_plan(options, credential, allows_ntlm(options, policy));
  inner.scheme = "CredSSP";
  inner.protocol = "application/HTTP-CredSSP-session-encrypted";
  // The password itself is handed over, so a delegated ticket would add nothing but risk.
  inner.delegates = false;
  // The name is copied before the credential is moved: the last message needs it as it was typed.
  const std::string user_name = credential.user_name;
  credssp::Plan plan{options, std::make_shared<gss::Credentials>(std::move(credential)), user_name,
                     std::move(inner), policy.credssp_minimum_version};
  return std::make_unique<credssp::CredsspMechanism>(std::move(plan));
}

}  // namespace wsman::authentication
