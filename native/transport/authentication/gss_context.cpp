#include "transport/authentication/gss_context.h"

#include <utility>

#include "transport/authentication/base64.h"

namespace wsman {
namespace {

class GssContext : public SecurityContext, private Sealer {
 public:
  GssContext(const TransportOptions& options, const gss::Library& library,
             std::shared_ptr<GssCredentials> credentials, const GssPlan& plan, std::string binding)
      : plan_(plan), dialog_(options, library, std::move(credentials), plan, std::move(binding)) {}

  std::string scheme() const override { return plan_.scheme; }
  bool has_token() const override { return dialog_.has_token(); }
  bool is_established() const override { return dialog_.is_established(); }

  void append_authorization(Secret& head, const RequestLine& line) override {
    if (!has_token()) return;
    head.append(line.field());
    head.append(plan_.scheme + " ");
    append_base64(head, dialog_.token());
    head.append("\r\n");
    dialog_.token_was_sent();
  }

  Status step(std::string_view answer, const Call& call) override {
    return dialog_.step(answer, call);
  }
  bool fall_back() override { return dialog_.fall_back(); }
  Sealer* sealer() override { return plan_.seals ? this : nullptr; }
  bool tries_ticket() const override { return dialog_.tries_ticket(); }
  std::string proof() const override { return dialog_.proof(); }

 private:
  std::string protocol() const override { return plan_.protocol; }
  Result<Sealed> seal(std::string_view plain) override { return dialog_.stage().seal(plain); }
  Result<std::string> unseal(std::string octets, size_t signature_octets) override {
    return dialog_.stage().unseal(std::move(octets), signature_octets);
  }

  const GssPlan& plan_;
  GssDialog dialog_;
};

class MissingContext : public SecurityContext {
 public:
  explicit MissingContext(Error error) : error_(std::move(error)) {}
  void append_authorization(Secret& /*head*/, const RequestLine& /*line*/) override {}
  Status step(std::string_view /*answer*/, const Call& /*call*/) override { return error_; }
  bool is_established() const override { return false; }

 private:
  const Error error_;
};

class GssMechanism : public Mechanism {
 public:
  GssMechanism(const TransportOptions& options, Result<const gss::Library*> library,
               Credential credential, GssPlan plan)
      : options_(options), library_(std::move(library)), plan_(std::move(plan)) {
    if (library_.ok()) {
      credentials_ = std::make_shared<GssCredentials>(*library_.value(), std::move(credential));
    }
  }

  std::unique_ptr<SecurityContext> begin(std::string channel_binding) override {
    if (!library_.ok()) return make_missing_context(library_.error());
    return std::make_unique<GssContext>(options_, *library_.value(), credentials_, plan_,
                                        std::move(channel_binding));
  }

  bool wipe() override {
    if (!credentials_) return true;
    const bool alone = credentials_->wipe();
    return alone && credentials_.use_count() == 1;
  }

 private:
  const TransportOptions& options_;
  const Result<const gss::Library*> library_;
  const GssPlan plan_;
  std::shared_ptr<GssCredentials> credentials_;
};

}  // namespace

std::unique_ptr<SecurityContext> make_missing_context(Error error) {
  return std::make_unique<MissingContext>(std::move(error));
}

std::unique_ptr<Mechanism> make_gss(const TransportOptions& options, Credential credential,
                                    GssPlan plan) {
  return std::make_unique<GssMechanism>(options, gss::library(), std::move(credential),
                                        std::move(plan));
}

}  // namespace wsman
