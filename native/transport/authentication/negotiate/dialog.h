// Kerberos, and after it NTLM, on one connection, whatever carries their tokens: the order of both,
// the check of what was proved, and the error when none is left.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_NEGOTIATE_DIALOG_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_NEGOTIATE_DIALOG_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/call.h"
#include "base/codes.h"
#include "transport/authentication/gss/context.h"
#include "transport/authentication/ntlm/context.h"
#include "transport/authentication/refusal.h"
#include "transport/authentication/token_context.h"
#include "transport/transport.h"

namespace wsman::negotiate {

// The choices of a mechanism, made before any traffic.
struct Plan {
  std::string scheme;                // Of HTTP: "Negotiate".
  std::string protocol;              // Of sealed messages.
  std::optional<gss::Use> kerberos;  // How it is tried; nothing: it is not.
  bool ntlm = false;                 // Tried after it.
  bool seals = false;                // Over http, unless the user allowed clear text.
  bool ntlm_refused = false;         // It would be next, but the server would be unproved.
  bool delegates = true;             // Kerberos delegates the ticket if the KDC approves.
};

// Why NTLM is tried: a sentence, or empty, and advice.
struct Cause {
  std::string sentence = {};
  AdviceList advice = {};
};

// One thread at a time. The arguments of the constructor outlive it.
class Dialog {
 public:
  Dialog(const TransportOptions& options, std::shared_ptr<gss::Credentials> credentials,
         const Plan& plan, std::string binding)
      : options_(options),
        credentials_(std::move(credentials)),
        plan_(plan),
        binding_(std::move(binding)) {}

  // The same as in SecurityContext.
  Status step(std::string_view answer, const Call& call);
  bool fall_back();
  bool has_token() const { return !token().empty(); }
  bool is_first_token() const { return is_first_token_; }
  bool is_established() const { return context() != nullptr && context()->is_established(); }
  authentication::Refusal refusal() const;
  std::string proof() const;  // "Kerberos", "NTLM".

  std::string_view token() const;
  void token_was_sent() { context()->token_was_sent(); }

  // Protects messages once the context is established, or can wrap. Null before the first step.
  authentication::TokenContext* context() const;

 private:
  Status begin_next(const Call& call);
  void begin_kerberos();
  Error nothing_left() const;
  Status step_ntlm(std::string_view answer);
  Status advance(const std::string& answer, const Call& call);
  void note_failure();
  Status check_proof() const;

  const TransportOptions& options_;
  const std::shared_ptr<gss::Credentials> credentials_;
  const Plan& plan_;
  const std::string binding_;
  bool kerberos_was_tried_ = false;
  bool is_first_token_ = false;           // Of Kerberos or of NTLM.
  std::shared_ptr<gss::Stage> kerberos_;  // A call in the background may outlive this.
  std::unique_ptr<ntlm::Context> ntlm_;
  std::optional<Error> last_error_;         // Of Kerberos.
  std::optional<gss::Reason> last_reason_;  // Of Kerberos.
  Cause cause_;                             // Why NTLM is tried.
};

// "HTTP/server01", with the port if the user wants it there.
std::string service_name(const TransportOptions& options);

// The error for NTLM with a server that is not in TrustedHosts; the code may be more specific.
Error not_trusted(const TransportOptions& options, uint32_t wsman_code = code::kServerNotTrusted,
                  const Cause& cause = {});

}  // namespace wsman::negotiate

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_NEGOTIATE_DIALOG_H_
