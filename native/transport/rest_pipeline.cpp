#include "transport/rest_pipeline.h"

#include <pplx/threadpool.h>

#include <mutex>
#include <optional>
#include <stdexcept>
#include <typeinfo>
#include <utility>

namespace wsman {
namespace {

// cpprestsdk would start forty threads for its own network stage, which is never used. It does not
// get over one that cannot be started, so it starts none. The size can be set once, before the pool
// is first used.
void start_no_threads() {
  static std::once_flag once;
  std::call_once(once, [] {
    try {
      crossplat::threadpool::initialize_with_threads(0);
    } catch (const std::runtime_error&) {
      // Somebody else in the process uses the pool.
    }
  });
}

// The client gets scheme, host and port only. Path and query come with each request.
web::http::client::http_client client_for(const Endpoint& endpoint) {
  start_no_threads();
  return web::http::client::http_client(web::uri((endpoint.tls ? "https://" : "http://") +
                                                 endpoint.host_in_url() + ":" +
                                                 std::to_string(endpoint.port)));
}

}  // namespace

// Request and outcome, passed beside the pipeline.
struct RestPipeline::Exchange {
  const HttpRequest& request;
  const Call& call;
  std::optional<Result<HttpResponse>> outcome;
};

// The last stage of the pipeline, which calls `send`.
class RestPipeline::SendStage : public web::http::http_pipeline_stage {
 public:
  explicit SendStage(Send send) : send_(std::move(send)) {}

  pplx::task<web::http::http_response> propagate(web::http::http_request request) override {
    Exchange& exchange = *current_;
    const std::string target = request.relative_uri().to_string();
    // From here on something may have been sent, whatever is thrown.
    exchange.outcome = or_out_of_memory(
        [&] { return send_(request.method(), target, exchange.request, exchange.call); },
        Outcome::unknown);
    // The response is for the pipeline alone: exchange() reads the outcome. A failure is a response
    // too, since an exception would lose its code and advice.
    const bool answered = exchange.outcome->ok();
    const int status = answered ? exchange.outcome->value().status : 0;
    return pplx::task_from_result(
        web::http::http_response(static_cast<web::http::status_code>(status)));
  }

  // The exchange that the next propagate() carries out.
  void set_current(Exchange* exchange) { current_ = exchange; }

 private:
  const Send send_;
  Exchange* current_ = nullptr;
};

RestPipeline::RestPipeline(const Endpoint& endpoint, Send send)
    : client_(client_for(endpoint)),
      message_(web::http::methods::POST),
      stage_(std::make_shared<SendStage>(std::move(send))) {
  message_.set_request_uri(web::uri(endpoint.path));
  client_.add_handler(stage_);
}

Result<HttpResponse> RestPipeline::exchange(const HttpRequest& request, const Call& call) {
  Exchange exchange{request, call, std::nullopt};
  try {
    // A pointer suffices, because the pipeline has one request at a time and this call waits for
    // it.
    stage_->set_current(&exchange);
    client_.request(message_).wait();
  } catch (const std::bad_alloc&) {
    if (!exchange.outcome) return out_of_memory();
  } catch (const std::bad_cast&) {
    // Of a stream of its own, which fails for lack of memory alone.
    if (!exchange.outcome) return out_of_memory();
  } catch (const std::exception& e) {
    // With an outcome the exception came after the exchange, and the server may have carried the
    // request out: the outcome counts.
    if (!exchange.outcome) {
      return make_error(ErrorCode::internal,
                        std::string("The request could not be made: ") + e.what());
    }
  }
  return std::move(*exchange.outcome);
}

}  // namespace wsman
