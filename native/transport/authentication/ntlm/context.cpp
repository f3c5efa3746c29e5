#include "transport/authentication/ntlm/context.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "base/codes.h"
#include "base/text.h"
#include "transport/authentication/ntlm/hash.h"
#include "transport/authentication/spnego/tokens.h"
#include "transport/authentication/utf16.h"
#include "transport/tls/openssl.h"

namespace wsman::ntlm {
namespace {

constexpr uint32_t kWanted = kUnicode | kRequestTarget | kSign | kSeal | kNtlm | kAlwaysSign |
                             kExtendedSecurity | kTargetInfo | kVersion | k128 | kKeyExchange | k56;

// What a server has to grant, in words.
struct Need {
  uint32_t flag;
  const char* words;
};
constexpr std::array<Need, 8> kNeeds = {{{kUnicode, "Unicode"},
                                         {kNtlm, "NTLM itself"},
                                         {kExtendedSecurity, "extended session security"},
                                         {kTargetInfo, "NTLMv2 (target information)"},
                                         {k128, "keys of 128 bits"},
                                         {kKeyExchange, "a key exchange"},
                                         {kSign, "signatures"},
                                         {kSeal, "encryption"}}};

std::string lacking_in(uint32_t flags) {
  std::string list;
  for (const Need& need : kNeeds) {
    if ((flags & need.flag) == 0) list += (list.empty() ? "" : ", ") + std::string(need.words);
  }
  return list;
}

// FILETIME: tenths of a microsecond since 1601 [MS-DTYP 2.3.3].
constexpr int64_t kUnixEpoch = 116444736000000000;
constexpr int64_t kTicksInMinute = 600000000;
constexpr size_t kTimestamp = 8;
constexpr size_t kClientChallenge = 8;

int64_t filetime_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now);
  return micros.count() * 10 + kUnixEpoch;
}

int64_t read_filetime(const std::string& bytes) {
  uint64_t time = 0;
  for (size_t i = bytes.size(); i-- > 0;) time = time << 8U | static_cast<unsigned char>(bytes[i]);
  // Beyond this the difference is large in any case.
  return static_cast<int64_t>(std::min<uint64_t>(time, uint64_t{1} << 62U));
}

std::string duration_text(int64_t minutes) {
  constexpr int64_t kHour = 60;
  constexpr int64_t kDay = 24 * kHour;
  if (minutes < 2 * kHour) return std::to_string(minutes) + " minutes";
  if (minutes < 2 * kDay) return std::to_string(minutes / kHour) + " hours";
  return std::to_string(minutes / kDay) + " days";
}

// The name by which accounts may be bound to computers: without a domain, in capitals.
std::string workstation() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return {};
  const std::string whole = name.data();
  return upper_case(whole.substr(0, whole.find('.')));
}

bool fill_randomly(Secret& secret, size_t size) {
  return tls::fill_randomly(reinterpret_cast<unsigned char*>(secret.extend(size)), size);
}

constexpr std::string_view kBare("NTLMSSP\0", 8);

bool is_bare(std::string_view token) { return token.substr(0, kBare.size()) == kBare; }

}  // namespace

Status Context::step(std::string_view answer, const Login& login) {
  switch (phase_) {
    case Phase::fresh:
      return begin();
    case Phase::asked:
      return hear_challenge(answer, login);
    case Phase::proved:
    case Phase::done:
      break;
  }
  return hear_end(answer);
}

authentication::Refusal Context::refusal() const {
  authentication::Refusal refusal;
  refusal.mechanism = "NTLM";
  refusal.of_mechanism = phase_ == Phase::asked;
  refusal.further = clock_;
  return refusal;
}

Error Context::failed(const std::string& why, AdviceList advice) const {
  return make_error(ErrorCode::authentication, code::kSecurityUnmapped,
                    "The authentication to " + target_.display + " with NTLM failed: " + why,
                    std::move(advice));
}

