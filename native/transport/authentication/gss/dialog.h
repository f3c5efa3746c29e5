// The security context of GSSAPI on one connection, whatever carries its tokens: the order of
// mechanisms, the check of what was proved, and the error when none is left.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_DIALOG_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_DIALOG_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "base/codes.h"
#include "transport/authentication/gss/context.h"
#include "transport/transport.h"

namespace wsman::gss {

// The choices of a mechanism, made before any traffic.
struct Plan {
  std::string scheme;         // Of HTTP: "Negotiate".
  std::string protocol;       // Of sealed messages.
  std::vector<Use> uses;      // Tried one after the other.
  bool seals = false;         // Over http, unless the user allowed clear text.
  bool ntlm_refused = false;  // It would be next, but the server would be unproved.
  bool delegates = true;      // Kerberos delegates the ticket if the KDC approves.
};

// Why NTLM is tried: a sentence, or empty, and advice.
struct Cause {
  std::string sentence = {};
  AdviceList advice = {};
};

// One thread at a time. The arguments of the constructor outlive it.
class Dialog {
 public:
  Dialog(const TransportOptions& options, const gss::Library& library,
         std::shared_ptr<Credentials> credentials, const Plan& plan, std::string binding)
      : options_(options),
        library_(library),
        credentials_(std::move(credentials)),
        plan_(plan),
        binding_(std::move(binding)) {}

  // The same as in SecurityContext.
  Status step(std::string_view answer, const Call& call);
  bool fall_back();
  bool has_token() const { return stage_ && !stage_->token().empty(); }
  bool is_established() const { return stage_ && stage_->is_established(); }
  bool tries_ticket() const { return !stage_ || stage_->use() != Use::spnego_ntlm; }
  std::string proof() const;  // "Kerberos", "NTLM".

  std::string_view token() const { return stage_ ? stage_->token().view() : std::string_view(); }
  void token_was_sent() { stage_->token_was_sent(); }

  // Protects messages once the context is established or Stage::can_wrap() is true.
  Stage& stage() { return *stage_; }

 private:
  Status begin_next(const Call& call);
  Error nothing_left() const;
  Status advance(const std::string& answer, const Call& call);
  void note_failure();
  Error ntlm_error(const Failure& failure) const;
  Status check_proof() const;

  const TransportOptions& options_;
  const gss::Library& library_;
  const std::shared_ptr<Credentials> credentials_;
  const Plan& plan_;
  const std::string binding_;
  size_t next_ = 0;  // Of plan_.uses.
  std::shared_ptr<Stage> stage_;
  std::optional<Error> last_error_;
  std::optional<Reason> last_reason_;  // Of Kerberos.
  Cause cause_;                        // Why the next mechanism is tried.
};

// "HTTP/server01", with the port if the user wants it there.
std::string service_name(const TransportOptions& options);

// The error for NTLM with a server that is not in TrustedHosts; the code may be more specific.
Error not_trusted(const TransportOptions& options, uint32_t wsman_code = code::kServerNotTrusted,
                  const Cause& cause = {});

}  // namespace wsman::gss

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_DIALOG_H_
