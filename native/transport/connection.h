// A lane: one socket, with or without TLS, and one authentication; one request in flight.
#ifndef WSMAN_TRANSPORT_CONNECTION_H_
#define WSMAN_TRANSPORT_CONNECTION_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "transport/authentication/authentication.h"
#include "transport/http_codec.h"
#include "transport/resolver.h"
#include "transport/socket.h"
#include "transport/tls.h"
#include "transport/tls_sessions.h"
#include "transport/transport.h"
#include "transport/turn.h"
#include "transport/wait.h"

namespace wsman {

// exchange() is called from one thread at a time; close() and is_open() from any thread, but
// close() waits for a running exchange(), so stop that first.
class Connection {
 public:
  // What is referred to belongs to the transport and outlives its connections.
  Connection(const TransportOptions& options, const Lookup& lookup,
             const Authenticator& authenticator, TlsSessions& sessions);

  // Connects if there is no connection or the peer has ended it, sends, and reads the answer, as
  // Transport::exchange() says. Any failure, and any answer after which the connection cannot be
  // used, closes it.
  Result<HttpResponse> exchange(const std::string& method, const std::string& target,
                                const HttpRequest& request, const Call& call);

  // Hangs up. The peer's own goodbye is awaited until `goodbye_deadline`, which the lanes of one
  // transport share; ours is said in any case.
  CloseOutcome close(const Call& call, Clock::time_point goodbye_deadline);
  CloseOutcome close(const Call& call) {
    return close(call, Clock::now() + options_.timeouts.close);
  }

  bool is_open() const { return open_.load(); }

 private:
  // How far one attempt got, for the decision whether there may be another.
  struct Attempt {
    bool on_used_connection = false;
    bool sent_something = false;
    bool heard_something = false;
    bool cut_short = false;  // Not all of the request was sent.
  };

  Result<HttpResponse> attempt(bool idempotent, const Call& call);
  Result<HttpResponse> try_once(Attempt& attempt, const Call& call);
  Status open(const Call& call);
  // Tells whoever listens what was connected to.
  void announce(const Call& call) const;
  bool is_stale();
  // Ends early if the answer comes before all is sent, or nothing can be sent any more.
  Status send(Attempt& attempt, ResponseReader& reader, const Call& call);
  Result<HttpResponse> receive(Attempt& attempt, ResponseReader& reader, const Call& call);
  // Takes what has come, without waiting. False if nothing had.
  Result<bool> hear(Attempt& attempt, ResponseReader& reader);
  Status wait(WaitFor what, const Call& call, const Phase& phase);
  IoResult read(char* data, size_t size);
  IoResult write(const char* data, size_t size);
  void drop();

  Turn mutex_;  // Held for one exchange, or for the closing.
  const TransportOptions& options_;
  const Lookup& lookup_;
  const Authenticator& authenticator_;
  TlsSessions& sessions_;
  Secret message_;  // Head, authorization line and body of the request that is being sent.
  Socket socket_;
  std::optional<TlsStream> tls_;
  std::atomic<bool> open_{false};
  std::atomic<bool> closed_{false};
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_CONNECTION_H_
