#include "transport/authentication/credssp_context.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "transport/authentication/base64.h"
#include "transport/authentication/credssp.h"
#include "transport/codes.h"

namespace wsman {
void CredsspContext::append_authorization(Secret& head, const RequestLine& line) {
  if (token_.empty()) return;
  head.append(line.field());
  head.append(scheme() + " ");
  append_base64(head, token_);
  head.append("\r\n");
  token_.clear();
}

Status CredsspContext::step(std::string_view answer, const Call& call) {
  switch (phase_) {
    case Phase::fresh:
      return begin();
    case Phase::shaking:
      return shake_hands(answer, call);
    case Phase::shaken:
      return prove_first(answer, call);
    case Phase::proving:
      return prove(answer, call);
    case Phase::binding:
      return hand_over(answer, call);
    case Phase::done:
      return hear_last(answer);
  }
  return Done{};
}

bool CredsspContext::fall_back() {
  if (phase_ != Phase::proving || !dialog_.fall_back()) return false;
  tls_.reset();
  version_ = 0;
  phase_ = Phase::fresh;
  return true;
}

Error CredsspContext::failed(const std::string& why) const {
  const bool handed_over = phase_ == Phase::done;
  return {ErrorCode::authentication,
          with_code("The authentication to " + plan_.options.endpoint.display() +
                        " with CredSSP failed: " + why,
                    kSecurityUnmapped) +
              (handed_over ? "." : ". The credentials were not handed over."),
          kSecurityUnmapped,
          {}};
}

Error CredsspContext::not_proved() const {
  return {ErrorCode::authentication,
          with_code(plan_.options.endpoint.display() +
                        " did not prove that the TLS inside CredSSP ends there",
                    kMutualAuthenticationFailed) +
              ". Somebody may stand between here and there. The credentials were not handed over.",
          kMutualAuthenticationFailed,
          {}};
}

Status CredsspContext::begin() {
  tls_ = CredsspTls::open();
  if (!tls_) return failed("no TLS could be begun");
  Status begun = tls_->shake_hands("", token_);
  if (!begun.ok()) return failed(begun.error().message);
  phase_ = Phase::shaking;
  return Done{};
}

Status CredsspContext::shake_hands(std::string_view answer, const Call& call) {
  Status shaken = tls_->shake_hands(answer, token_);
  if (!shaken.ok()) return failed("its TLS handshake: " + shaken.error().message);
  if (!tls_->is_shaken()) {
    return token_.empty() ? Status(failed("its TLS handshake is cut short")) : Status(Done{});
  }
  phase_ = Phase::shaken;
  // TLS 1.3 ends with our word, TLS 1.2 with the server's.
  return token_.empty() ? prove_first("", call) : Status(Done{});
}

Status CredsspContext::prove_first(std::string_view answer, const Call& call) {
  const Result<std::string> nothing = tls_->unseal(answer);
  if (!nothing.ok()) return failed("its TLS: " + nothing.error().message);
  if (!nothing.value().empty()) return failed("the server speaks out of turn");
  phase_ = Phase::proving;
  Status stepped = dialog_.step("", call);
  return stepped.ok() ? say_token() : stepped;
}

Status CredsspContext::prove(std::string_view answer, const Call& call) {
  const Result<TsAnswer> heard = hear(answer);
  if (!heard.ok()) return heard.error();
  if (heard.value().error_code) {
    if (fall_back()) return begin();
    return ended_with_status(plan_.options, *heard.value().error_code);
  }
  Status new_enough = check_version(heard.value().version);
  if (!new_enough.ok()) return new_enough;
  if (heard.value().nego_token.empty()) return failed("the server gives no token");
  Status stepped = dialog_.step(heard.value().nego_token, call);
  if (!stepped.ok()) return stepped;
  return dialog_.stage().can_wrap() ? bind_key() : say_token();
}

Status CredsspContext::say_token() {
  if (!dialog_.has_token()) return failed("the server ended it before it was complete");
  TsRequest request;
  request.nego_token = dialog_.token();
  Status said = say(request);
  dialog_.token_was_sent();
  return said;
}

// The last token of NTLM goes with it.
Status CredsspContext::bind_key() {
  claim_ = {std::min(version_, kCredsspVersion), "", tls_->server_key()};
  if (claim_.key.empty()) return failed("the server's TLS has no certificate");
  if (claim_.version >= kCredsspNonceVersion) {
    std::array<unsigned char, 32> nonce{};
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1) {
      return failed("there are no random numbers");
    }
    claim_.nonce.assign(nonce.begin(), nonce.end());
  }
  const Result<std::string> wrapped = dialog_.stage().wrap(client_key_proof(claim_));
  if (!wrapped.ok()) return wrapped.error();
  TsRequest request;
  request.nego_token = dialog_.token();
  request.public_key_auth = wrapped.value();
  request.client_nonce = claim_.nonce;
  Status said = say(request);
  dialog_.token_was_sent();
  phase_ = Phase::binding;
  return said;
}

