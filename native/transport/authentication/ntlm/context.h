// NTLM on one connection, in SPNEGO: from its first message to those that it protects.
//
// NTLMv2 with a message integrity code, and nothing weaker. It proves the user to the server, and
// of the server only that it knows the user's secret, or somebody who does.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_NTLM_CONTEXT_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_NTLM_CONTEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/secret.h"
#include "transport/authentication/ntlm/messages.h"
#include "transport/authentication/ntlm/proof.h"
#include "transport/authentication/ntlm/sealing.h"
#include "transport/authentication/refusal.h"
#include "transport/authentication/token_context.h"

namespace wsman::ntlm {

// Whom the user authenticates to.
struct Target {
  std::string service;          // "HTTP/server01".
  std::string channel_binding;  // Empty without TLS.
  std::string display;          // The server, for errors.
};

// Who authenticates, in UTF-8. Borrowed for a call.
struct Login {
  std::string_view domain;  // Empty: the server's own account, or the name says it.
  std::string_view user;
  std::string_view password;
};

class Context : public authentication::TokenContext {
 public:
  explicit Context(Target target) : target_(std::move(target)) {}

  // Takes the server's token, empty at first, and makes the next. A server that refuses gets none:
  // then the context is neither established nor has it a token. After a failure it is of no further
  // use.
  Status step(std::string_view answer, const Login& login);

  // What it means that the server refused the last token.
  authentication::Refusal refusal() const;

  const Secret& token() const override { return token_; }
  void token_was_sent() override { token_.wipe(); }
  bool is_established() const override { return phase_ == Phase::done; }

  Result<http::Sealed> seal(std::string_view plain) override;
  Result<std::string> unseal(std::string_view bytes, size_t signature_bytes) override;
  bool can_wrap() const override { return outgoing_.has_value(); }
  Result<std::string> wrap(std::string_view plain) override;
  Result<std::string> unwrap(std::string_view token) override;

 private:
  enum class Phase {
    fresh,
    asked,   // NEGOTIATE was made.
    proved,  // AUTHENTICATE was made; SPNEGO has to end.
    done,
  };

  Status begin();
  Status hear_challenge(std::string_view answer, const Login& login);
  Status prove(std::string_view bytes, const Challenge& challenge, const Login& login);
  Result<Secret> make_authenticate(std::string_view bytes, const Challenge& challenge,
                                   const Login& login);
  Result<Response> make_response(const Challenge& challenge, const Account& account) const;
  Status say(const Secret& authenticate);
  Status hear_end(std::string_view answer);
  void note_clock(const Challenge& challenge);
  Error failed(const std::string& why, AdviceList advice = {}) const;

  const Target target_;
  Phase phase_ = Phase::fresh;
  bool in_spnego_ = true;  // False once the server has answered without it.
  Secret token_;
  std::string negotiate_;
  Secret session_key_;
  std::optional<Direction> outgoing_;
  std::optional<Direction> incoming_;
  std::string clock_;  // A sentence, if the server's is far away from ours.
};

}  // namespace wsman::ntlm

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_NTLM_CONTEXT_H_
