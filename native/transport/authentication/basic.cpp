// Basic (RFC 7617): user name and password in UTF-8, sent with every request without being asked.
#include "transport/authentication/mechanism.h"
#include "transport/http/base64.h"

namespace wsman::authentication {
namespace {

class BasicContext : public SecurityContext {
 public:
  explicit BasicContext(const Secret& encoded) : encoded_(encoded) {}

  void append_authorization(Secret& head, const http::RequestLine& line) override {
    // Empty once it is wiped: a request that is still under way then goes without a password.
    if (encoded_.empty()) return;
    head.append(line.field());
    head.append("Basic ");
    head.append(encoded_.view());
    head.append("\r\n");
  }

  std::string proof() const override { return "Basic"; }

 private:
  // Of the mechanism, so that there is one copy and wipe() reaches it.
  const Secret& encoded_;
};

class Basic : public Mechanism {
 public:
  explicit Basic(Credential credential) {
    Secret plain;
    // Reserved, so that the text is not moved and copied while it grows.
    plain.reserve(credential.user_name.size() + 1 + credential.password.size());
    plain.append(credential.user_name);
    plain.append(":");
    plain.append(credential.password.view());
    http::append_base64(encoded_, plain.view());
    // From here on the encoded form is the only copy.
    credential.password.wipe();
  }

  bool wants_channel_binding() const override { return false; }

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

Status check_basic(const TransportOptions& options, const Policy& policy) {
  // Base64 hides nothing [RFC 7617 4].
  return check_http_scheme("Basic", "the password", options, policy);
}

std::unique_ptr<Mechanism> make_basic(const TransportOptions& /*options*/, Credential credential,
                                      const Policy& /*policy*/) {
  return std::make_unique<Basic>(std::move(credential));
}

}  // namespace wsman::authentication
