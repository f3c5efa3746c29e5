// The last stage of cpprestsdk's http_client, in the place of its own for the network. Requests of
// this library never reach it: the stage before it answers them (transport/rest_pipeline).
#include "http_client_impl.h"

namespace web::http::client::details {
namespace {

class NoNetworkStage final : public _http_client_communicator {
 public:
  NoNetworkStage(uri&& address, http_client_config&& config)
      : _http_client_communicator(std::move(address), std::move(config)) {}

  pplx::task<http_response> propagate(http_request /*request*/) override {
    return pplx::task_from_exception<http_response>(http_exception("There is no network stage."));
  }

 protected:
  void send_request(const std::shared_ptr<request_context>& request) override {
    request->report_exception(http_exception("There is no network stage."));
  }
};

}  // namespace

std::shared_ptr<_http_client_communicator> create_platform_final_pipeline_stage(
    uri&& base_uri, http_client_config&& client_config) {
  return std::make_shared<NoNetworkStage>(std::move(base_uri), std::move(client_config));
}

}  // namespace web::http::client::details
