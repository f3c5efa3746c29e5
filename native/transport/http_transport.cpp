#include "transport/http_transport.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "base/slots.h"
#include "base/wait.h"
#include "transport/authentication/mechanisms.h"
#include "transport/connection/connection.h"
#include "transport/connection/proxy_tunnel.h"
#include "transport/rest_pipeline.h"
#include "transport/tls/certified_key.h"
#include "transport/tls/openssl.h"
#include "transport/tls/openssl_library.h"
#include "transport/tls/session_cache.h"

namespace wsman {
namespace {

// One connection with its pipeline. A pipeline carries one request at a time, so each connection
// has its own.
class PipedConnection {
 public:
  template <typename... Arguments>
  explicit PipedConnection(const Endpoint& endpoint, Arguments&&... arguments)
      : connection_(std::forward<Arguments>(arguments)...),
        pipeline_(endpoint, [this](const std::string& method, const std::string& target,
                                   const HttpRequest& request, const Call& call) {
          return connection_.exchange(method, target, request, call);
        }) {}

  Result<HttpResponse> exchange(const HttpRequest& request, const Call& call) {
    return pipeline_.exchange(request, call);
  }

  connection::Connection& connection() { return connection_; }

 private:
  connection::Connection connection_;
  RestPipeline pipeline_;
};

class HttpTransport : public Transport {
 public:
  HttpTransport(TransportOptions options, const authentication::Policy& policy, net::Lookup lookup,
                std::unique_ptr<connection::ProxyTunnel> proxy_tunnel)
      : options_(std::move(options)),
        lookup_(std::move(lookup)),
        proxy_tunnel_(std::move(proxy_tunnel)),
        mechanism_(take_credential(options_, policy)) {}

  Result<HttpResponse> exchange(const HttpRequest& request, const Call& call) override {
    const tls::NotedFailures failures;
    // The answer to an earlier request of the same work is here, and this one waits to be sent.
    if (call.overtime != nullptr) call.overtime->let_stop_through();
    const Phase phase{"the wait for a free connection to " + options_.endpoint.display()};
    // The slot is held for the whole exchange: HTTP/1.1 carries one request at a time, and so does
    // the security context, which seals messages in order.
    Result<Slots::Use> use = free_slots_.take(phase, call);
    if (!use.ok()) return use.error();
    PipedConnection* connection = begin_in(use.value().index());
    if (connection == nullptr) return closed_error(options_.endpoint.called());
    const Running running{*this};
    return connection->exchange(request, call);
  }

  CloseOutcome close(const Call& call) override {
    const tls::NotedFailures failures;
    CloseOutcome all;
    // One deadline for the goodbyes of all connections, so that four silent ones cost no more time
    // than one.
    const Clock::time_point goodbye_deadline = Clock::now() + options_.timeouts.close;
    for (PipedConnection* made : take_no_more()) {
      if (made == nullptr) continue;
      const CloseOutcome one = made->connection().close(call, goodbye_deadline);
      all.closed += one.closed;
      all.graceful = all.graceful && one.graceful;
      all.secrets_wiped = all.secrets_wiped && one.secrets_wiped;
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    // A connection that could not be closed in time may still use the credential on another thread.
    // The last one wipes it then, and the report says so.
    wipe_is_owed_ = !all.secrets_wiped && running_ > 0;
    all.secrets_wiped = !wipe_is_owed_ && wipe();
    return all;
  }

  int connections() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    int open = 0;
    for (const auto& made : connections_) open += made && made->connection().is_open() ? 1 : 0;
    return open;
  }

 private:
  // An exchange that begin_in() has counted.
  struct Running {
    HttpTransport& transport;
    ~Running() { transport.end_exchange(); }
  };

  static std::unique_ptr<authentication::Mechanism> take_credential(
      TransportOptions& options, const authentication::Policy& policy) {
    // The password is moved out of the options, so that the mechanism holds its only copy.
    Credential credential{options.credential.given, options.credential.user_name,
                          std::move(options.credential.password)};
    return authentication::make_mechanism(options, std::move(credential), policy);
  }

