#include "transport/tunnel.h"

#include <utility>

#include "transport/authentication/base64.h"
#include "transport/authentication/challenges.h"
#include "transport/codes.h"
#include "transport/denial.h"
#include "transport/http_text.h"
#include "transport/proxy.h"
#include "transport/wire.h"

namespace wsman {
namespace {

constexpr int kMostSteps = 10;

// Nothing about the computer or the user but what the proxy needs to know.
void write_connect(Secret& message, const Endpoint& target, SecurityContext& context) {
  const std::string where = target.host_in_url() + ":" + std::to_string(target.port);
  message.clear();
  message.append("CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n");
  message.append("User-Agent: Portable.WSMan.Management\r\n");
  context.append_authorization(message, {"CONNECT", where, true});
  message.append("\r\n");
}

// The proxy's next token for `scheme`; empty if there is none.
std::string token_in(const std::vector<Challenge>& challenges, const std::string& scheme) {
  for (const Challenge& challenge : challenges) {
    if (!equal_without_case(challenge.scheme, scheme) || challenge.token.empty()) continue;
    return decode_base64(challenge.token).value_or("");
  }
  return {};
}

}  // namespace

Error at_proxy(Error error) {
  error.message += " That is the proxy which https_proxy names.";
  return error;
}

Result<std::unique_ptr<Tunnel>> Tunnel::make(TransportOptions& options,
                                             const AuthenticationPolicy& policy) {
  std::unique_ptr<Tunnel> none;
  const Status allowed = check_proxy(options);
  if (!allowed.ok()) return allowed.error();
  Result<std::optional<Endpoint>> endpoint = proxy_for(options);
  if (!endpoint.ok()) return endpoint.error();
  if (!endpoint.value()) return none;
  TransportOptions proxy;
  proxy.endpoint = std::move(*endpoint.value());
  proxy.authentication = options.proxy->authentication;
  proxy.credential = std::move(options.proxy->credential);
  proxy.timeouts = options.timeouts;
  proxy.no_encryption = true;  // Nothing but CONNECT is said to it.
  const Status usable = check_proxy_authentication(proxy, policy);
  if (!usable.ok()) return usable.error();
  Credential credential{proxy.credential.given, proxy.credential.user_name,
                        std::move(proxy.credential.password)};
  // The mechanism keeps a reference to the options, so they are in their place first.
  std::unique_ptr<Tunnel> tunnel(new Tunnel(std::move(proxy)));
  tunnel->mechanism_ = make_mechanism(tunnel->options_, std::move(credential), policy);
  return tunnel;
}

Status Tunnel::open(Wire& wire, const Endpoint& target, const Call& call) const {
  const std::unique_ptr<SecurityContext> context = mechanism_->begin("");
  if (!context->scheme().empty()) {
    Status stepped = context->step("", call);
    if (!stepped.ok()) return stepped;
  }
  Secret message;
  for (int steps = 0; steps < kMostSteps; ++steps) {
    if (!wire.is_reached()) {
      Status reached = wire.reach(call);
      if (!reached.ok()) return reached;
    }
    write_connect(message, target, *context);
    const Result<WireAnswer> answer = wire.ask_proxy(message.view(), call);
    if (!answer.ok()) return at_proxy(answer.error());
    const Head& head = answer.value().head;
    if (head.status < 300 && wire.is_reached()) return Done{};
    if (head.status != 407) {
      return Error{
          ErrorCode::cannot_connect,
          with_code("The proxy " + options_.endpoint.display() + " answered " +
                        std::to_string(head.status) + " to a connection to " + target.display(),
                    kDestinationUnreachable) +
              ". Check that it may connect to that computer and port.",
          kDestinationUnreachable,
          {}};
    }
    const Result<bool> again = go_on(head.proxy_challenges, *context, call);
    if (!again.ok()) return again.error();
    if (!again.value()) return denied(head.proxy_challenges);
  }
  return denied({});
}

// Whether there is something else to try after a 407.
Result<bool> Tunnel::go_on(const std::vector<std::string>& lines, SecurityContext& context,
                           const Call& call) const {
  const std::vector<Challenge> challenges = read_challenges(lines);
  if (context.scheme().empty()) return context.take_challenges(challenges);
  std::string token = token_in(challenges, context.scheme());
  if (token.empty() && !context.fall_back()) return false;
  const Status stepped = context.step(token, call);
  if (!stepped.ok()) return stepped.error();
  return context.has_token();
}

Error Tunnel::denied(const std::vector<std::string>& lines) const {
  const Credential& credential = options_.credential;
  std::string sentence = "The proxy " + options_.endpoint.display() + " denied access";
  if (credential.given) sentence += " to the user \"" + credential.user_name + "\"";
  return {ErrorCode::access_denied,
          with_code(sentence, kAccessDenied) + "." + offered_text(lines) +
              " Check -ProxyCredential and -ProxyAuthentication of New-WSManSessionOption.",
          kAccessDenied,
          {}};
}

}  // namespace wsman
