// One connection as bytes: a socket, with or without TLS, that carries a message out and its
// answer in, within the bounds of a call.
#ifndef WSMAN_TRANSPORT_CONNECTION_CHANNEL_H_
#define WSMAN_TRANSPORT_CONNECTION_CHANNEL_H_

#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include "base/call.h"
#include "base/error.h"
#include "base/wait.h"
#include "transport/http/codec.h"
#include "transport/net/resolver.h"
#include "transport/net/socket.h"
#include "transport/tls/session_cache.h"
#include "transport/tls/stream.h"
#include "transport/transport.h"

namespace wsman::connection {

// The progress of one exchange, which decides whether there may be another.
struct Progress {
  bool sent_something = false;
  bool heard_something = false;
  bool cut_short = false;    // Not all of the message was sent.
  bool was_refused = false;  // The server refused the client certificate, and read nothing for it.
  // Of the request: it may be carried out twice, so nobody has to look whether it was.
  bool is_idempotent = false;
};

struct Answer {
  http::Head head;
  HttpResponse response;
};

// Used by one thread at a time; is_open() is safe from any thread.
class Channel {
 public:
  // The transport owns the arguments, which outlive its connections.
  Channel(const TransportOptions& options, const net::Lookup& lookup, tls::SessionCache& sessions)
      : options_(options), lookup_(lookup), sessions_(sessions) {}

  // Connects to `peer`: the computer, or a proxy in front of it. `peer` outlives the connection.
  // This and what follows until the computer is reached have no bound but that of the call.
  Status reach(const TransportOptions& peer, const Call& call);
  bool is_reached() const { return socket_.is_open(); }

  // Asks the proxy that was reached for a connection to the computer. All bytes after an answer of
  // success are the computer's. Failures name the proxy until open().
  Result<Answer> ask_proxy(std::string_view message, const Call& call);

  // The socket leads to the computer from here on. Begins TLS if the endpoint has it.
  Status open(const Call& call);

  // Sends the message and reads the whole answer, of any status. An answer after which the
  // connection cannot be used closes it; after a failure the caller closes it.
  Result<Answer> exchange(std::string_view message, Progress& progress, const Call& call);

  bool is_open() const { return open_.load(); }

  // True if the peer has closed the connection, or sent data that no request asked for.
  bool is_stale();

  // The address at the other end of the socket.
  std::string peer_address() const { return socket_.peer_address(); }

  // Null without TLS.
  const tls::Stream* tls() const { return tls_ ? &*tls_ : nullptr; }

  // The server's certificate in DER; empty without TLS.
  std::string leaf_certificate() const { return tls_ ? tls_->leaf_certificate() : std::string(); }

  // Sends close_notify over TLS. False if it could not be sent.
  bool say_goodbye(const Call& call) { return !tls_ || tls_->say_goodbye(socket_, call); }

  void drop();

 private:
  Result<Answer> exchange(std::string_view message, Progress& progress,
                          http::ResponseReader& reader, const Call& call);
  // The error with the advice that fits a connection on which nothing was heard.
  Error explained(Error error) const;
  // Ends early if the answer comes before all is sent, or if nothing more can be sent.
  Status send(std::string_view message, Progress& progress, http::ResponseReader& reader,
              const Call& call);
  Status receive(Progress& progress, http::ResponseReader& reader, const Call& call);
  // Reads the bytes that have arrived, without waiting. False if there were none.
  Result<bool> hear(Progress& progress, http::ResponseReader& reader);
  Status wait(WaitFor what, const Call& call, const Phase& phase);
  // The error for a wait for the answer that ended otherwise than in `ready`. Nothing if the answer
  // is awaited on, in overtime.
  static std::optional<Error> give_up(WaitResult waited, const Progress& progress, const Call& call,
                                      const Phase& phase);
  Phase answer_phase() const;
  // Holds a stop back from here on (Overtime). Fails if the call was stopped before, or its time is
  // over.
  Status expect_answer(const Call& call) const;
  net::IoResult read(char* data, size_t size);
  net::IoResult write(const char* data, size_t size);

  const TransportOptions& options_;
  const net::Lookup& lookup_;
  tls::SessionCache& sessions_;
  const TransportOptions* peer_ = &options_;  // The other end of the socket.
  net::Socket socket_;
  std::optional<tls::Stream> tls_;
  bool has_heard_ = false;  // Anything at all from that end.
  std::atomic<bool> open_{false};
};

// The error for a connection that ended too early.
Error connection_lost(const Endpoint& endpoint, const std::string& when);

}  // namespace wsman::connection

#endif  // WSMAN_TRANSPORT_CONNECTION_CHANNEL_H_
