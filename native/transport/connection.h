// A lane: one socket, with or without TLS, and one authentication; one request in flight.
#ifndef WSMAN_TRANSPORT_CONNECTION_H_
#define WSMAN_TRANSPORT_CONNECTION_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "transport/authentication/authentication.h"
#include "transport/resolver.h"
#include "transport/socket.h"
#include "transport/tls.h"
#include "transport/transport.h"
#include "transport/wait.h"

namespace wsman {

// What goes out and what comes back, beside the method and URI that travel through cpprestsdk.
struct Exchange {
  const HttpRequest& request;
  const Call& call;
  std::optional<Result<HttpResponse>> outcome;
};

// exchange() is called from one thread at a time; close() and is_open() from any thread, but
// close() waits for a running exchange(), so stop that first.
class Connection {
 public:
  Connection(TransportOptions options, Lookup lookup);

  // Connects if there is no connection or the peer has ended it, sends, and reads the answer. Any
  // failure, and any answer after which the connection cannot be used, closes it.
  Result<HttpResponse> exchange(const std::string& method, const std::string& target,
                                const HttpRequest& request, const Call& call);

  CloseOutcome close(const Call& call);

  bool is_open() const { return open_.load(); }

 private:
  Result<HttpResponse> send_and_receive(const Secret& message, const Call& call);
  Status open(const Call& call);
  bool is_stale();
  Status send(const Secret& message, const Call& call);
  Result<HttpResponse> receive(const Call& call);
  Status wait(bool writing, const Call& call, const Phase& phase);
  IoResult read(char* data, size_t size);
  IoResult write(const char* data, size_t size);
  void drop();

  std::timed_mutex mutex_;  // Held for one exchange, or for the closing.
  TransportOptions options_;
  Lookup lookup_;
  std::unique_ptr<Authenticator> authenticator_;
  Socket socket_;
  std::optional<TlsStream> tls_;
  std::atomic<bool> open_{false};
  std::atomic<bool> closed_{false};
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_CONNECTION_H_
