#include "transport/authentication/gss_dialog.h"

#include <utility>

#include "transport/aside.h"
#include "transport/codes.h"

namespace wsman {
namespace {

constexpr uint32_t kServerNotTrusted = 0x803380E4;

// How many calls may ask a KDC at a time, those that were left behind included.
constexpr int kMostCalls = 8;

Aside& calls() {
  static auto* const places = new Aside(kMostCalls);
  return *places;
}

// Trying the next mechanism with a password that was refused would only lock the account sooner.
bool is_final(GssReason reason) {
  return reason == GssReason::wrong_password || reason == GssReason::password_expired ||
         reason == GssReason::account_locked || reason == GssReason::bindings;
}

// What says that Kerberos is not set up for this target, so that NTLM would be the usual way.
bool is_not_for_kerberos(GssReason reason) {
  return reason == GssReason::no_realm || reason == GssReason::kdc_unreachable ||
         reason == GssReason::user_unknown || reason == GssReason::service_unknown ||
         reason == GssReason::other;
}

}  // namespace

Status GssDialog::step(std::string_view answer, const Call& call) {
  std::string taken(answer);
  for (;;) {
    if (!stage_) {
      Status begun = begin_next(call);
      if (!begun.ok()) return begun;
    }
    Status advanced = advance(taken, call);
    if (!advanced.ok()) return advanced;
    if (!stage_->failure()) return is_established() ? check_proof() : Status(Done{});
    note_failure();
    const GssReason reason = stage_->failure()->reason;
    stage_.reset();
    if (is_final(reason)) return *last_error_;
    taken.clear();
  }
}

bool GssDialog::fall_back() {
  if (!stage_ || next_ >= plan_.uses.size()) return false;
  reason_ = "The server did not accept the Kerberos ticket.";
  stage_.reset();
  return true;
}

std::string GssDialog::proof() const {
  if (!is_established()) return {};
  return stage_->is_kerberos() ? "Kerberos" : "NTLM";
}

Status GssDialog::begin_next(const Call& call) {
  if (next_ >= plan_.uses.size()) return nothing_left();
  const GssUse use = plan_.uses[next_];
  if (use == GssUse::spnego_ntlm && !gss::has_mechanism(library_, gss::kNtlm)) {
    if (last_error_ && !credentials_->is_given()) return *last_error_;
    Error missing = gss::ntlm_missing();
    if (!reason_.empty()) missing.message = reason_ + " " + missing.message;
    return missing;
  }
  if (next_ > 0 && call.trace != nullptr) call.trace->verbose(reason_ + " Trying NTLM.");
  ++next_;
  const bool delegates = plan_.delegates && use != GssUse::spnego_ntlm;
  const GssTarget target{service_name(options_), binding_, delegates};
  stage_ = std::make_shared<GssStage>(library_, credentials_, use, target);
  return Done{};
}

Error GssDialog::nothing_left() const {
  const bool would_be_next = plan_.ntlm_refused && credentials_->is_given();
  if (would_be_next && (!last_reason_ || is_not_for_kerberos(*last_reason_))) {
    return not_trusted(options_, reason_);
  }
  return *last_error_;
}

Status GssDialog::advance(const std::string& answer, const Call& call) {
  std::optional<Error> why;
  const std::shared_ptr<GssStage> stage = stage_;
  const Phase phase{"the authentication to " + options_.endpoint.display()};
  const AsideOutcome outcome = calls().run([stage, answer] { stage->advance(answer); }, phase,
                                           call.within(options_.timeouts.authenticate), why);
  if (outcome == AsideOutcome::done) return Done{};
  stage_.reset();  // The call that was left behind has it now.
  if (why) return *why;
  const std::string cause = outcome == AsideOutcome::crowded
                                ? "earlier ones are still waiting for a KDC"
                                : "no thread could be started";
  return Error{ErrorCode::authentication,
               with_code("The authentication to " + options_.endpoint.display() +
                             " could not begin: " + cause,
                         kSecurityUnmapped) +
                   ". Check the KDC, and try again later.",
               kSecurityUnmapped,
               {}};
}

void GssDialog::note_failure() {
  const GssFailure& failure = *stage_->failure();
  if (stage_->use() == GssUse::spnego_ntlm) {
    // A default credential that is not there says less than what Kerberos said.
    if (!last_error_ || credentials_->is_given()) last_error_ = ntlm_error(failure);
    return;
  }
  last_reason_ = failure.reason;
  last_error_ = kerberos_error(failure, options_, service_name(options_));
  reason_ = last_error_->message;
}

Error GssDialog::ntlm_error(const GssFailure& failure) const {
  return {ErrorCode::access_denied,
          with_code("NTLM could not authenticate to " + options_.endpoint.display() + ": " +
                        failure.words,
                    kLogonFailure) +
              ". Check the user name and the password.",
          kLogonFailure,
          {}};
}

// What is asked for and what was proved are two things.
Status GssDialog::check_proof() const {
  const bool expected = stage_->is_kerberos() == (stage_->use() != GssUse::spnego_ntlm);
  const bool mutual = !stage_->is_kerberos() || (stage_->flags() & gss::kMutual) != 0;
  if (!expected || !mutual) {
    return Error{ErrorCode::authentication,
                 with_code(options_.endpoint.display() + " did not prove who it is",
                           kMutualAuthenticationFailed) +
                     ". Use -UseSSL, or ask who answers under that name.",
                 kMutualAuthenticationFailed,
                 {}};
  }
  constexpr uint32_t kProtected = gss::kConfidential | gss::kIntegrity;
  if (plan_.seals && (stage_->flags() & kProtected) != kProtected) {
    return Error{
        ErrorCode::unencrypted,
        with_code(options_.endpoint.display() + " does not encrypt messages with " + proof(),
                  kSecurityUnmapped) +
            ". Use -UseSSL.",
        kSecurityUnmapped,
        {}};
  }
  return Done{};
}

std::string service_name(const TransportOptions& options) {
  const std::string host = options.endpoint.host.substr(0, options.endpoint.host.find('%'));
  return "HTTP/" + host + (options.spn_port ? ":" + std::to_string(options.endpoint.port) : "");
}

Error not_trusted(const TransportOptions& options, const std::string& why_needed) {
  const std::string& host = options.endpoint.host;
  const std::string entry = host.find(':') != std::string::npos ? "[" + host + "]" : host;
  return {ErrorCode::authentication,
          (why_needed.empty() ? "" : why_needed + " ") +
              with_code("NTLM does not prove who " + options.endpoint.display() +
                            " is, so over http it is used only with computers in TrustedHosts",
                        kServerNotTrusted) +
              ". Use -UseSSL, or trust this one: Set-Item WSMan:\\localhost\\Client\\TrustedHosts "
              "-Value '" +
              entry + "' -Concatenate",
          kServerNotTrusted,
          {}};
}

}  // namespace wsman
