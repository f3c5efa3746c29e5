#include "transport/legs.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "transport/authentication/base64.h"
#include "transport/authentication/challenges.h"
#include "transport/codes.h"
#include "transport/denial.h"
#include "transport/http_text.h"

namespace wsman {
namespace {

// Kerberos takes one or two, NTLM two or three, and both after one another five. CredSSP takes
// three more for its TLS and two for what it proves and hands over, and may begin twice. A server
// that always wants one more gets no more than this.
constexpr int kMostLegs = 16;

const HttpRequest kEmpty{"application/soap+xml;charset=UTF-8", ""};

Error failed(const TransportOptions& options, const std::string& why) {
  return {ErrorCode::authentication,
          with_code("The authentication to " + options.endpoint.display() + " failed: " + why,
                    kSecurityUnmapped) +
              ". Check that a WS-Management service listens on that port.",
          kSecurityUnmapped,
          {}};
}

// The server's next token; empty if it gave none.
Result<std::string> token_in(const Head& head, const SecurityContext& context,
                             const TransportOptions& options) {
  for (const Challenge& challenge : read_challenges(head.challenges)) {
    if (!equal_without_case(challenge.scheme, context.scheme())) continue;
    if (challenge.token.empty()) continue;
    std::optional<std::string> octets = decode_base64(challenge.token);
    if (!octets) return failed(options, "the server's token is not base64");
    return std::move(*octets);
  }
  return std::string();
}

bool offers(const Head& head, const SecurityContext& context) {
  const std::vector<Challenge> challenges = read_challenges(head.challenges);
  return std::any_of(challenges.begin(), challenges.end(), [&](const Challenge& challenge) {
    return equal_without_case(challenge.scheme, context.scheme());
  });
}

void announce(const SecurityContext& context, const TransportOptions& options, int legs,
              const Call& call, bool sealed) {
  if (call.trace == nullptr) return;
  const Endpoint& endpoint = options.endpoint;
  call.trace->verbose("Authenticated to " + endpoint.host_in_url() + ":" +
                      std::to_string(endpoint.port) + " with " + context.proof() + " in " +
                      std::to_string(legs) + (legs == 1 ? " round trip" : " round trips") +
                      (sealed ? "; messages are encrypted." : "."));
}

// What a leg's answer means for the next step: the server's token, or that all is done.
struct Leg {
  std::string token;
  bool is_last = false;
};

Result<Leg> judge(const WireAnswer& answer, SecurityContext& context,
                  const TransportOptions& options, size_t sent) {
  const Head& head = answer.head;
  Result<std::string> token = token_in(head, context, options);
  if (!token.ok()) return token.error();
  if (head.status == 401) {
    if (!token.value().empty()) return Leg{std::move(token.value()), false};
    if (context.takes_empty_answer() && offers(head, context)) return Leg{};
    if (context.fall_back()) return Leg{};
    return not_accepted(options, head.challenges, context.scheme(), context.tries_ticket());
  }
  const bool refused = head.status == 400 || head.status == 413 || head.status == 431;
  if (refused && token.value().empty()) return token_too_large(options, head.status, sent);
  return Leg{std::move(token.value()), true};
}

// Sends a request without credentials and without a body, to hear what the server wants.
Status ask(Wire& wire, SecurityContext& context, const TransportOptions& options,
           const std::string& target, const Call& call) {
  Secret message;
  write_request(message, "POST", target, options.endpoint, kEmpty, context);
  Progress progress;
  const Result<WireAnswer> answer = wire.exchange(message.view(), progress, call);
  if (!answer.ok()) return answer.error();
  const Head& head = answer.value().head;
  if (head.status == 401) {
    const Result<bool> heard = context.take_challenges(read_challenges(head.challenges));
    if (!heard.ok()) return heard.error();
    if (!heard.value()) return not_accepted(options, head.challenges, context.proof(), false);
  }
  // A challenge is not bound to the connection, and some servers close it after a 401.
  return wire.is_open() ? Status(Done{}) : wire.open(call);
}

}  // namespace

Status authenticate(Wire& wire, SecurityContext& context, const TransportOptions& options,
                    const std::string& target, const Call& call) {
  if (context.needs_challenge()) return ask(wire, context, options, target, call);
  if (context.scheme().empty()) return Done{};
  Leg leg;
  Secret message;
  for (int legs = 0;; ++legs) {
    if (!leg.is_last || !leg.token.empty()) {
      Status stepped = context.step(leg.token, call);
      if (!stepped.ok()) return stepped;
    }
    if (leg.is_last) {
      if (!context.is_established() || context.has_token()) {
        return failed(options, "the server ended it before it was complete");
      }
      announce(context, options, legs, call, context.sealer() != nullptr);
      return Done{};
    }
    if (!context.has_token()) {  // What the server said was its last word, and no good one.
      leg = Leg{};
      if (context.fall_back()) continue;
      return not_accepted(options, {context.scheme()}, context.scheme(), context.tries_ticket());
    }
    if (legs == kMostLegs) return failed(options, "the server asks for one token after the other");
    if (!wire.is_open()) {
      return connection_lost(options.endpoint, "between two steps of the authentication");
    }
    write_request(message, "POST", target, options.endpoint, kEmpty, context);
    Progress progress;
    const Result<WireAnswer> answer = wire.exchange(message.view(), progress, call);
    if (!answer.ok()) return answer.error();
    Result<Leg> next = judge(answer.value(), context, options, message.size());
    if (!next.ok()) return next.error();
    leg = std::move(next.value());
  }
}

}  // namespace wsman
