#include "transport/connection/server_handshake.h"

#include <optional>
#include <utility>

#include "base/codes.h"
#include "transport/connection/access_denied.h"
#include "transport/connection/handshake.h"

namespace wsman::connection {
namespace {

// Servers take heads of 8 KB and more, but for what stands before them.
constexpr size_t kLargeHead = 4096;

// Without a body, which some servers take badly before they know the user.
const HttpRequest kEmpty{"application/soap+xml;charset=UTF-8", ""};

class Server : public HandshakePeer {
 public:
  Server(Channel& channel, const TransportOptions& options, const std::string& target,
         const Reconnect& reconnect)
      : channel_(channel), options_(options), target_(target), reconnect_(reconnect) {}

  Result<HandshakeAnswer> ask(authentication::SecurityContext& context, const Call& call) override {
    if (!channel_.is_open()) {
      // Some servers close the connection with the 401 that refuses a Kerberos ticket. NTLM, which
      // is next, can begin on another one. In the middle of a mechanism that would not help: both
      // ends keep their half of the context for one socket.
      const Status reached =
          context.is_first_token() ? reconnect_(call) : Status(lost_between_steps(options_));
      if (!reached.ok()) return reached.error();
    }
    http::write_request(message_, "POST", target_, options_.endpoint, kEmpty, context);
    Progress progress;
    Result<Answer> answer = channel_.exchange(message_.view(), progress, call);
    if (!answer.ok()) return answer.error();
    http::Head& head = answer.value().head;
    status_ = head.status;
    location_ = std::move(answer.value().response.location);
    ++answers_;
    return HandshakeAnswer{head.status == 401, std::move(head.challenges),
                           head.status == 400 && !may_be_too_large()};
  }

  // A status of success alone proves nothing: without the server's last token a Kerberos context
  // has not authenticated the server, and an attacker can write a status.
  Status finish(authentication::SecurityContext& context, const std::string& token, int round_trips,
                const Call& call) override {
    const bool refused = (status_ == 400 && may_be_too_large()) || status_ == 413 || status_ == 431;
    if (refused && token.empty()) return token_too_large(options_, status_, message_.size());
    // Without a token nothing is left to check but whether the context was complete before.
    if (!token.empty()) {
      Status stepped = context.step(token, call);
      if (!stepped.ok()) return stepped;
    }
    if (!context.is_established() || context.has_token()) {
      const bool is_success = status_ >= 200 && status_ < 300;
      if (is_success || !token.empty()) return failed("the server ended it before it was complete");
      is_about_else_ = true;
      return Done{};
    }
    announce(context, round_trips, call);
    return Done{};
  }

  // The last answer, if it had nothing to do with the authentication: the server moved, has nothing
  // at that path, is not ready. No more is taken of it, because anybody on the way may have written
  // it.
  std::optional<HttpResponse> answer_about_else() {
    if (!is_about_else_) return std::nullopt;
    HttpResponse answer;
    answer.status = status_;
    answer.location = std::move(location_);
    answer.is_before_request = true;
    return answer;
  }

  std::string name() const override { return "the server"; }

  Error not_accepted(const authentication::SecurityContext& context,
                     const std::vector<std::string>& challenges) const override {
    // Digest has no scheme of tokens, but a name.
    const std::string scheme = context.scheme().empty() ? context.proof() : context.scheme();
    return connection::not_accepted(options_, challenges, scheme, context.refusal(), answers_ > 1);
  }

  Error failed(const std::string& why) const override {
    return make_error(ErrorCode::authentication, code::kSecurityUnmapped,
                      "The authentication to " + options_.endpoint.display() + " failed: " + why,
                      {AdviceKey::check_port});
  }

 private:
  // HTTP.sys answers 400 to a header field above MaxFieldLength (KB 2020943), other servers 413 or
  // 431 [RFC 6585 5]. A Kerberos ticket of a user in many groups is as long as that.
  bool may_be_too_large() const { return message_.size() >= kLargeHead; }

  void announce(authentication::SecurityContext& context, int round_trips, const Call& call) const {
    if (call.trace == nullptr) return;
    const Endpoint& endpoint = options_.endpoint;
    const bool sealed = context.sealer() != nullptr;
    call.trace->verbose("Authenticated to " + endpoint.host_in_url() + ":" +
                        std::to_string(endpoint.port) + " with " + context.proof() + " in " +
                        std::to_string(round_trips) +
                        (round_trips == 1 ? " round trip" : " round trips") +
                        (sealed ? "; messages are encrypted." : "."));
  }

  Channel& channel_;
  const TransportOptions& options_;
  const std::string& target_;
  const Reconnect& reconnect_;
  Secret message_;  // The last request.
  int status_ = 0;  // Of its answer, as the next one.
  std::string location_;
  bool is_about_else_ = false;
  int answers_ = 0;
};

}  // namespace

Error lost_between_steps(const TransportOptions& options) {
  return connection_lost(options.endpoint, "between two steps of the authentication");
}

Result<std::optional<HttpResponse>> authenticate(Channel& channel,
                                                 authentication::SecurityContext& context,
                                                 const TransportOptions& options,
                                                 const std::string& target,
                                                 const Reconnect& reconnect, const Call& call) {
  Server server(channel, options, target, reconnect);
  if (!context.scheme().empty()) {
    const Status exchanged = exchange_tokens(server, context, call);
    if (!exchanged.ok()) return exchanged.error();
    return server.answer_about_else();
  }
  const std::optional<HttpResponse> nothing;
  // Basic and a client certificate are sent with each request, which is answered 401 if they fail.
  if (!context.needs_challenge()) return nothing;
  const Result<bool> heard = hear_challenge(server, context, call);
  if (!heard.ok()) return heard.error();
  // A server that answers without a challenge wants no authentication, which is no failure.
  return nothing;
}

}  // namespace wsman::connection
