#include "transport/authentication/gss/dialog.h"

#include <utility>

#include "base/background.h"
#include "base/codes.h"

namespace wsman::gss {
namespace {

// The limit of calls that ask a KDC at a time, including those that their callers have left.
constexpr int kMostCalls = 8;

Background& calls() {
  // Never destroyed: a call may outlive the end of main().
  static auto* const places = new Background(kMostCalls);
  return *places;
}

// These end the dialog. NTLM with a password that Kerberos refused would only bring the account
// closer to its lockout, and a wrong TLS channel is wrong for both.
bool is_final(Reason reason) {
  return reason == Reason::wrong_password || reason == Reason::password_expired ||
         reason == Reason::account_locked || reason == Reason::bindings;
}

// `error` with its cause before it.
Error with_cause(const Cause& cause, Error error) {
  if (cause.sentence.empty()) return error;
  AdviceList advice = cause.advice;
  advice.insert(advice.end(), error.advice.begin(), error.advice.end());
  return {error.code, cause.sentence + " " + error.message, error.wsman_code, std::move(advice)};
}

// Reasons that mean that Kerberos is not set up for this target, where Windows would use NTLM.
bool is_not_for_kerberos(Reason reason) {
  return reason == Reason::no_realm || reason == Reason::kdc_unreachable ||
         reason == Reason::user_unknown || reason == Reason::service_unknown ||
         reason == Reason::other;
}

}  // namespace

Status Dialog::step(std::string_view answer, const Call& call) {
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
    const Reason reason = stage_->failure()->reason;
    stage_.reset();
    if (is_final(reason)) return *last_error_;
    // The answer belonged to the mechanism that failed.
    taken.clear();
  }
}

bool Dialog::fall_back() {
  // Only a refused ticket has another way; a refused NTLM answer means the credential.
  if (!stage_ || next_ >= plan_.uses.size()) return false;
  cause_ = {"The server did not accept the Kerberos ticket."};
  stage_.reset();
  return true;
}

std::string Dialog::proof() const {
  if (!is_established()) return {};
  return stage_->is_kerberos() ? "Kerberos" : "NTLM";
}

Status Dialog::begin_next(const Call& call) {
  if (next_ >= plan_.uses.size()) return nothing_left();
  const Use use = plan_.uses[next_];
  // Asked before, because the library reports a missing plug-in in words that do not name it.
  if (use == Use::spnego_ntlm && !gss::has_mechanism(library_, gss::kNtlm)) {
    // Without a credential NTLM is unlikely to work, so the error of Kerberos helps more.
    if (last_error_ && !credentials_->is_given()) return *last_error_;
    return with_cause(cause_, gss::ntlm_missing());
  }
  if (next_ > 0 && call.trace != nullptr) call.trace->verbose(cause_.sentence + " Trying NTLM.");
  ++next_;
  // NTLM cannot delegate.
  const bool delegates = plan_.delegates && use != Use::spnego_ntlm;
  const ServiceTarget target{service_name(options_), binding_, delegates};
  stage_ = std::make_shared<Stage>(library_, credentials_, use, target);
  return Done{};
}

Error Dialog::nothing_left() const {
  // TrustedHosts helps only if Kerberos is not set up. Other reasons, such as a wrong password, are
  // reported as they are.
  const bool would_be_next = plan_.ntlm_refused && credentials_->is_given();
  if (would_be_next && (!last_reason_ || is_not_for_kerberos(*last_reason_))) {
    return not_trusted(options_, code::kServerNotTrusted, cause_);
  }
  return *last_error_;
}

Status Dialog::advance(const std::string& answer, const Call& call) {
  const Phase phase{"the authentication to " + options_.endpoint.display()};
  // The call shares the stage and copies the answer, because it may outlive this one.
  const auto advance_stage = [stage = stage_, answer] {
    stage->advance(answer);
    return Done{};
  };
  const BackgroundOutcome outcome = calls().run<Done>(advance_stage, phase, call).outcome;
  if (outcome == BackgroundOutcome::done) return Done{};
  stage_.reset();  // The call in the background still uses it.
  if (outcome == BackgroundOutcome::stopped) {
    return stopped_error(look_at(call), call, phase);
  }
  const std::string cause = outcome == BackgroundOutcome::crowded
                                ? "earlier ones are still waiting for a KDC"
                                : "no thread could be started";
  return make_error(
      ErrorCode::authentication, code::kSecurityUnmapped,
      "The authentication to " + options_.endpoint.display() + " could not begin: " + cause,
      {AdviceKey::check_kdc_later});
}

void Dialog::note_failure() {
  const Failure& failure = *stage_->failure();
  if (stage_->use() == Use::spnego_ntlm) {
    // The error of Kerberos helps more than that of a missing default credential of NTLM.
    if (!last_error_ || credentials_->is_given()) last_error_ = ntlm_error(failure);
    return;
  }
  last_reason_ = failure.reason;
  last_error_ = kerberos_error(failure, options_, service_name(options_));
  cause_ = {last_error_->message, last_error_->advice};
}

Error Dialog::ntlm_error(const Failure& failure) const {
  return make_error(ErrorCode::access_denied, code::kLogonFailure,
                    "WinRM cannot process the request, as NTLM could not authenticate to " +
                        options_.endpoint.display() + ": " + failure.words,
                    {AdviceKey::check_credential});
}

// Checks what was proved, not what was asked for. gss-ntlmssp returns GSS_C_MUTUAL_FLAG without any
// proof of the server, so the flag counts with Kerberos alone.
Status Dialog::check_proof() const {
  const bool expected = stage_->is_kerberos() == (stage_->use() != Use::spnego_ntlm);
  const bool mutual = !stage_->is_kerberos() || (stage_->flags() & gss::kMutual) != 0;
  if (!expected || !mutual) {
    return make_error(ErrorCode::authentication, code::kMutualAuthenticationFailed,
                      options_.endpoint.display() + " did not prove who it is",
                      {AdviceKey::verify_server});
  }
  // A mechanism may grant less than it was asked for [RFC 2743 2.2.1].
  constexpr uint32_t kProtected = gss::kConfidential | gss::kIntegrity;
  if (plan_.seals && (stage_->flags() & kProtected) != kProtected) {
    return make_error(ErrorCode::unencrypted, code::kSecurityUnmapped,
                      options_.endpoint.display() + " does not encrypt messages with " + proof(),
                      {AdviceKey::use_tls});
  }
  return Done{};
}

std::string service_name(const TransportOptions& options) {
  // As the user typed it, in ASCII, and without the zone, which names an interface of this computer
  // only.
  const std::string host = options.endpoint.host.substr(0, options.endpoint.host.find('%'));
  return "HTTP/" + host + (options.spn_port ? ":" + std::to_string(options.endpoint.port) : "");
}

Error not_trusted(const TransportOptions& options, uint32_t wsman_code, const Cause& cause) {
  const std::string& host = options.endpoint.host;
  // An IPv6 address stands in brackets in TrustedHosts [MS-WSMV 2.2.4.9].
  const std::string entry = host.find(':') != std::string::npos ? "[" + host + "]" : host;
  // A cause before it has said already that something failed.
  const std::string failed =
      cause.sentence.empty() ? "The WinRM client cannot process the request: " : "";
  return with_cause(
      cause, make_error(ErrorCode::authentication, wsman_code,
                        failed + "NTLM does not prove who " + options.endpoint.display() +
                            " is, so over http it is used only with computers in TrustedHosts",
                        {{AdviceKey::trust_host, {entry}}}));
}

}  // namespace wsman::gss
