#include "transport/connection/handshake.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "transport/http/base64.h"
#include "transport/http/challenges.h"

namespace wsman::connection {
namespace {

// A limit for a peer that always demands one more token. Kerberos takes one or two, NTLM two or
// three, and both in turn five. CredSSP takes three more for its TLS and two for its proof and the
// credentials, and may begin twice.
constexpr int kMostRoundTrips = 16;

// The peer's next token; empty if it gave none.
Result<std::string> token_in(const std::vector<http::Challenge>& challenges,
                             const std::string& scheme, const HandshakePeer& peer) {
  for (const http::Challenge& challenge : challenges) {
    // A scheme may occur more than once [RFC 9110 11.6.1], also as a bare name beside its token.
    if (!equal_without_case(challenge.scheme, scheme) || challenge.token.empty()) continue;
    std::optional<std::string> bytes = http::decode_base64(challenge.token);
    if (!bytes) return peer.failed(peer.name() + "'s token is not base64");
    return std::move(*bytes);
  }
  return std::string();
}

bool offers(const std::vector<http::Challenge>& challenges, const std::string& scheme) {
  return std::any_of(challenges.begin(), challenges.end(), [&](const http::Challenge& challenge) {
    return equal_without_case(challenge.scheme, scheme);
  });
}

// Has `context` make the next token: from the answer, or with another mechanism if that answer
// ended the current one without success.
Status make_token(const HandshakePeer& peer, authentication::SecurityContext& context,
                  const std::string& answer, const std::vector<std::string>& lines,
                  const Call& call) {
  Status stepped = context.step(answer, call);
  while (stepped.ok() && !context.has_token()) {
    if (!context.fall_back()) return peer.not_accepted(context, lines);
    stepped = context.step("", call);
  }
  return stepped;
}

// Whether the context can go on after a denial without a token.
bool may_go_on(authentication::SecurityContext& context,
               const std::vector<http::Challenge>& challenges) {
  if (context.takes_empty_answer() && offers(challenges, context.scheme())) return true;
  return context.fall_back();
}

}  // namespace

Status exchange_tokens(HandshakePeer& peer, authentication::SecurityContext& context,
                       const Call& call) {
  std::string token;
  // As if the peer had offered the scheme: no peer has refused it yet, so not_accepted() must not
  // report an unknown scheme.
  std::vector<std::string> lines{context.scheme()};
  for (int round_trips = 0;; ++round_trips) {
    Status made = make_token(peer, context, token, lines, call);
    if (!made.ok()) return made;
    // After the token is made, so that a context that fails at the last answer gives its own
    // reason.
    if (round_trips == kMostRoundTrips) {
      return peer.failed(peer.name() + " asks for one token after the other");
    }
    Result<HandshakeAnswer> answer = peer.ask(context, call);
    if (!answer.ok()) return answer.error();
    lines = std::move(answer.value().challenges);
    const std::vector<http::Challenge> challenges = http::read_challenges(lines);
    // The last token may come with an answer of success: it proves the server [RFC 4559 4.1].
    Result<std::string> next = token_in(challenges, context.scheme(), peer);
    if (!next.ok()) return next.error();
    token = std::move(next.value());
    if (answer.value().refused_token && token.empty() && context.fall_back()) continue;
    if (!answer.value().denied) return peer.finish(context, token, round_trips + 1, call);
    if (token.empty() && !may_go_on(context, challenges)) return peer.not_accepted(context, lines);
  }
}

Result<bool> hear_challenge(HandshakePeer& peer, authentication::SecurityContext& context,
                            const Call& call) {
  const Result<HandshakeAnswer> answer = peer.ask(context, call);
  if (!answer.ok()) return answer.error();
  if (!answer.value().denied) return true;
  const std::vector<std::string>& lines = answer.value().challenges;
  const Result<bool> heard = context.take_challenges(http::read_challenges(lines));
  if (!heard.ok()) return heard.error();
  if (!heard.value()) return peer.not_accepted(context, lines);
  return false;
}

}  // namespace wsman::connection
