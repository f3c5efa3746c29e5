#include "transport/http_transport.h"

#include <cpprest/http_client.h>
#include <pplx/threadpool.h>

#include <mutex>
#include <utility>

#include "transport/connection.h"

namespace wsman {
namespace {

// The last stage of the pipeline: what reaches it goes over our connection, on the caller's thread.
// cpprestsdk carries method and URI; request and response values lie in the Exchange beside it,
// because its streams and header map would copy a body twice and keep an Authorization line.
class ConnectionStage : public web::http::http_pipeline_stage {
 public:
  ConnectionStage(TransportOptions options, Lookup lookup)
      : connection_(std::move(options), std::move(lookup)) {}

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

// The path and query for http_client, whose base URI has the rest.
web::uri base_of(const Endpoint& endpoint) {
  return web::uri((endpoint.tls ? "https://" : "http://") + endpoint.host_in_url() + ":" +
                  std::to_string(endpoint.port));
}

class HttpTransport : public Transport {
 public:
  explicit HttpTransport(TransportOptions options, Lookup lookup)
      : target_(options.endpoint.path),
        client_(base_of(options.endpoint)),
        stage_(std::make_shared<ConnectionStage>(std::move(options), std::move(lookup))) {
    client_.add_handler(stage_);
  }

  Result<HttpResponse> exchange(const HttpRequest& request, const Call& call) override {
    Exchange exchange{request, call, std::nullopt};
    const std::lock_guard<std::mutex> lock(in_flight_);
    try {
      stage_->set_current(&exchange);
      web::http::http_request message(web::http::methods::POST);
      message.set_request_uri(web::uri(target_));
      client_.request(message).wait();
    } catch (const std::exception& e) {
      if (!exchange.outcome) {
        return Error{
            ErrorCode::internal, std::string("The request could not be made: ") + e.what(), 0, {}};
      }
    }
    return std::move(*exchange.outcome);
  }

  CloseOutcome close(const Call& call) override { return stage_->connection().close(call); }

  int connections() const override { return stage_->connection().is_open() ? 1 : 0; }

 private:
  std::mutex in_flight_;
  std::string target_;
  web::http::client::http_client client_;
  std::shared_ptr<ConnectionStage> stage_;
};

}  // namespace

Result<std::unique_ptr<Transport>> make_http_transport(TransportOptions options,
                                                       const AuthenticationPolicy& policy,
                                                       Lookup lookup) {
  const Status allowed = check_authentication(options, policy);
  if (!allowed.ok()) return allowed.error();
  start_small_pool();
  try {
    std::unique_ptr<Transport> transport =
        std::make_unique<HttpTransport>(std::move(options), std::move(lookup));
    return transport;
  } catch (const std::exception& e) {
    return Error{ErrorCode::invalid_argument,
                 std::string("The computer cannot be addressed: ") + e.what(),
                 0,
                 {}};
  }
}

}  // namespace wsman
