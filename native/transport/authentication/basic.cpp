// Basic (RFC 7617): user name and password in UTF-8, sent with every request without being asked.
#include "transport/authentication/authentication.h"
#include "transport/authentication/base64.h"

namespace wsman {
namespace {

class BasicContext : public SecurityContext {
 public:
  explicit BasicContext(const Secret& encoded) : encoded_(encoded) {}

  void append_authorization(Secret& head, const RequestLine& line) override {
    if (encoded_.empty()) return;
    head.append(line.field());
    head.append("Basic ");
    head.append(encoded_.view());
    head.append("\r\n");
  }

  std::string proof() const override { return "Basic"; }

 private:
  const Secret& encoded_;
};

class Basic : public Mechanism {
 public:
  explicit Basic(Credential credential) {
    Secret plain;
    plain.reserve(credential.user_name.size() + 1 + credential.password.size());
    plain.append(credential.user_name);
    plain.append(":");
    plain.append(credential.password.view());
    append_base64(encoded_, plain.view());
    credential.password.wipe();
  }

  std::unique_ptr<SecurityContext> begin(std::string /*channel_binding*/) override {
    return std::make_unique<BasicContext>(encoded_);
  }

  bool wipe() override {
    encoded_.wipe();
    return true;
  }

 private:
  Secret encoded_;
};

}  // namespace

std::unique_ptr<Mechanism> make_basic(Credential credential) {
  return std::make_unique<Basic>(std::move(credential));
}

}  // namespace wsman
