#include "transport/authentication/negotiate/dialog.h"

#include <utility>

#include "base/background.h"
#include "base/codes.h"

namespace wsman::negotiate {
namespace {

using gss::Reason;

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

authentication::TokenContext* Dialog::context() const {
  if (ntlm_) return ntlm_.get();
  return kerberos_.get();
}

std::string_view Dialog::token() const {
  return context() != nullptr ? context()->token().view() : std::string_view();
}

Status Dialog::step(std::string_view answer, const Call& call) {
  std::string taken(answer);
  for (;;) {
    is_first_token_ = context() == nullptr;
    if (is_first_token_) {
      Status begun = begin_next(call);
      if (!begun.ok()) return begun;
    }
    if (ntlm_) return step_ntlm(taken);
    Status advanced = advance(taken, call);
    if (!advanced.ok()) return advanced;
    if (!kerberos_->failure()) return is_established() ? check_proof() : Status(Done{});
    note_failure();
    kerberos_.reset();
    if (is_final(*last_reason_)) return *last_error_;
    // The answer belonged to the mechanism that failed.
    taken.clear();
  }
}

bool Dialog::fall_back() {
  // Only a refused ticket has another way; a refused NTLM answer means the credential.
  if (!kerberos_ || !plan_.ntlm) return false;
  cause_ = {"The server did not accept the Kerberos ticket."};
  kerberos_.reset();
  return true;
}

authentication::Refusal Dialog::refusal() const {
  if (ntlm_) return ntlm_->refusal();
  authentication::Refusal of_kerberos;
  of_kerberos.of_ticket = true;
  return of_kerberos;
}

std::string Dialog::proof() const {
  if (!is_established()) return {};
  return ntlm_ ? "NTLM" : "Kerberos";
}

Status Dialog::begin_next(const Call& call) {
  if (plan_.kerberos && !kerberos_was_tried_) {
    kerberos_was_tried_ = true;
    begin_kerberos();
    if (kerberos_) return Done{};
  }
  if (!plan_.ntlm) return nothing_left();
  if (kerberos_was_tried_ && call.trace != nullptr) {
    call.trace->verbose(cause_.sentence + " Trying NTLM.");
  }
  ntlm_ = std::make_unique<ntlm::Context>(
      ntlm::Target{service_name(options_), binding_, options_.endpoint.display()});
  return Done{};
}

void Dialog::begin_kerberos() {
  const Result<const gss::Library*> library = gss::library();
  if (!library.ok()) {
    last_error_ = library.error();
    cause_ = {last_error_->message, last_error_->advice};
    return;
  }
  const gss::ServiceTarget target{service_name(options_), binding_, plan_.delegates};
  kerberos_ = std::make_shared<gss::Stage>(*library.value(), credentials_, *plan_.kerberos, target);
}

Error Dialog::nothing_left() const {
  // TrustedHosts helps only if Kerberos is not set up. Other reasons, such as a wrong password, are
  // reported as they are.
  const bool would_be_next = plan_.ntlm_refused && credentials_->is_given();
  const bool not_set_up = !last_reason_ || is_not_for_kerberos(*last_reason_);
  if (!last_error_ || (would_be_next && not_set_up)) {
    return not_trusted(options_, code::kServerNotTrusted, cause_);
  }
  return *last_error_;
}

// Needs no background: it asks nobody but the server.
Status Dialog::step_ntlm(std::string_view answer) {
  Secret password;
  if (!credentials_->append_password(password)) {
    return make_error(ErrorCode::closed, "The session is closed");
  }
  const authentication::UserName& user = credentials_->user();
  return ntlm_->step(answer, {user.domain, user.user, password.view()});
}

Status Dialog::advance(const std::string& answer, const Call& call) {
  const Phase phase{"the authentication to " + options_.endpoint.display()};
  // The call shares the stage and copies the answer, because it may outlive this one.
  const auto advance_stage = [stage = kerberos_, answer] {
    stage->advance(answer);
    return Done{};
  };
  const BackgroundOutcome outcome = calls().run<Done>(advance_stage, phase, call).outcome;
  if (outcome == BackgroundOutcome::done) return Done{};
  kerberos_.reset();  // The call in the background still uses it.
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
  const gss::Failure& failure = *kerberos_->failure();
  last_reason_ = failure.reason;
  last_error_ = gss::kerberos_error(failure, options_, service_name(options_));
  cause_ = {last_error_->message, last_error_->advice};
}

// Checks what was proved, not what was asked for.
Status Dialog::check_proof() const {
  const uint32_t flags = kerberos_->flags();
  if (!kerberos_->is_kerberos() || (flags & gss::kMutual) == 0) {
    return make_error(ErrorCode::authentication, code::kMutualAuthenticationFailed,
                      options_.endpoint.display() + " did not prove who it is",
                      {AdviceKey::verify_server});
  }
  // A mechanism may grant less than it was asked for [RFC 2743 2.2.1].
  constexpr uint32_t kProtected = gss::kConfidential | gss::kIntegrity;
  if (plan_.seals && (flags & kProtected) != kProtected) {
    return make_error(ErrorCode::unencrypted, code::kSecurityUnmapped,
                      options_.endpoint.display() + " does not encrypt messages with " + proof(),
                      {AdviceKey::use_tls});
  }
  return Done{};
}

std::string service_name(const TransportOptions& options) {
  // As the user typed it, and without the zone, which names an interface of this computer only.
  const std::string host = options.endpoint.host.substr(0, options.endpoint.host.find('%'));
  return "HTTP/" + host + (options.spn_port ? ":" + std::to_string(options.endpoint.port) : "");
}

Error not_trusted(const TransportOptions& options, uint32_t wsman_code, const Cause& cause) {
  // A cause before it has said already that something failed.
  const std::string failed =
      cause.sentence.empty() ? "The WinRM client cannot process the request: " : "";
  return with_cause(
      cause, make_error(ErrorCode::authentication, wsman_code,
                        failed + "NTLM does not prove who " + options.endpoint.display() +
                            " is, so over http it is used only with computers in TrustedHosts",
                        {{AdviceKey::trust_host, {options.endpoint.host_in_list()}}}));
}

}  // namespace wsman::negotiate
