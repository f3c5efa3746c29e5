// A lane: one connection with its security context, made and lost together; one request in flight.
#ifndef WSMAN_TRANSPORT_CONNECTION_H_
#define WSMAN_TRANSPORT_CONNECTION_H_

#include <atomic>
#include <memory>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "transport/authentication/authentication.h"
#include "transport/resolver.h"
#include "transport/tls_sessions.h"
#include "transport/transport.h"
#include "transport/turn.h"
#include "transport/wait.h"
#include "transport/wire.h"

namespace wsman {

// exchange() is called from one thread at a time; close() and is_open() from any thread, but
// close() waits for a running exchange(), so stop that first.
class Connection {
 public:
  // What is referred to belongs to the transport and outlives its connections.
  // `tunnel` is null where there is no proxy.
  Connection(const TransportOptions& options, const Lookup& lookup, Mechanism& mechanism,
             TlsSessions& sessions, const Tunnel* tunnel = nullptr);

  // Connects and authenticates if there is no connection or the peer has ended it, sends, and reads
  // the answer, as Transport::exchange() says. Any failure, and any answer after which the
  // connection cannot be used, closes it.
  Result<HttpResponse> exchange(const std::string& method, const std::string& target,
                                const HttpRequest& request, const Call& call);

  // Hangs up. The peer's own goodbye is awaited until `goodbye_deadline`, which the lanes of one
  // transport share; ours is said in any case.
  CloseOutcome close(const Call& call, Clock::time_point goodbye_deadline);
  CloseOutcome close(const Call& call) {
    return close(call, Clock::now() + options_.timeouts.close);
  }

  bool is_open() const { return wire_.is_open(); }

 private:
  struct Outbound {
    const std::string& method;
    const std::string& target;
    const HttpRequest& request;
  };

  // How far one attempt got, for the decision whether there may be another.
  struct Attempt {
    bool on_used_connection = false;
    bool was_forgotten = false;   // The server no longer knew who we are, and did nothing.
    bool was_challenged = false;  // It did nothing but say what it wants to see next.
    Progress progress;            // Of the request itself.
  };

  Result<HttpResponse> attempt(const Outbound& outbound, const Call& call);
  Result<HttpResponse> try_once(Attempt& attempt, const Outbound& outbound, const Call& call);
  Status open(const std::string& target, const Call& call);
  Status write(const Outbound& outbound);
  // What the answer to a request comes to: its content is made readable.
  Result<HttpResponse> judge(WireAnswer answer, Attempt& attempt);
  Result<HttpResponse> unseal(HttpResponse response, Sealer& sealer);
  void drop();

  Turn mutex_;  // Held for one exchange, or for the closing.
  const TransportOptions& options_;
  Mechanism& mechanism_;
  Wire wire_;
  std::unique_ptr<SecurityContext> context_;  // As long as the wire is open.
  Secret message_;  // Head, authorization line and body of the request that is being sent.
  std::atomic<bool> closed_{false};
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_CONNECTION_H_
