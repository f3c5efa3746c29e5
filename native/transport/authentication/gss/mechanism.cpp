#include "transport/authentication/gss/mechanism.h"

#include <utility>

#include "transport/http/base64.h"

namespace wsman::gss {
namespace {

class GssContext : public authentication::SecurityContext, private http::Sealer {
 public:
  GssContext(const TransportOptions& options, const gss::Library& library,
             std::shared_ptr<Credentials> credentials, const Plan& plan, std::string binding)
      : plan_(plan), dialog_(options, library, std::move(credentials), plan, std::move(binding)) {}

  std::string scheme() const override { return plan_.scheme; }
  bool has_token() const override { return dialog_.has_token(); }
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
  bool tries_ticket() const override { return dialog_.tries_ticket(); }
  std::string proof() const override { return dialog_.proof(); }

 private:
  std::string protocol() const override { return plan_.protocol; }
  Result<http::Sealed> seal(std::string_view plain) override { return dialog_.stage().seal(plain); }
  Result<std::string> unseal(std::string bytes, size_t signature_bytes) override {
    return dialog_.stage().unseal(std::move(bytes), signature_bytes);
  }

  const Plan& plan_;
  Dialog dialog_;
};

class MissingContext : public authentication::SecurityContext {
 public:
  explicit MissingContext(Error error) : error_(std::move(error)) {}
  void append_authorization(Secret& /*head*/, const http::RequestLine& /*line*/) override {}
  Status step(std::string_view /*answer*/, const Call& /*call*/) override { return error_; }
  bool is_established() const override { return false; }

 private:
  const Error error_;
};

class GssMechanism : public authentication::Mechanism {
 public:
  GssMechanism(const TransportOptions& options, Result<const gss::Library*> library,
               Credential credential, Plan plan)
      : options_(options), library_(std::move(library)), plan_(std::move(plan)) {
    // Without a library nothing could use the credential, so it is destroyed with the argument.
    if (library_.ok()) {
      credentials_ = std::make_shared<Credentials>(*library_.value(), std::move(credential));
    }
  }

  std::unique_ptr<authentication::SecurityContext> begin(std::string channel_binding) override {
    if (!library_.ok()) return make_missing_context(library_.error());
    return std::make_unique<GssContext>(options_, *library_.value(), credentials_, plan_,
                                        std::move(channel_binding));
  }

  bool wipe() override {
    if (!credentials_) return true;
    const bool alone = credentials_->wipe();
    // A context or a call in the background that shares it still has a copy.
    return alone && credentials_.use_count() == 1;
  }

 private:
  const TransportOptions& options_;
  const Result<const gss::Library*> library_;
  const Plan plan_;
  std::shared_ptr<Credentials> credentials_;
};

}  // namespace

std::unique_ptr<authentication::SecurityContext> make_missing_context(Error error) {
  return std::make_unique<MissingContext>(std::move(error));
}

Status check_gss(const TransportOptions& options, const authentication::Policy& policy,
                 Check check_target) {
  Status usable = authentication::check_credential(options.credential);
  if (!usable.ok()) return usable;
  Status encrypted = authentication::check_encryption(options, policy);
  if (!encrypted.ok()) return encrypted;
  // The library comes last: a user who must change the call anyway need not install anything first.
  Status allowed = check_target(options, policy);
  if (!allowed.ok()) return allowed;
  const Result<const gss::Library*> library = gss::library();
  if (!library.ok()) return library.error();
  return Done{};
}

std::unique_ptr<authentication::Mechanism> make_gss(const TransportOptions& options,
                                                    Credential credential, Plan plan) {
  return std::make_unique<GssMechanism>(options, gss::library(), std::move(credential),
                                        std::move(plan));
}

}  // namespace wsman::gss
