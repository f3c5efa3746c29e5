// One security context of Kerberos by GSSAPI: from its first token to the messages that it
// protects.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "transport/authentication/gss/credentials.h"
#include "transport/authentication/token_context.h"
#include "transport/http/multipart_encrypted.h"

namespace wsman::gss {

// The service that the user authenticates to.
struct ServiceTarget {
  std::string service;  // "HTTP/server01", with ":5985" if the port is part of the name.
  std::string channel_binding;
  bool delegates = false;  // Kerberos delegates the user's ticket if the KDC approves.
};

// Shared by a connection and by a call to GSSAPI that may outlive its caller. One thread at a time.
class Stage : public authentication::TokenContext {
 public:
  Stage(const gss::Library& library, std::shared_ptr<Credentials> credentials, Use use,
        ServiceTarget target);

  // Takes the server's token, empty at first, and makes the next. Blocks: it may ask a KDC.
  void advance(const std::string& answer);

  // The outcome of advance(). A failed stage is of no further use.
  const std::optional<Failure>& failure() const { return failure_; }
  const Secret& token() const override { return token_; }
  void token_was_sent() override { token_.wipe(); }
  bool is_established() const override { return established_; }

  // Of an established context. The mechanism decides what was proved, never a flag.
  bool is_kerberos() const { return is_kerberos_; }
  uint32_t flags() const { return flags_; }

  Result<http::Sealed> seal(std::string_view plain) override;
  Result<std::string> unseal(std::string_view bytes, size_t signature_bytes) override;
  bool can_wrap() const override { return established_; }
  Result<std::string> wrap(std::string_view plain) override;
  Result<std::string> unwrap(std::string_view token) override { return unseal(token, 0); }

 private:
  // The failure of a step; nothing if it succeeded.
  using Failed = std::optional<Failure>;

  Failed begin();
  Failed go_on(const std::string& answer);
  Failed prove_kerberos();
  Failed first_token(gss::OwnedContext& context, Use use);
  Failed import_target(gss::OwnedName& name);
  Failed make_token(gss::OwnedContext& context, const gss::OwnedCredential& credential,
                    const gss::Oid& mechanism, const std::string& answer);
  Failed learn_mechanism();
  Error cannot_seal(const GssStatus& status) const;

  const gss::Library& library_;
  const std::shared_ptr<Credentials> credentials_;
  const Use use_;
  const ServiceTarget target_;
  gss::OwnedContext context_;
  Secret token_;
  Failed failure_;
  bool is_answered_next_ = false;  // The token is not the last: the server answers it.
  bool established_ = false;
  bool is_kerberos_ = false;
  uint32_t flags_ = 0;
  uint32_t lifetime_ = 0;  // Seconds.
};

}  // namespace wsman::gss

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_CONTEXT_H_
