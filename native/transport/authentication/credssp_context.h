// CredSSP on one connection: its phases, from the first octet of TLS to the credentials.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_CONTEXT_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_CONTEXT_H_

#include <memory>
#include <string>
#include <string_view>

#include "transport/authentication/authentication.h"
#include "transport/authentication/credssp_tls.h"
#include "transport/authentication/gss_dialog.h"
#include "transport/authentication/public_key_proof.h"
#include "transport/authentication/tls_records.h"
#include "transport/authentication/ts_request.h"

namespace wsman {

// What the connections of a transport share.
struct CredsspPlan {
  const TransportOptions& options;
  Result<const gss::Library*> library;
  std::shared_ptr<GssCredentials> credentials;
  std::string user_name;
  GssPlan inner;  // As Negotiate has it.
  int minimum_version;
};

// The client of one connection. `plan` outlives it.
class CredsspContext : public SecurityContext, private Sealer {
 public:
  explicit CredsspContext(const CredsspPlan& plan)
      : plan_(plan),
        // Nothing is bound inside: the public key is [MS-CSSP 3.1.5].
        dialog_(plan.options, *plan.library.value(), plan.credentials, plan.inner, "") {}

  std::string scheme() const override { return plan_.inner.scheme; }
  bool has_token() const override { return !token_.empty(); }
  bool is_established() const override { return phase_ == Phase::done; }
  bool takes_empty_answer() const override { return phase_ == Phase::shaken; }
  Sealer* sealer() override { return plan_.inner.seals ? this : nullptr; }
  bool tries_ticket() const override { return dialog_.tries_ticket(); }
  std::string proof() const override {
    return is_established() ? "CredSSP (" + dialog_.proof() + ")" : std::string();
  }

  void append_authorization(Secret& head, const RequestLine& line) override;
  Status step(std::string_view answer, const Call& call) override;

  // Only while nobody is known yet: the TLS begins anew too, because the server's end of it knows a
  // user that it refused.
  bool fall_back() override;

 private:
  enum class Phase {
    fresh,
    shaking,
    shaken,   // The last of the handshake is on its way.
    proving,  // Kerberos or NTLM.
    binding,  // The proof of the public key is on its way.
    done,     // The credentials are.
  };

  std::string protocol() const override { return plan_.inner.protocol; }
  bool seals_in_records() const override { return true; }
  size_t most_in_piece() const override { return kMostInTlsRecord; }
  Result<Sealed> seal(std::string_view plain) override;
  Result<std::string> unseal(std::string octets, size_t /*signature_octets*/) override {
    return tls_->unseal(octets);
  }

  Status begin();
  Status shake_hands(std::string_view answer, const Call& call);
  Status prove_first(std::string_view answer, const Call& call);
  Status prove(std::string_view answer, const Call& call);
  Status say_token();
  Status bind_key();
  Status hand_over(std::string_view answer, const Call& call);
  Status hear_last(std::string_view answer);

  Status say(const TsRequest& request);
  Result<TsAnswer> hear(std::string_view answer);
  Status check_version(int version);
  Error failed(const std::string& why) const;
  Error not_proved() const;

  const CredsspPlan& plan_;
  GssDialog dialog_;
  Phase phase_ = Phase::fresh;
  std::unique_ptr<CredsspTls> tls_;
  std::string token_;  // TLS records, and so no secret.
  int version_ = 0;    // Of the server.
  PublicKeyClaim claim_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_CONTEXT_H_
