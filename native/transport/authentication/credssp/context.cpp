#include "transport/authentication/credssp/context.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/codes.h"
#include "transport/authentication/credssp/mechanism.h"
#include "transport/http/base64.h"
#include "transport/tls/openssl.h"

namespace wsman::credssp {
void Context::append_authorization(Secret& head, const http::RequestLine& line) {
  if (token_.empty()) return;
  head.append(line.field());
  head.append(scheme() + " ");
  http::append_base64(head, token_);
  head.append("\r\n");
  token_.clear();
}

Status Context::step(std::string_view answer, const Call& call) {
  is_first_token_ = false;
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

bool Context::fall_back() {
  if (phase_ != Phase::proving || !dialog_.fall_back()) return false;
  // The server keeps its result for this TLS, so the next mechanism gets a new one, with a version
  // that is read anew.
  tls_.reset();
  version_ = 0;
  phase_ = Phase::fresh;
  return true;
}

Error Context::failed(const std::string& why, AdviceList advice, const std::string& further) const {
  // Said only as long as it is true: after the last message the server has the password.
  std::string known = phase_ == Phase::done ? "" : "The credentials were not handed over.";
  if (!known.empty() && !further.empty()) known += " ";
  return make_error(
      ErrorCode::authentication, code::kSecurityUnmapped,
      "The authentication to " + plan_.options.endpoint.display() + " with CredSSP failed: " + why,
      std::move(advice), known + further);
}

Error Context::not_proved() const {
  return make_error(
      ErrorCode::authentication, code::kMutualAuthenticationFailed,
      // A wrong proof is the sign of a machine in the middle, which ends one TLS and begins another
      // one.
      plan_.options.endpoint.display() + " did not prove that the TLS inside CredSSP ends there",
      {}, "Somebody may stand between here and there. The credentials were not handed over.");
}

Status Context::begin() {
  Result<std::unique_ptr<Tls>> opened = Tls::open();
  if (!opened.ok()) return opened.error();
  tls_ = std::move(opened.value());
  Status begun = tls_->shake_hands("", token_);
  if (!begun.ok()) return failed(begun.error().message);
  phase_ = Phase::shaking;
  is_first_token_ = true;
  return Done{};
}

Status Context::shake_hands(std::string_view answer, const Call& call) {
  Status shaken = tls_->shake_hands(answer, token_);
  if (!shaken.ok()) return failed("its TLS handshake: " + shaken.error().message);
  // Without records of ours the server would have nothing to answer.
  if (!tls_->is_shaken()) {
    return token_.empty() ? Status(failed("its TLS handshake is cut short")) : Status(Done{});
  }
  phase_ = Phase::shaken;
  // A handshake of TLS 1.3 ends with a message of the client, one of TLS 1.2 with a message of the
  // server. After the latter the next message is ours as well, and goes at once.
  return token_.empty() ? prove_first("", call) : Status(Done{});
}

Status Context::prove_first(std::string_view answer, const Call& call) {
  // The answer may carry session tickets, which are for the TLS alone [RFC 8446 4.6.1].
  const Result<std::string> nothing = tls_->unseal(answer);
  if (!nothing.ok()) return failed("its TLS: " + nothing.error().message);
  if (!nothing.value().empty()) return failed("the server speaks before it is asked");
  phase_ = Phase::proving;
  Status stepped = dialog_.step("", call);
  return stepped.ok() ? say_token() : stepped;
}

Status Context::prove(std::string_view answer, const Call& call) {
  const Result<TsResponse> heard = hear(answer);
  if (!heard.ok()) return heard.error();
  if (heard.value().error_code) {
    // A server that refuses the ticket reports it here and not with a 401.
    if (fall_back()) return begin();
    return ended_with_status(plan_.options, *heard.value().error_code);
  }
  // Before the token is used: a server that is too old gets no answer made of the password.
  Status new_enough = check_version(heard.value().version);
  if (!new_enough.ok()) return new_enough;
  if (heard.value().nego_token.empty()) return failed("the server gives no token");
  Status stepped = dialog_.step(heard.value().nego_token, call);
  if (!stepped.ok()) return stepped;
  // The proof of the key is due as soon as messages can be encrypted [MS-CSSP 3.1.5].
  return dialog_.context()->can_wrap() ? bind_key() : say_token();
}

Status Context::say_token() {
  if (!dialog_.has_token()) return failed("the server ended it before it was complete");
  TsRequest request;
  request.nego_token = dialog_.token();
  Status said = say(request);
  dialog_.token_was_sent();
  return said;
}

// Sends the proof of the public key. The last token of NTLM travels in the same message.
Status Context::bind_key() {
  // The lower version of both ends is in force.
  claim_ = {std::min(version_, kVersion), "", tls_->server_key()};
  if (claim_.key.empty()) return failed("the server's TLS has no certificate");
  if (claim_.version >= kNonceVersion) {
    // The nonce has 32 bytes and is random, so that no proof can be prepared or used again
    // [MS-CSSP 2.2.1].
    std::array<unsigned char, 32> nonce{};
    if (!tls::fill_randomly(nonce.data(), nonce.size())) {
      return failed("there are no random numbers");
    }
    claim_.nonce.assign(nonce.begin(), nonce.end());
  }
  const std::string proof = client_key_proof(claim_);
  if (proof.empty()) return failed("the OpenSSL of this computer offers no SHA-256");
  const Result<std::string> wrapped = dialog_.context()->wrap(proof);
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

// The credentials leave only after the server has proved the key: a machine in the middle has a
// certificate of its own, and would get the password.
Status Context::hand_over(std::string_view answer, const Call& call) {
  const Result<TsResponse> heard = hear(answer);
  if (!heard.ok()) return heard.error();
  if (heard.value().error_code) {
    return ended_with_status(plan_.options, *heard.value().error_code);
  }
  Status same = check_version(heard.value().version);
  if (!same.ok()) return same;
  // NTLM wraps before SPNEGO has ended, so the last answer of SPNEGO comes with the proof.
  if (!heard.value().nego_token.empty()) {
    Status stepped = dialog_.step(heard.value().nego_token, call);
    if (!stepped.ok()) return stepped;
  }
  // The context has to be complete, because its last step checks the proof of the server.
  if (!dialog_.is_established() || dialog_.has_token()) {
    return failed("the server ended it before it was complete");
  }
  const Result<std::string> proof = dialog_.context()->unwrap(heard.value().public_key_auth);
  if (!proof.ok() || !is_server_key_proof(claim_, proof.value())) return not_proved();

  Secret password;
  // The copy lives from here to the end of this function, and is wiped with it.
  if (!plan_.credentials->append_password(password)) return failed("the session is closed");
  const std::optional<Secret> credentials = write_ts_credentials(plan_.user_name, password);
  if (!credentials) return failed("the user name or the password is not UTF-8");
  const Result<std::string> wrapped = dialog_.context()->wrap(credentials->view());
  // The password was copied several times, and copies leave a part of it in vector registers.
  wipe_registers();
  if (!wrapped.ok()) return wrapped.error();
  TsRequest request;
  request.auth_info = wrapped.value();
  Status said = say(request);
  // Set last: until then the error states that the server did not get the credentials.
  if (said.ok()) phase_ = Phase::done;
  return said;
}

// The answer to the credentials: nothing, or an error code that says why they were refused.
Status Context::hear_last(std::string_view answer) {
  const Result<std::string> plain = tls_->unseal(answer);
  if (!plain.ok()) return failed("its TLS: " + plain.error().message);
  if (plain.value().empty()) return Done{};
  const std::optional<TsResponse> heard = read_ts_response(plain.value());
  if (heard && heard->error_code) return ended_with_status(plan_.options, *heard->error_code);
  return failed("the server speaks before it is asked");
}

Status Context::say(const TsRequest& request) {
  // DER in wiped memory, because the message may hold a token made of the password.
  const Secret der = write_ts_request(request);
  Result<std::string> records = tls_->seal(der.view());
  if (!records.ok()) return failed("its TLS: " + records.error().message);
  token_ = std::move(records.value());
  return Done{};
}

Result<TsResponse> Context::hear(std::string_view answer) {
  const Result<std::string> plain = tls_->unseal(answer);
  if (!plain.ok()) return failed("its TLS: " + plain.error().message);
  std::optional<TsResponse> heard = read_ts_response(plain.value());
  if (!heard) return failed("the server's message is not CredSSP");
  // STATUS_SUCCESS is no refusal.
  if (heard->error_code && *heard->error_code == 0) heard->error_code.reset();
  return std::move(*heard);
}

Status Context::check_version(int version) {
  // Every message states the version, and the proof has the form of the first one.
  if (version_ != 0 && version != version_) return failed("the server changes its version");
  version_ = version;
  if (version >= plan_.minimum_version) return Done{};
  constexpr const char* kDanger =
      "Versions below 5 let somebody in between run commands in your name (CVE-2018-0886).";
  return failed("the server speaks version " + std::to_string(version) +
                    ", and the client setting CredSSPMinimumVersion wants " +
                    std::to_string(plan_.minimum_version),
                {AdviceKey::update_or_lower_setting}, version < kNonceVersion ? kDanger : "");
}

Result<http::Sealed> Context::seal(std::string_view plain) {
  Result<http::Sealed> sealed = tls_->seal_piece(plain);
  if (sealed.ok()) return sealed;
  return make_error(ErrorCode::internal,
                    "The request could not be encrypted: " + sealed.error().message);
}

}  // namespace wsman::credssp
