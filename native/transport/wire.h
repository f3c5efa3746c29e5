// One connection as octets: a socket, with or without TLS, that carries a message out and its
// answer in, within the bounds of a call.
#ifndef WSMAN_TRANSPORT_WIRE_H_
#define WSMAN_TRANSPORT_WIRE_H_

#include <atomic>
#include <optional>
#include <string>
#include <string_view>

#include "base/call.h"
#include "base/error.h"
#include "transport/http_codec.h"
#include "transport/resolver.h"
#include "transport/socket.h"
#include "transport/tls.h"
#include "transport/tls_sessions.h"
#include "transport/transport.h"
#include "transport/tunnel.h"
#include "transport/wait.h"

namespace wsman {

// How far one exchange got, for the decision whether there may be another.
struct Progress {
  bool sent_something = false;
  bool heard_something = false;
  bool cut_short = false;  // Not all of the message was sent.
};

struct WireAnswer {
  Head head;
  HttpResponse response;
};

// One thread at a time, but is_open() from any.
class Wire {
 public:
  // What is referred to belongs to the transport and outlives its connections.
  // `tunnel` is null where there is no proxy.
  Wire(const TransportOptions& options, const Lookup& lookup, TlsSessions& sessions,
       const Tunnel* tunnel)
      : options_(options), lookup_(lookup), sessions_(sessions), tunnel_(tunnel) {}

  // Resolves, connects, shakes hands, and says so to whoever listens.
  Status open(const Call& call);

  // Sends and hears the whole answer, of any status. An answer after which the connection cannot be
  // used closes it; after a failure the caller does.
  Result<WireAnswer> exchange(std::string_view message, Progress& progress, const Call& call);

  bool is_open() const { return open_.load(); }

  // For the tunnel, before the wire is open: connects to the proxy, and asks it.
  Status reach(const Call& call);
  bool is_reached() const { return socket_.is_open(); }
  Result<WireAnswer> ask_proxy(std::string_view message, const Call& call);

  // The peer has ended it, or said something that nobody asked for.
  bool is_stale();

  // The server's certificate in DER; empty without TLS.
  std::string leaf_certificate() const { return tls_ ? tls_->leaf_certificate() : std::string(); }

  // Says goodbye where there is one to say. False if it could not be said.
  bool say_goodbye(const Call& call) { return !tls_ || tls_->say_goodbye(socket_, call); }

  void drop();

 private:
  void announce(const Call& call) const;
  Status pass_proxy(const Call& call);
  Result<WireAnswer> exchange(std::string_view message, Progress& progress, ResponseReader& reader,
                              const Call& call);
  // Who is at the other end of the socket.
  const TransportOptions& hop() const {
    return in_front_of_ != nullptr ? in_front_of_->options() : options_;
  }
  // Ends early if the answer comes before all is sent, or nothing can be sent any more.
  Status send(std::string_view message, Progress& progress, ResponseReader& reader,
              const Call& call);
  Status receive(Progress& progress, ResponseReader& reader, const Call& call);
  // Takes what has come, without waiting. False if nothing had.
  Result<bool> hear(Progress& progress, ResponseReader& reader);
  Status wait(WaitFor what, const Call& call, const Phase& phase);
  IoResult read(char* data, size_t size);
  IoResult write(const char* data, size_t size);

  const TransportOptions& options_;
  const Lookup& lookup_;
  TlsSessions& sessions_;
  const Tunnel* const tunnel_;
  const Tunnel* in_front_of_ = nullptr;  // Until the proxy has connected us.
  Socket socket_;
  std::optional<TlsStream> tls_;
  std::atomic<bool> open_{false};
};

// The error for a connection that ended too early.
Error connection_lost(const Endpoint& endpoint, const std::string& when);

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_WIRE_H_
