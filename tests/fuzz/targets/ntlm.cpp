// A CHALLENGE of NTLM, and the client that answers it.
#include <string>
#include <string_view>

#include "fuzz.h"
#include "transport/authentication/ntlm/context.h"
#include "transport/authentication/ntlm/messages.h"
#include "transport/authentication/spnego/tokens.h"

namespace wsman::fuzz {
namespace {

constexpr uint32_t kNeeded = ntlm::kUnicode | ntlm::kNtlm | ntlm::kExtendedSecurity |
                             ntlm::kTargetInfo | ntlm::k128 | ntlm::kKeyExchange | ntlm::kSign |
                             ntlm::kSeal;

const ntlm::Login kLogin{"DOMAIN", "user", "password"};

void check_challenge(std::string_view message, const ntlm::Challenge& challenge) {
  demand(challenge.server_challenge.size() == 8, "A challenge has another size");
  size_t size = 0;
  for (const ntlm::AvPair& pair : challenge.target_info) {
    size += 4 + pair.value.size();
    demand(challenge.info(pair.id) == &pair.value, "A pair stands twice");
  }
  demand(size < message.size() && challenge.target_info.size() <= 32,
         "More is read than the message has");
  const std::string written = ntlm::write_target_info(challenge.target_info);
  demand(message.find(written) != std::string_view::npos || challenge.target_info.empty(),
         "Other target information is read than was sent");
}

// A client gives nothing made of the password to who offers less than is needed, and is not
// satisfied by bytes that nobody with its key has made.
void answer(std::string_view message) {
  ntlm::Context context({"HTTP/server01", "", "server01"});
  demand(context.step("", kLogin).ok() && !context.token().empty(), "There is no first token");
  context.token_was_sent();
  const Status answered = context.step(message, kLogin);
  demand(answered.ok() || context.token().empty(), "A token comes with a failure");
  const bool in_spnego = message.substr(0, 7) != "NTLMSSP";
  if (!context.can_wrap()) return;
  const auto response = spnego::read_response(message);
  demand(!in_spnego || response.has_value(), "Something else than SPNEGO is answered");
  const auto challenge =
      ntlm::read_challenge(in_spnego ? std::string_view(response->token) : message);
  demand(challenge && (challenge->flags & kNeeded) == kNeeded,
         "A challenge is answered that offers less than is needed");
  demand(context.is_established() != in_spnego, "SPNEGO has ended before its end");
  (void)context.step(message, kLogin);
  demand(context.is_established() != in_spnego, "Anything ends SPNEGO");
}

void read_message(std::string_view bytes) {
  const auto challenge = ntlm::read_challenge(bytes);
  if (challenge) check_challenge(bytes, *challenge);
  answer(bytes);
}

const Target ntlm_target{"ntlm", read_message};

}  // namespace
}  // namespace wsman::fuzz