  bool is_open(size_t slot) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return connections_[slot] && connections_[slot]->connection().is_open();
  }

  // The connection of that slot, made on first use, for one exchange; null once the transport is
  // closed.
  PipedConnection* begin_in(size_t slot) {
    const std::lock_guard<std::mutex> lock(mutex_);
    // Under the mutex that take_no_more() holds, so that no connection is made which close() does
    // not see.
    if (closed_) return nullptr;
    if (!connections_[slot]) {
      connections_[slot] = std::make_unique<PipedConnection>(
          options_.endpoint, options_, lookup_, *mechanism_, sessions_, proxy_tunnel_.get());
    }
    ++running_;
    return connections_[slot].get();
  }

  // After its connection has let go of everything, because it was closed.
  void end_exchange() {
    const std::lock_guard<std::mutex> lock(mutex_);
    --running_;
    if (running_ > 0 || !wipe_is_owed_) return;
    wipe_is_owed_ = false;
    (void)wipe();
  }

  // With the mutex held. False if a call in the background still has a copy.
  bool wipe() {
    options_.certified_key.reset();
    const bool wiped = mechanism_->wipe();
    return (!proxy_tunnel_ || proxy_tunnel_->wipe()) && wiped;
  }

  // Stops making connections, and returns those that exist, null for the others. Closing one waits
  // for the network, so it is done without the mutex. The pointers stay valid: connections are
  // destroyed with the transport only.
  std::array<PipedConnection*, kMostConnections> take_no_more() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    std::array<PipedConnection*, kMostConnections> all{};
    std::transform(connections_.begin(), connections_.end(), all.begin(),
                   [](const auto& made) { return made.get(); });
    return all;
  }

  TransportOptions options_;
  const net::Lookup lookup_;
  const std::unique_ptr<connection::ProxyTunnel> proxy_tunnel_;  // Null where there is no proxy.
  const std::unique_ptr<authentication::Mechanism> mechanism_;
  tls::SessionCache sessions_;
  // An open connection first: a further one takes longer, and may not be had.
  Slots free_slots_{kMostConnections, [this](size_t slot) { return is_open(slot); }};
  mutable std::mutex mutex_;  // Guards what follows; not held while the network is used.
  std::array<std::unique_ptr<PipedConnection>, kMostConnections> connections_;
  bool closed_ = false;
  size_t running_ = 0;         // Exchanges that may use the credential.
  bool wipe_is_owed_ = false;  // By the last of them.
};

}  // namespace

Result<std::unique_ptr<Transport>> make_http_transport(TransportOptions options,
                                                       const authentication::Policy& policy,
                                                       net::Lookup lookup) {
  const Status openssl = tls::require_openssl();
  if (!openssl.ok()) return openssl.error();
  tls::begin_openssl();
  const tls::NotedFailures failures;
  // First, so that an authentication that the settings forbid is refused before a file is read or a
  // proxy is asked about.
  const Status allowed = authentication::check_authentication(options, policy);
  if (!allowed.ok()) return allowed.error();
  if (options.authentication == AuthenticationKind::client_certificate) {
    // Now and not at the first handshake: a certificate that no server could accept is an error
    // before any traffic.
    auto identity = tls::CertifiedKey::load(std::move(options.certificate));
    if (!identity.ok()) return identity.error();
    options.certified_key = std::move(identity.value());
  }
  Result<std::unique_ptr<connection::ProxyTunnel>> proxy_tunnel =
      connection::ProxyTunnel::make(options, policy);
  if (!proxy_tunnel.ok()) return proxy_tunnel.error();
  // web::uri and http_client throw for an address that they do not take.
  try {
    std::unique_ptr<Transport> transport = std::make_unique<HttpTransport>(
        std::move(options), policy, std::move(lookup), std::move(proxy_tunnel.value()));
    return transport;
  } catch (const std::bad_alloc&) {
    return out_of_memory();
  } catch (const std::exception& e) {
    return make_error(ErrorCode::invalid_argument,
                      std::string("The computer cannot be addressed: ") + e.what());
  }
}

}  // namespace wsman