Status Context::begin() {
  if (!has_md5()) {
    return make_error(
        ErrorCode::authentication, code::kSecurityUnmapped,
        "NTLM needs MD5, which OpenSSL on this computer does not offer: its policy may "
        "forbid it, as FIPS does",
        {AdviceKey::configure_open_ssl});
  }
  negotiate_ = write_negotiate(kWanted);
  token_.append(spnego::write_init(negotiate_));
  phase_ = Phase::asked;
  return Done{};
}

Status Context::hear_challenge(std::string_view answer, const Login& login) {
  // Windows and gss-ntlmssp answer in the form in which they were asked; others without SPNEGO.
  in_spnego_ = !is_bare(answer);
  std::string inner(answer);
  if (in_spnego_) {
    std::optional<spnego::Response> response = spnego::read_response(answer);
    if (!response)
      return failed("the server's token is neither SPNEGO nor NTLM", {AdviceKey::check_port});
    // Another mechanism than the one that was offered, or none: the server does not take NTLM.
    const bool refused = response->state == spnego::State::rejected || response->is_ntlm == false;
    if (refused) return Done{};
    inner = std::move(response->token);
  }
  const std::optional<Challenge> challenge = read_challenge(inner);
  if (!challenge) return failed("the server's challenge is malformed", {AdviceKey::check_port});
  return prove(inner, *challenge, login);
}

Status Context::prove(std::string_view bytes, const Challenge& challenge, const Login& login) {
  const std::string lacking = lacking_in(challenge.flags);
  if (!lacking.empty()) {
    return make_error(
        ErrorCode::authentication, code::kSecurityUnmapped,
        target_.display + " offers NTLM without " + lacking + ", and nothing weaker is used",
        {AdviceKey::update_server});
  }
  note_clock(challenge);
  if (!fill_randomly(session_key_, kHashSize)) return failed("there are no random numbers");
  const Result<Secret> message = make_authenticate(bytes, challenge, login);
  if (!message.ok()) return message.error();
  outgoing_.emplace(session_key_, Sender::client);
  incoming_.emplace(session_key_, Sender::server);
  session_key_.wipe();
  return say(message.value());
}

Result<Secret> Context::make_authenticate(std::string_view bytes, const Challenge& challenge,
                                          const Login& login) {
  std::optional<Secret> domain = authentication::to_utf16(login.domain);
  std::optional<Secret> user = authentication::to_utf16(login.user);
  std::optional<Secret> password = authentication::to_utf16(login.password);
  if (!domain || !user || !password) return failed("the user name or the password is not UTF-8");
  const Account account{std::move(*domain), std::move(*user), std::move(*password)};
  const Result<Response> response = make_response(challenge, account);
  if (!response.ok()) return response.error();
  Secret exchanged;
  char* const key = exchanged.extend(kHashSize);
  std::copy_n(session_key_.view().data(), kHashSize, key);
  Rc4(response.value().session_base_key.view()).apply(key, kHashSize);
  const std::string here(authentication::to_utf16(workstation()).value_or(Secret()).view());

  Authenticate message;
  message.flags = kWanted & challenge.flags;
  message.domain = account.domain.view();
  message.user = account.user.view();
  message.workstation = here;
  message.nt_response = response.value().nt_response.view();
  message.session_key = exchanged.view();
  std::optional<Secret> written = write_authenticate(message);
  if (!written) return failed("the user name, or what the server states of itself, is too long");
  // The code is over the message with zeros in its place.
  const Secret mic = integrity_code(session_key_, negotiate_, bytes, written->view());
  message.mic = mic.view();
  return std::move(*write_authenticate(message));
}

