// The security context that GSSAPI makes on one connection, whatever carries its tokens: which
// mechanism is tried when, what was proved, and what is said when none is left.
#ifndef WSMAN_TRANSPORT_AUTHENTICATION_GSS_DIALOG_H_
#define WSMAN_TRANSPORT_AUTHENTICATION_GSS_DIALOG_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/call.h"
#include "transport/authentication/gss_stage.h"
#include "transport/transport.h"

namespace wsman {

// What a mechanism does, decided before any traffic.
struct GssPlan {
  std::string scheme;         // Of HTTP: "Negotiate".
  std::string protocol;       // Of sealed messages.
  std::vector<GssUse> uses;   // Tried one after the other.
  bool seals = false;         // Over http, unless the user allowed clear text.
  bool ntlm_refused = false;  // It would be the next, but the server would not have proved itself.
  bool delegates = true;      // Lets Kerberos hand the user's ticket on, where the KDC approves.
};

// One thread at a time. What is referred to outlives it.
class GssDialog {
 public:
  GssDialog(const TransportOptions& options, const gss::Library& library,
            std::shared_ptr<GssCredentials> credentials, const GssPlan& plan, std::string binding)
      : options_(options),
        library_(library),
        credentials_(std::move(credentials)),
        plan_(plan),
        binding_(std::move(binding)) {}

  // As SecurityContext says.
  Status step(std::string_view answer, const Call& call);
  bool fall_back();
  bool has_token() const { return stage_ && !stage_->token().empty(); }
  bool is_established() const { return stage_ && stage_->is_established(); }
  bool tries_ticket() const { return !stage_ || stage_->use() != GssUse::spnego_ntlm; }
  std::string proof() const;  // "Kerberos", "NTLM".

  std::string_view token() const { return stage_ ? stage_->token().view() : std::string_view(); }
  void token_was_sent() { stage_->token_was_sent(); }

  // The protection of a context that is established, or that GssStage::can_wrap() says it of.
  GssStage& stage() { return *stage_; }

 private:
  Status begin_next(const Call& call);
  Error nothing_left() const;
  Status advance(const std::string& answer, const Call& call);
  void note_failure();
  Error ntlm_error(const GssFailure& failure) const;
  Status check_proof() const;

  const TransportOptions& options_;
  const gss::Library& library_;
  const std::shared_ptr<GssCredentials> credentials_;
  const GssPlan& plan_;
  const std::string binding_;
  size_t next_ = 0;  // Of plan_.uses.
  std::shared_ptr<GssStage> stage_;
  std::optional<Error> last_error_;
  std::optional<GssReason> last_reason_;  // Of Kerberos.
  std::string reason_;                    // Why the next mechanism is tried: a sentence.
};

// "HTTP/server01", with the port if the user wants it there.
std::string service_name(const TransportOptions& options);

// The error where NTLM would be needed and the server is not trusted without proof. `why_needed` is
// a sentence, or empty.
Error not_trusted(const TransportOptions& options, const std::string& why_needed);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_AUTHENTICATION_GSS_DIALOG_H_
