// The server of NTLM, by the same computations: what a client proves to it, and what it seals.
#ifndef WSMAN_TESTS_NATIVE_TRANSPORT_AUTHENTICATION_NTLM_FAR_END_H_
#define WSMAN_TESTS_NATIVE_TRANSPORT_AUTHENTICATION_NTLM_FAR_END_H_

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "fakes/bytes.h"
#include "specs.h"
#include "transport/authentication/ntlm/hash.h"
#include "transport/authentication/ntlm/proof.h"
#include "transport/authentication/ntlm/sealing.h"
#include "transport/authentication/spnego/tokens.h"

namespace wsman::testing {

// A FILETIME, so many minutes from now.
inline std::string filetime(std::int64_t minutes_from_now) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  const std::int64_t time = (seconds + 60 * minutes_from_now) * 10000000 + 116444736000000000;
  return ntlm::little_endian(static_cast<std::uint64_t>(time), 8);
}

// A CHALLENGE that says that time.
inline std::string challenge_at(std::int64_t minutes_from_now, std::uint32_t flags = kGranted) {
  return challenge_with(
      bytes("0100 0400 53005200 0700 0800") + filetime(minutes_from_now) + bytes("00000000"),
      flags);
}

// One element of DER, of up to 64 KB.
inline std::string element(unsigned char tag, const std::string& content) {
  const std::string first(1, static_cast<char>(tag));
  const std::size_t size = content.size();
  if (size < 0x80) return first + static_cast<char>(size) + content;
  const std::string low(1, static_cast<char>(size & 0xFFU));
  if (size < 0x100) return first + '\x81' + low + content;
  return first + '\x82' + static_cast<char>(size >> 8U) + low + content;
}

// NegTokenResp. Parts that are empty are left out.
inline std::string spnego_answer(char state, const std::string& token = {},
                                 const std::string& mic = {}) {
  std::string content = element(0xA0, element(0x0A, std::string(1, state)));
  if (!token.empty()) content += element(0xA2, element(0x04, token));
  if (!mic.empty()) content += element(0xA3, element(0x04, mic));
  return element(0xA1, element(0x30, content));
}

class FarEnd {
 public:
  explicit FarEnd(std::string challenge) : challenge_(std::move(challenge)) {}

  // Takes the client's first token, in SPNEGO.
  void take_first(std::string_view token) {
    const std::size_t at = token.find("NTLMSSP");
    negotiate_ = at == std::string_view::npos ? "" : token.substr(at);
  }

  // Whether AUTHENTICATE proves the user, and is not changed.
  bool accepts(const std::string& message, std::string_view domain, std::string_view user,
               std::string_view password) {
    message_ = message;
    const ntlm::Account account{Secret(utf16(domain)), Secret(utf16(user)),
                                Secret(utf16(password))};
    const std::string response = field(20);
    if (field(28) != utf16(domain) || field(36) != utf16(user) || response.size() < 44)
      return false;
    const Secret key = ntlm::response_key(account);
    const std::string stated = response.substr(16);
    const ntlm::Choice choice{stated.substr(8, 8), stated.substr(16, 8),
                              stated.substr(28, stated.size() - 32)};
    const ntlm::Response expected = ntlm::respond(key, bytes("0123456789ABCDEF"), choice);
    if (expected.nt_response.view() != response) return false;
    std::string session_key = field(52);
    ntlm::Rc4(expected.session_base_key.view()).apply(session_key.data(), session_key.size());
    std::string without = message;
    std::fill_n(without.begin() + 72, 16, '\0');
    const Secret secret(session_key);
    const Secret mic = ntlm::integrity_code(secret, negotiate_, challenge_, without);
    if (message.substr(72, 16) != mic.view()) return false;
    info_ = choice.target_info;
    time_ = choice.time;
    incoming.emplace(secret, ntlm::Sender::client);
    outgoing.emplace(secret, ntlm::Sender::server);
    return true;
  }

  // The end of SPNEGO, with the MIC of the mechanisms.
  std::string end() {
    const std::string mic = *outgoing->sign(spnego::offered_mechanisms());
    outgoing->restart_cipher();
    return spnego_answer(0, {}, mic);
  }

  // What AUTHENTICATE has in the payload whose fields stand there.
  std::string field(std::size_t at) const {
    const auto number = [&](std::size_t from) {
      return static_cast<unsigned char>(message_.at(from)) |
             static_cast<unsigned>(static_cast<unsigned char>(message_.at(from + 1))) << 8U;
    };
    return message_.substr(number(at + 4), number(at));
  }

  const std::string& target_info() const { return info_; }
  const std::string& time() const { return time_; }

  std::optional<ntlm::Direction> incoming;
  std::optional<ntlm::Direction> outgoing;

 private:
  std::string challenge_;
  std::string negotiate_;
  std::string message_;
  std::string info_;
  std::string time_;
};

}  // namespace wsman::testing

#endif  // WSMAN_TESTS_NATIVE_TRANSPORT_AUTHENTICATION_NTLM_FAR_END_H_
