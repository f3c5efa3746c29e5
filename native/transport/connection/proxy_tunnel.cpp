#include "transport/connection/proxy_tunnel.h"

#include <utility>

#include "base/codes.h"
#include "transport/authentication/mechanism.h"
#include "transport/authentication/mechanisms.h"
#include "transport/authentication/policy.h"
#include "transport/connection/access_denied.h"
#include "transport/connection/handshake.h"
#include "transport/connection/proxy.h"

namespace wsman::connection {
namespace {

// The limit for a proxy that answers each request with another challenge.
constexpr int kMostRequests = 10;

// The request travels in clear text, so it names the computer, the port and the credential for the
// proxy, and nothing else.
void write_connect(Secret& message, const Endpoint& target,
                   authentication::SecurityContext& context) {
  const std::string where = target.host_in_url() + ":" + std::to_string(target.port);
  message.clear();
  message.append("CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n");
  message.append("User-Agent: Portable.WSMan.Management\r\n");
  // The target of CONNECT is host and port alone [RFC 9112 3.2.3], and Digest hashes it so.
  context.append_authorization(message, {"CONNECT", where, true});
  message.append("\r\n");
}

// Adds to an error of the channel the advice to look at the proxy.
Error at_proxy(Error error) {
  error.advice.emplace_back(AdviceKey::check_proxy);
  return error;
}

class Proxy : public HandshakePeer {
 public:
  Proxy(Channel& channel, const TransportOptions& options, const Endpoint& target)
      : channel_(channel), options_(options), target_(target) {}

  Result<HandshakeAnswer> ask(authentication::SecurityContext& context, const Call& call) override {
    // Some proxies close the connection with a 407.
    if (!channel_.is_reached()) {
      const Status reached = channel_.reach(options_, call);
      if (!reached.ok()) return at_proxy(reached.error());
    }
    write_connect(message_, target_, context);
    const Result<Answer> answer = channel_.ask_proxy(message_.view(), call);
    if (!answer.ok()) return at_proxy(answer.error());
    const http::Head& head = answer.value().head;
    if (head.status == 407) return HandshakeAnswer{true, head.proxy_challenges};
    // Any 2xx opens the tunnel [RFC 9110 9.3.6], unless the proxy closes the connection with it.
    if (head.status < 300 && channel_.is_reached()) return HandshakeAnswer{};
    return cannot_connect(head.status);
  }

  // The proxy need not prove its identity: TLS with the computer runs through it, and verifies the
  // computer.
  Status finish(authentication::SecurityContext& /*context*/, const std::string& /*token*/,
                int /*round_trips*/, const Call& /*call*/) override {
    return Done{};
  }

  std::string name() const override { return "the proxy"; }

  Error not_accepted(const authentication::SecurityContext& /*context*/,
                     const std::vector<std::string>& challenges) const override {
    return denied(challenges);
  }

  Error denied(const std::vector<std::string>& challenges) const {
    const Credential& credential = options_.credential;
    std::string sentence = "Access is denied by the proxy " + options_.endpoint.display();
    if (credential.given) sentence += " to the user \"" + credential.user_name + "\"";
    return make_error(ErrorCode::access_denied, code::kAccessDenied, sentence,
                      {AdviceKey::check_proxy_credential}, offered_text(challenges));
  }

  Error failed(const std::string& why) const override {
    return make_error(
        ErrorCode::authentication, code::kSecurityUnmapped,
        "The authentication to the proxy " + options_.endpoint.display() + " failed: " + why,
        {AdviceKey::check_proxy_kind});
  }

 private:
  Error cannot_connect(int status) const {
    return make_error(ErrorCode::cannot_connect, code::kDestinationUnreachable,
                      "The client cannot connect to the destination " + target_.display() +
                          ": the proxy " + options_.endpoint.display() + " answered " +
                          std::to_string(status),
                      {AdviceKey::check_proxy_rules});
  }

  Channel& channel_;
  const TransportOptions& options_;
  const Endpoint& target_;
  Secret message_;
};

}  // namespace

Result<std::unique_ptr<ProxyTunnel>> ProxyTunnel::make(TransportOptions& options,
                                                       const authentication::Policy& policy) {
  std::unique_ptr<ProxyTunnel> none;
  // Before the environment is looked at: a combination that Windows refuses fails on every computer
  // alike.
  const Status allowed = check_proxy(options);
  if (!allowed.ok()) return allowed.error();
  Result<std::optional<Endpoint>> endpoint = proxy_for(options);
  if (!endpoint.ok()) return endpoint.error();
  if (!endpoint.value()) {
    // Nobody uses it then, and nobody else would wipe it.
    if (options.proxy) options.proxy->credential.password.wipe();
    return none;
  }
  TransportOptions proxy;
  proxy.endpoint = std::move(*endpoint.value());
  proxy.authentication = options.proxy->authentication;
  proxy.credential = std::move(options.proxy->credential);
  proxy.timeouts = options.timeouts;
  proxy.no_encryption = true;  // The proxy gets CONNECT alone.
  const Status usable = check_proxy_authentication(proxy, policy);
  if (!usable.ok()) return usable.error();
  // The options keep the user name for errors; only the mechanism gets the password.
  Credential credential{proxy.credential.given, proxy.credential.user_name,
                        std::move(proxy.credential.password)};
  // The mechanism keeps a reference to the options, so they are moved to their place first.
  std::unique_ptr<ProxyTunnel> proxy_tunnel(new ProxyTunnel(std::move(proxy)));
  proxy_tunnel->mechanism_ =
      authentication::make_mechanism(proxy_tunnel->options_, std::move(credential), policy);
  return proxy_tunnel;
}

Status ProxyTunnel::open(Channel& channel, const Endpoint& target, const Call& call) const {
  // No binding, because there is no TLS between here and the proxy.
  const std::unique_ptr<authentication::SecurityContext> context = mechanism_->begin("");
  Proxy proxy(channel, options_, target);
  // Basic and Digest have no tokens: they send, and at most take a challenge and send again.
  if (!context->scheme().empty()) return exchange_tokens(proxy, *context, call);
  for (int requests = 0; requests < kMostRequests; ++requests) {
    const Result<bool> connected = hear_challenge(proxy, *context, call);
    if (!connected.ok()) return connected.error();
    if (connected.value()) return Done{};
  }
  return proxy.denied({});
}

}  // namespace wsman::connection