Result<Response> Context::make_response(const Challenge& challenge, const Account& account) const {
  const std::optional<Secret> service = authentication::to_utf16(target_.service);
  if (!service) return failed("the name of the computer is not UTF-8");
  Secret random;
  if (!fill_randomly(random, kClientChallenge)) return failed("there are no random numbers");
  const std::string* const stamp = challenge.info(AvId::timestamp);
  const std::string now = little_endian(static_cast<uint64_t>(filetime_now()), kTimestamp);
  return respond(response_key(account), challenge.server_challenge,
                 {stamp != nullptr ? *stamp : now, std::string(random.view()),
                  answered_target_info(challenge, target_.channel_binding, service->view())});
}

// Puts AUTHENTICATE into the form in which the server speaks.
Status Context::say(const Secret& authenticate) {
  if (!in_spnego_) {
    // Nothing comes after it.
    token_.append(authenticate.view());
    phase_ = Phase::done;
    return Done{};
  }
  const std::optional<std::string> mic = outgoing_->sign(spnego::offered_mechanisms());
  if (!mic) return failed("no message can be signed any more");
  outgoing_->restart_cipher();
  token_.append(spnego::write_response(authenticate.view(), *mic).view());
  phase_ = Phase::proved;
  return Done{};
}

Status Context::hear_end(std::string_view answer) {
  const bool in_spnego = !is_bare(answer);
  const std::optional<spnego::Response> response = spnego::read_response(answer);
  const std::string_view inner = in_spnego && response ? response->token : answer;
  // A server that gets AUTHENTICATE on another connection than NEGOTIATE knows nothing of it.
  if (is_bare(inner)) {
    return make_error(ErrorCode::authentication, code::kSecurityUnmapped,
                      target_.display +
                          " began NTLM anew in the middle of it, as when the steps reach different "
                          "connections",
                      {AdviceKey::look_for_balancer});
  }
  if (phase_ == Phase::done)
    return failed("the server goes on after its end", {AdviceKey::check_port});
  if (!response) return failed("the server's token is not SPNEGO", {AdviceKey::check_port});
  if (response->state == spnego::State::rejected) return Done{};
  const bool ended = response->state == spnego::State::completed && response->token.empty();
  if (!ended) return failed("the server does not end it", {AdviceKey::check_port});
  // It shows that nobody changed the offer, and that the server knows the session key.
  const Status verified =
      incoming_->verify(spnego::offered_mechanisms(), response->mechanism_list_mic);
  if (!verified.ok())
    return failed("the server's end is not signed as it has to be", {AdviceKey::check_port});
  incoming_->restart_cipher();
  phase_ = Phase::done;
  return Done{};
}

// The time of the server is used for the proof, so a wrong clock matters only to who verifies that
// beside the server; it is told if the proof is refused.
void Context::note_clock(const Challenge& challenge) {
  constexpr int64_t kFar = 5;
  const std::string* const stamp = challenge.info(AvId::timestamp);
  if (stamp == nullptr) return;
  const int64_t minutes = (read_filetime(*stamp) - filetime_now()) / kTicksInMinute;
  if (std::abs(minutes) < kFar) return;
  clock_ = "The clock of the server is " + duration_text(std::abs(minutes)) +
           (minutes > 0 ? " ahead of" : " behind") + " that of this computer.";
}

Result<http::Sealed> Context::seal(std::string_view plain) {
  std::optional<http::Sealed> sealed = outgoing_->seal(plain);
  if (sealed) return std::move(*sealed);
  return make_error(ErrorCode::internal, "The request could not be encrypted with NTLM");
}

Result<std::string> Context::unseal(std::string_view bytes, size_t signature_bytes) {
  std::string message(bytes.substr(signature_bytes));
  const Status opened = incoming_->open(message, bytes.substr(0, signature_bytes));
  if (!opened.ok()) return opened.error();
  return message;
}

Result<std::string> Context::wrap(std::string_view plain) {
  const Result<http::Sealed> sealed = seal(plain);
  if (!sealed.ok()) return sealed.error();
  return sealed.value().signature + sealed.value().cipher;
}

Result<std::string> Context::unwrap(std::string_view token) {
  return unseal(token, std::min(token.size(), Direction::kSignatureSize));
}

}  // namespace wsman::ntlm