// Nothing of the credentials leaves before the server has proved the key.
Status CredsspContext::hand_over(std::string_view answer, const Call& call) {
  const Result<TsAnswer> heard = hear(answer);
  if (!heard.ok()) return heard.error();
  if (heard.value().error_code) {
    return ended_with_status(plan_.options, *heard.value().error_code);
  }
  Status same = check_version(heard.value().version);
  if (!same.ok()) return same;
  if (!heard.value().nego_token.empty()) {
    Status stepped = dialog_.step(heard.value().nego_token, call);
    if (!stepped.ok()) return stepped;
  }
  if (!dialog_.is_established() || dialog_.has_token()) {
    return failed("the server ended it before it was complete");
  }
  const Result<std::string> proof = dialog_.stage().unwrap(heard.value().public_key_auth);
  if (!proof.ok() || !is_server_key_proof(claim_, proof.value())) return not_proved();

  Secret password;
  if (!plan_.credentials->append_password(password)) return failed("the session is closed");
  const std::optional<Secret> credentials = write_ts_credentials(plan_.user_name, password);
  if (!credentials) return failed("the user name or the password is not UTF-8");
  const Result<std::string> wrapped = dialog_.stage().wrap(credentials->view());
  wipe_registers();
  if (!wrapped.ok()) return wrapped.error();
  TsRequest request;
  request.auth_info = wrapped.value();
  Status said = say(request);
  if (said.ok()) phase_ = Phase::done;
  return said;
}

// What comes after the credentials: nothing, or why they were not taken.
Status CredsspContext::hear_last(std::string_view answer) {
  const Result<std::string> plain = tls_->unseal(answer);
  if (!plain.ok()) return failed("its TLS: " + plain.error().message);
  if (plain.value().empty()) return Done{};
  const std::optional<TsAnswer> heard = read_ts_answer(plain.value());
  if (heard && heard->error_code) return ended_with_status(plan_.options, *heard->error_code);
  return failed("the server speaks out of turn");
}

Status CredsspContext::say(const TsRequest& request) {
  const std::optional<Secret> der = write_ts_request(request);
  if (!der) return failed("memory ran out");
  Result<std::string> records = tls_->seal(der->view());
  if (!records.ok()) return failed("its TLS: " + records.error().message);
  token_ = std::move(records.value());
  return Done{};
}

Result<TsAnswer> CredsspContext::hear(std::string_view answer) {
  const Result<std::string> plain = tls_->unseal(answer);
  if (!plain.ok()) return failed("its TLS: " + plain.error().message);
  std::optional<TsAnswer> heard = read_ts_answer(plain.value());
  if (!heard) return failed("the server's message is not CredSSP");
  if (heard->error_code && *heard->error_code == 0) heard->error_code.reset();
  return std::move(*heard);
}

Status CredsspContext::check_version(int version) {
  if (version_ != 0 && version != version_) return failed("the server changes its version");
  version_ = version;
  if (version >= plan_.minimum_version) return Done{};
  Error error = failed("the server speaks version " + std::to_string(version) +
                       ", and the client setting CredSSPMinimumVersion wants " +
                       std::to_string(plan_.minimum_version));
  if (version < kCredsspNonceVersion) {
    error.message +=
        " Versions below 5 let somebody in between run commands in your name (CVE-2018-0886).";
  }
  error.message += " Update the server, or lower the setting.";
  return error;
}

Result<Sealed> CredsspContext::seal(std::string_view plain) {
  Result<Sealed> sealed = tls_->seal_piece(plain);
  if (sealed.ok()) return sealed;
  const std::string& why = sealed.error().message;
  return Error{ErrorCode::internal, "The request could not be encrypted: " + why + ".", 0, {}};
}

}  // namespace wsman
