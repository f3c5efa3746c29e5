#include "transport/authentication/credssp.h"

#include <memory>
#include <utility>

#include "transport/authentication/credssp_context.h"
#include "transport/authentication/gss_context.h"

namespace wsman {
namespace {

class CredsspMechanism : public Mechanism {
 public:
  explicit CredsspMechanism(CredsspPlan plan) : plan_(std::move(plan)) {}

  std::unique_ptr<SecurityContext> begin(std::string /*channel_binding*/) override {
    if (!plan_.library.ok()) return make_missing_context(plan_.library.error());
    return std::make_unique<CredsspContext>(plan_);
  }

  bool wipe() override {
    if (!plan_.credentials) return true;
    const bool alone = plan_.credentials->wipe();
    return alone && plan_.credentials.use_count() == 1;
  }

 private:
  const CredsspPlan plan_;
};

}  // namespace

std::unique_ptr<Mechanism> make_credssp(const TransportOptions& options, Credential credential,
                                        const AuthenticationPolicy& policy) {
  GssPlan inner = negotiate_plan(options, credential, allows_ntlm(options, policy));
  inner.scheme = "CredSSP";
  inner.protocol = "application/HTTP-CredSSP-session-encrypted";
  inner.delegates = false;
  CredsspPlan plan{options,          gss::library(),
                   nullptr,          credential.user_name,
                   std::move(inner), policy.credssp_minimum_version};
  if (plan.library.ok()) {
    plan.credentials =
        std::make_shared<GssCredentials>(*plan.library.value(), std::move(credential));
  }
  return std::make_unique<CredsspMechanism>(std::move(plan));
}

}  // namespace wsman
