// CredSSP on one connection: its phases, from the first byte of TLS to the credentials.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_CONTEXT_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_CONTEXT_H_

#include <memory>
#include <string>
#include <string_view>

#include "transport/authentication/credssp/public_key_proof.h"
#include "transport/authentication/credssp/tls.h"
#include "transport/authentication/credssp/ts_request.h"
#include "transport/authentication/mechanism.h"
#include "transport/authentication/negotiate/dialog.h"
#include "transport/http/tls_records.h"

namespace wsman::credssp {

// Shared by the connections of a transport.
struct Plan {
  const TransportOptions& options;
  std::shared_ptr<gss::Credentials> credentials;
  std::string user_name;
  negotiate::Plan inner;  // As Negotiate has it.
  int minimum_version;
};

// The client of one connection. `plan` outlives it.
class Context : public authentication::SecurityContext, private http::Sealer {
 public:
  explicit Context(const Plan& plan)
      : plan_(plan),
        // No channel binding: the public key of the server is bound instead [MS-CSSP 3.1.5].
        dialog_(plan.options, plan.credentials, plan.inner, "") {}

  std::string scheme() const override { return plan_.inner.scheme; }
  bool has_token() const override { return !token_.empty(); }
  bool is_first_token() const override { return is_first_token_; }
  bool is_established() const override { return phase_ == Phase::done; }
  bool takes_empty_answer() const override { return phase_ == Phase::shaken; }
  http::Sealer* sealer() override { return plan_.inner.seals ? this : nullptr; }
  authentication::Refusal refusal() const override { return dialog_.refusal(); }
  std::string proof() const override {
    return is_established() ? "CredSSP (" + dialog_.proof() + ")" : std::string();
  }

  void append_authorization(Secret& head, const http::RequestLine& line) override;
  Status step(std::string_view answer, const Call& call) override;

  // Only before the user is authenticated. The TLS begins anew too, because the server keeps the
  // refused user for it.
  bool fall_back() override;

 private:
  enum class Phase {
    fresh,
    shaking,
    shaken,   // The last message of the handshake was sent.
    proving,  // Kerberos or NTLM.
    binding,  // The proof of the public key was sent.
    done,     // The credentials were sent.
  };

  std::string protocol() const override { return plan_.inner.protocol; }
  bool seals_in_records() const override { return true; }
  size_t most_in_piece() const override { return http::kMostInTlsRecord; }
  Result<http::Sealed> seal(std::string_view plain) override;
  Result<std::string> unseal(std::string_view bytes, size_t /*signature_bytes*/) override {
    return tls_->unseal(bytes);
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
  Result<TsResponse> hear(std::string_view answer);
  Status check_version(int version);
  Error failed(const std::string& why, AdviceList advice = {},
               const std::string& further = {}) const;
  Error not_proved() const;

  const Plan& plan_;
  negotiate::Dialog dialog_;
  Phase phase_ = Phase::fresh;
  std::unique_ptr<Tls> tls_;
  std::string token_;  // TLS records, and so no secret.
  bool is_first_token_ = false;
  int version_ = 0;  // Of the server.
  PublicKeyClaim claim_;
};

}  // namespace wsman::credssp

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_CREDSSP_CONTEXT_H_
