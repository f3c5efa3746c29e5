#include "gss/credssp_peer.h"

#include <algorithm>
#include <utility>

#include "gss/sealed_peer.h"

namespace wsman::service {
namespace {

constexpr int kOurVersion = 6;
constexpr std::size_t kNonce = 32;
constexpr std::uint32_t kLogonFailure = 0xC000006D;
constexpr std::uint32_t kBadBindings = 0x80090346;

}  // namespace

CredsspPeer::CredsspPeer(const GssOptions& options, const CredsspTlsServer& server)
    : options_(options), server_(server), tls_(server), acceptor_(options, false) {}

CredsspPeer::Outcome CredsspPeer::step(std::string_view token, GssQuirk quirk,
                                       std::string& answer) {
  if (phase_ == Phase::shaking) return shake_hands(token, answer);
  const auto text = tls_.unseal(token);
  if (!text) return refuse("The records are broken.");
  const auto message = read_credssp(*text);
  if (!message) return refuse("That is no TSRequest.");
  return hear(*message, quirk, answer);
}

CredsspPeer::Outcome CredsspPeer::shake_hands(std::string_view token, std::string& answer) {
  const auto records = tls_.shake_hands(token);
  if (!records) return refuse("The TLS handshake failed.");
  answer = *records;
  if (tls_.is_shaken()) phase_ = Phase::proving;
  return Outcome::go_on;
}

CredsspPeer::Outcome CredsspPeer::hear(const CredsspMessage& message, GssQuirk quirk,
                                       std::string& answer) {
  version_ = std::min({message.version, options_.credssp_version, kOurVersion});
  told_ = told_ || !message.auth_info.empty();
  if (phase_ == Phase::delegating) return take_credential(message);
  if (!message.auth_info.empty()) return refuse("The credential comes too early.");
  return prove(message, quirk, answer);
}

CredsspPeer::Outcome CredsspPeer::prove(const CredsspMessage& message, GssQuirk quirk,
                                        std::string& answer) {
  if (quirk == GssQuirk::credssp_error) return refuse("By the path.", kLogonFailure, answer);
  std::string token;
  if (!message.nego_token.empty()) {
    const auto outcome = acceptor_.step(message.nego_token, "", token);
    if (outcome == Acceptor::Outcome::refused) {
      return refuse(acceptor_.reason(), kLogonFailure, answer);
    }
  }
  if (!message.public_key_auth.empty()) return bind(message, token, quirk, answer);
  if (quirk == GssQuirk::credssp_garbage) {
    answer = tls_.seal("This is no TSRequest.");
    return Outcome::go_on;
  }
  if (quirk == GssQuirk::credssp_oversized_token) token.assign(kOversizedToken, '\x60');
  answer = say({.nego_token = token}, quirk);
  return Outcome::go_on;
}

CredsspPeer::Outcome CredsspPeer::bind(const CredsspMessage& message, const std::string& token,
                                       GssQuirk quirk, std::string& answer) {
  const auto proof = acceptor_.unwrap(message.public_key_auth);
  if (!proof) return refuse("The proof of the key is not wrapped: " + acceptor_.reason());
  const std::string& nonce = message.client_nonce;
  if (nonce.size() != (version_ >= 5 ? kNonce : 0)) return refuse("The nonce is none.");
  if (*proof != client_proof(version_, nonce, server_.key())) {
    return refuse("The client saw another key.", kBadBindings, answer);
  }
  // Somebody in between would know the key that it showed, and not what the service answers to it.
  const bool between = quirk == GssQuirk::credssp_other_certificate;
  std::string ours = server_proof(version_, nonce, between ? server_.other_key() : server_.key());
  if (quirk == GssQuirk::credssp_wrong_key) ours.back() = static_cast<char>(ours.back() ^ 1);
  const auto wrapped = acceptor_.wrap(ours);
  if (!wrapped) return refuse("The proof of the key cannot be wrapped.");
  answer = say({.nego_token = token, .public_key_auth = *wrapped}, quirk);
  phase_ = Phase::delegating;
  return Outcome::go_on;
}

CredsspPeer::Outcome CredsspPeer::take_credential(const CredsspMessage& message) {
  if (message.auth_info.empty()) return refuse("There is no credential.");
  const auto der = acceptor_.unwrap(message.auth_info);
  const auto credential = der ? read_credential(*der) : std::nullopt;
  if (!credential) return refuse("That is no credential.");
  if (!is_expected(*credential)) return refuse("The credential is another.");
  phase_ = Phase::established;
  return Outcome::established;
}

// "tester" of any domain, whichever way the domain is named.
bool CredsspPeer::is_expected(const DelegatedCredential& credential) const {
  const std::string_view user = credential.user;
  const std::string_view name = credential.domain.empty() ? user.substr(0, user.find('@')) : user;
  return same_ignoring_case(name, options_.credssp_user) &&
         credential.password == options_.credssp_password;
}

// [MS-CSSP 3.1.5] Versions 2 and 5 have no field for it, and say nothing.
CredsspPeer::Outcome CredsspPeer::refuse(const std::string& reason, std::uint32_t status,
                                         std::string& answer) {
  if (version_ != 2 && version_ != 5) answer = say({.error_code = status}, GssQuirk::none);
  return refuse(reason);
}

std::string CredsspPeer::say(CredsspMessage message, GssQuirk quirk) {
  message.version = quirk == GssQuirk::credssp_downgrade ? 2 : options_.credssp_version;
  return tls_.seal(write_credssp(message));
}

std::optional<std::string> CredsspPeer::open(const SealedRecords& message) {
  std::string text;
  for (const SealedRecord& sealed : message.records) {
    const auto part = tls_.unseal(sealed.record);
    if (!part || part->size() != sealed.length || part->size() > kMostInRecord) {
      reason_ = "A record does not hold what it says.";
      return std::nullopt;
    }
    if (sealed.trailer != tls_.behind() ||
        sealed.record.size() != tls_.before() + part->size() + tls_.behind()) {
      reason_ = "The trailer is not as long as it says.";
      return std::nullopt;
    }
    text += *part;
  }
  return text;
}

void CredsspPeer::close(Response& response, GssQuirk quirk) {
  ++answers_;
  if (quirk == GssQuirk::plain_answer || (quirk == GssQuirk::stop_sealing && answers_ > 1)) return;
  SealedRecords message;
  message.original_type = response.content_type;
  // The client never sees the one that is sealed first.
  if (quirk == GssQuirk::reorder) tls_.seal("one");
  const std::string_view text = response.body;
  for (std::size_t at = 0; at < text.size(); at += kMostInRecord) {
    const std::string_view part = text.substr(at, kMostInRecord);
    message.records.push_back({part.size(), tls_.behind(), tls_.seal(part)});
  }
  std::string& record = message.records.front().record;
  if (answers_ == 1) first_record_ = record;
  if (quirk == GssQuirk::replay && answers_ > 1) record = first_record_;
  if (quirk == GssQuirk::bad_signature) record.back() = static_cast<char>(record.back() ^ 1);
  if (quirk == GssQuirk::bit_flip) {
    char& middle = record.at(record.size() / 2);
    middle = static_cast<char>(middle ^ 1);
  }
  const bool other = quirk == GssQuirk::wrong_protocol;
  write_records(response, message, other ? kSpnegoProtocol : kCredsspProtocol,
                framing_of(quirk, options_.part_tab), quirk == GssQuirk::credssp_closes_each);
}

}  // namespace wsman::service
