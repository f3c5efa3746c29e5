// One connection with its security context, made and lost together; one request in flight.
#ifndef WSMAN_TRANSPORT_CONNECTION_CONNECTION_H_
#define WSMAN_TRANSPORT_CONNECTION_CONNECTION_H_

#include <atomic>
#include <memory>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "base/timed_mutex.h"
#include "base/wait.h"
#include "transport/authentication/mechanism.h"
#include "transport/connection/channel.h"
#include "transport/net/resolver.h"
#include "transport/tls/session_cache.h"
#include "transport/transport.h"

namespace wsman::connection {

class ProxyTunnel;

// exchange() is called from one thread at a time; close() and is_open() from any thread, but
// close() waits for a running exchange(), so stop that first.
class Connection {
 public:
  // The transport owns the arguments, which outlive its connections. `proxy_tunnel` is null without
  // a proxy.
  Connection(const TransportOptions& options, const net::Lookup& lookup,
             authentication::Mechanism& mechanism, tls::SessionCache& sessions,
             const ProxyTunnel* proxy_tunnel = nullptr);

  // Connects and authenticates if there is no connection or the peer has ended it, sends, and reads
  // the answer, as Transport::exchange() says. Any failure, and any answer after which the
  // connection cannot be used, closes it.
  Result<HttpResponse> exchange(const std::string& method, const std::string& target,
                                const HttpRequest& request, const Call& call);

  // Closes the connection. The close_notify of the peer is awaited until `goodbye_deadline`, which
  // the connections of one transport share; ours is sent in any case.
  CloseOutcome close(const Call& call, Clock::time_point goodbye_deadline);
  CloseOutcome close(const Call& call) {
    return close(call, Clock::now() + options_.timeouts.close);
  }

  bool is_open() const { return channel_.is_open(); }

 private:
  struct Outbound {
    const std::string& method;
    const std::string& target;
    const HttpRequest& request;
  };

  // The progress of one attempt, which decides whether there may be another.
  struct Attempt {
    bool on_used_connection = false;
    bool was_forgotten = false;   // The server had lost the context, and did nothing, as it says.
    bool was_challenged = false;  // The server did nothing but send a challenge.
    bool was_refused = false;     // The server did nothing but refuse the user.
    bool has_proved = false;      // A proxy or the server may have got a proof of the user.
    Progress progress;            // Of the request itself.

    // Whether the request may have been carried out, if the attempt failed.
    Outcome outcome() const {
      const bool refused = was_refused || progress.was_refused;
      return progress.sent_something && !refused ? Outcome::unknown : Outcome::not_done;
    }
  };

  Result<HttpResponse> attempt(const Outbound& outbound, const Call& call);
  static bool may_repeat(const Attempt& first, const Result<HttpResponse>& response,
                         bool idempotent);
  Result<HttpResponse> try_once(Attempt& attempt, const Outbound& outbound, const Call& call);
  // Gives the answer of a server that had another one than to authenticate; else nothing.
  Result<std::optional<HttpResponse>> open(Attempt& attempt, const std::string& target,
                                           const Call& call);
  Status connect(const Call& call);
  Result<std::string> channel_binding() const;
  Status write(const Outbound& outbound);
  // Turns an answer into the result of the request, with its content decrypted.
  Result<HttpResponse> interpret(Answer answer, Attempt& attempt);
  Result<HttpResponse> unseal(HttpResponse response, http::Sealer& sealer);
  void drop();

  TimedMutex mutex_;  // Held for one exchange, or for the closing.
  const TransportOptions& options_;
  authentication::Mechanism& mechanism_;
  const ProxyTunnel* const proxy_tunnel_;
  Channel channel_;
  std::unique_ptr<authentication::SecurityContext> context_;  // As long as the channel is open.
  Secret message_;  // Head, authorization line and body of the request that is being sent.
  std::atomic<bool> closed_{false};
};

}  // namespace wsman::connection

#endif  // WSMAN_TRANSPORT_CONNECTION_CONNECTION_H_
