#include "transport/http_transport.h"

#include <cpprest/http_client.h>
#include <pplx/threadpool.h>

#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "transport/client_identity.h"
#include "transport/connection.h"
#include "transport/lanes.h"
#include "transport/tls_sessions.h"
#include "transport/tunnel.h"
#include "transport/wait.h"

namespace wsman {
namespace {

constexpr size_t kMostLanes = 4;

// What goes out and what comes back, beside the method and URI that travel through cpprestsdk.
struct Exchange {
  const HttpRequest& request;
  const Call& call;
  std::optional<Result<HttpResponse>> outcome;
};

// The last stage of the pipeline: what reaches it goes over our connection, on the caller's thread.
// cpprestsdk carries method and URI; request and response values lie in the Exchange beside it,
// because its streams and header map would copy a body twice and keep an Authorization line.
class ConnectionStage : public web::http::http_pipeline_stage {
 public:
  template <typename... Arguments>
  explicit ConnectionStage(Arguments&&... arguments)
      : connection_(std::forward<Arguments>(arguments)...) {}

  pplx::task<web::http::http_response> propagate(web::http::http_request request) override {
    Exchange& exchange = *current_;
    exchange.outcome = connection_.exchange(request.method(), request.relative_uri().to_string(),
                                            exchange.request, exchange.call);
    const bool answered = exchange.outcome->ok();
    const int status = answered ? exchange.outcome->value().status : 0;
    return pplx::task_from_result(
        web::http::http_response(static_cast<web::http::status_code>(status)));
  }

  // The exchange that the next propagate() carries out. One request is in flight at a time.
  void set_current(Exchange* exchange) { current_ = exchange; }

  Connection& connection() { return connection_; }

 private:
  Connection connection_;
  Exchange* current_ = nullptr;
};

void start_small_pool() {
  static std::once_flag once;
  // cpprestsdk would start forty threads; its stock network stage, which needs them, is never used.
  std::call_once(once, [] { crossplat::threadpool::initialize_with_threads(2); });
}

// http_client's base; path and query come with each request.
web::uri base_of(const Endpoint& endpoint) {
  return web::uri((endpoint.tls ? "https://" : "http://") + endpoint.host_in_url() + ":" +
                  std::to_string(endpoint.port));
}

// One http_client with one connection below it.
class Lane {
 public:
  template <typename... Arguments>
  explicit Lane(const Endpoint& endpoint, Arguments&&... arguments)
      : client_(base_of(endpoint)),
        stage_(std::make_shared<ConnectionStage>(std::forward<Arguments>(arguments)...)) {
    client_.add_handler(stage_);
  }

  Result<HttpResponse> exchange(const web::uri& target, const HttpRequest& request,
                                const Call& call) {
    Exchange exchange{request, call, std::nullopt};
    try {
      stage_->set_current(&exchange);
      web::http::http_request message(web::http::methods::POST);
      message.set_request_uri(target);
      client_.request(message).wait();
    } catch (const std::exception& e) {
      if (!exchange.outcome) {
        return Error{
            ErrorCode::internal, std::string("The request could not be made: ") + e.what(), 0, {}};
      }
    }
    return std::move(*exchange.outcome);
  }

  Connection& connection() const { return stage_->connection(); }

 private:
  web::http::client::http_client client_;
  std::shared_ptr<ConnectionStage> stage_;
};

class HttpTransport : public Transport {
 public:
  HttpTransport(TransportOptions options, const AuthenticationPolicy& policy, Lookup lookup,
                std::unique_ptr<Tunnel> tunnel)
      : options_(std::move(options)),
        lookup_(std::move(lookup)),
        tunnel_(std::move(tunnel)),
        target_(options_.endpoint.path),
        mechanism_(take_credential(options_, policy)) {}

  Result<HttpResponse> exchange(const HttpRequest& request, const Call& call) override {
    const Phase phase{"the wait for a free connection to " + options_.endpoint.display()};
    Result<Lanes::Use> use = free_lanes_.take(phase, call);
    if (!use.ok()) return use.error();
    Lane* lane = open_lane(use.value().index());
    if (lane == nullptr) {
      return Error{
          ErrorCode::closed, "The session with " + options_.endpoint.host + " is closed.", 995, {}};
    }
    return lane->exchange(target_, request, call);
  }

  CloseOutcome close(const Call& call) override {
    CloseOutcome all;
    const Clock::time_point goodbye_deadline = Clock::now() + options_.timeouts.close;
    for (Lane* lane : close_lanes()) {
      const CloseOutcome one = lane->connection().close(call, goodbye_deadline);
      all.closed += one.closed;
      all.graceful = all.graceful && one.graceful;
      all.secrets_wiped = all.secrets_wiped && one.secrets_wiped;
    }
    // Only then nothing runs any more that could use them.
    if (all.secrets_wiped) {
      options_.identity.reset();
      all.secrets_wiped = mechanism_->wipe();
      if (tunnel_) all.secrets_wiped = tunnel_->wipe() && all.secrets_wiped;
    }
    return all;
  }

  int connections() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    int open = 0;
    for (const auto& lane : lanes_) open += lane && lane->connection().is_open() ? 1 : 0;
    return open;
  }

 private:
  static std::unique_ptr<Mechanism> take_credential(TransportOptions& options,
                                                    const AuthenticationPolicy& policy) {
    Credential credential{options.credential.given, options.credential.user_name,
                          std::move(options.credential.password)};
    return make_mechanism(options, std::move(credential), policy);
  }

  // The lane with that number, made on first use; null once the transport is closed.
  Lane* open_lane(size_t index) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (closed_) return nullptr;
    if (!lanes_[index]) {
      lanes_[index] = std::make_unique<Lane>(options_.endpoint, options_, lookup_, *mechanism_,
                                             sessions_, tunnel_.get());
    }
    return lanes_[index].get();
  }

  std::vector<Lane*> close_lanes() {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    std::vector<Lane*> made;
    for (const auto& lane : lanes_) {
      if (lane) made.push_back(lane.get());
    }
    return made;
  }

  TransportOptions options_;
  const Lookup lookup_;
  const std::unique_ptr<Tunnel> tunnel_;  // Null where there is no proxy.
  const web::uri target_;
  const std::unique_ptr<Mechanism> mechanism_;
  TlsSessions sessions_;
  Lanes free_lanes_{kMostLanes};
  mutable std::mutex mutex_;  // Guards what follows; not held while the network is used.
  std::array<std::unique_ptr<Lane>, kMostLanes> lanes_;
  bool closed_ = false;
};

}  // namespace

Result<std::unique_ptr<Transport>> make_http_transport(TransportOptions options,
                                                       const AuthenticationPolicy& policy,
                                                       Lookup lookup) {
  const Status allowed = check_authentication(options, policy);
  if (!allowed.ok()) return allowed.error();
  if (options.authentication == AuthenticationKind::client_certificate) {
    auto identity = ClientIdentity::load(std::move(options.certificate));
    if (!identity.ok()) return identity.error();
    options.identity = std::move(identity.value());
  }
  Result<std::unique_ptr<Tunnel>> tunnel = Tunnel::make(options, policy);
  if (!tunnel.ok()) return tunnel.error();
  start_small_pool();
  try {
    std::unique_ptr<Transport> transport = std::make_unique<HttpTransport>(
        std::move(options), policy, std::move(lookup), std::move(tunnel.value()));
    return transport;
  } catch (const std::exception& e) {
    return Error{ErrorCode::invalid_argument,
                 std::string("The computer cannot be addressed: ") + e.what(),
                 0,
                 {}};
  }
}

}  // namespace wsman
