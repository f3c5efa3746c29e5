#include "transport/authentication/negotiate/mechanism.h"

#include <string_view>
#include <utility>

#include "transport/http/base64.h"

namespace wsman::negotiate {
namespace {

class Context : public authentication::SecurityContext, private http::Sealer {
 public:
  Context(const TransportOptions& options, std::shared_ptr<gss::Credentials> credentials,
          const Plan& plan, std::string binding)
      : plan_(plan), dialog_(options, std::move(credentials), plan, std::move(binding)) {}

  std::string scheme() const override { return plan_.scheme; }
  bool has_token() const override { return dialog_.has_token(); }
  bool is_first_token() const override { return dialog_.is_first_token(); }
  bool is_established() const override { return dialog_.is_established(); }

  void append_authorization(Secret& head, const http::RequestLine& line) override {
    if (!has_token()) return;
    head.append(line.field());
    head.append(plan_.scheme + " ");
    http::append_base64(head, dialog_.token());
    head.append("\r\n");
    // A token may be derived from the password, so it is wiped once the head has it.
    dialog_.token_was_sent();
  }

  Status step(std::string_view answer, const Call& call) override {
    return dialog_.step(answer, call);
  }
  bool fall_back() override { return dialog_.fall_back(); }
  http::Sealer* sealer() override { return plan_.seals ? this : nullptr; }
  authentication::Refusal refusal() const override { return dialog_.refusal(); }
  std::string proof() const override { return dialog_.proof(); }

 private:
  std::string protocol() const override { return plan_.protocol; }
  Result<http::Sealed> seal(std::string_view plain) override {
    return dialog_.context()->seal(plain);
  }
  Result<std::string> unseal(std::string_view bytes, size_t signature_bytes) override {
    return dialog_.context()->unseal(bytes, signature_bytes);
  }

  const Plan& plan_;
  Dialog dialog_;
};

class NegotiateMechanism : public authentication::Mechanism {
 public:
  NegotiateMechanism(const TransportOptions& options, Credential credential, Plan plan)
      : options_(options),
        plan_(std::move(plan)),
        credentials_(std::make_shared<gss::Credentials>(std::move(credential))) {}

  bool wants_channel_binding() const override { return true; }

  std::unique_ptr<authentication::SecurityContext> begin(std::string channel_binding) override {
    return std::make_unique<Context>(options_, credentials_, plan_, std::move(channel_binding));
  }

  bool wipe() override {
    const bool alone = credentials_->wipe();
    // A context or a call in the background that shares it still has a copy.
    return alone && credentials_.use_count() == 1;
  }

 private:
  const TransportOptions& options_;
  const Plan plan_;
  const std::shared_ptr<gss::Credentials> credentials_;
};

}  // namespace

Status check_common(const TransportOptions& options, const authentication::Policy& policy) {
  Status usable = authentication::check_credential(options.credential);
  return usable.ok() ? authentication::check_encryption(options, policy) : usable;
}

Status check_library() {
  const Result<const gss::Library*> library = gss::library();
  return library.ok() ? Status(Done{}) : Status(library.error());
}

std::unique_ptr<authentication::Mechanism> make_mechanism(const TransportOptions& options,
                                                          Credential credential, Plan plan) {
  return std::make_unique<NegotiateMechanism>(options, std::move(credential), std::move(plan));
}

}  // namespace wsman::negotiate
