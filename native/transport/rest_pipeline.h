// One request through cpprestsdk's http_client and back.
//
// The project was asked to use cpprestsdk, so every request goes through the pipeline of an
// http_client. Its own network stage is replaced, because that loads the CA bundle for each
// connection, has no limit for an answer, sends a POST again, and follows redirects with the
// Authorization header (docs/design.md). The pipeline carries method and URI. Request and response
// are passed beside it, because its streams and header map would copy a body twice and keep an
// Authorization line.
#ifndef WSMAN_TRANSPORT_REST_PIPELINE_H_
#define WSMAN_TRANSPORT_REST_PIPELINE_H_

#include <cpprest/http_client.h>

#include <functional>
#include <memory>
#include <string>

#include "base/call.h"
#include "base/error.h"
#include "transport/transport.h"

namespace wsman {

// One http_client with the last stage replaced. One request is in flight at a time.
class RestPipeline {
 public:
  // The function of the last stage. Runs on the thread that called exchange().
  using Send = std::function<Result<HttpResponse>(
      const std::string& method, const std::string& target, const HttpRequest&, const Call&)>;

  RestPipeline(const Endpoint& endpoint, Send send);

  // Posts to the path of the endpoint. Fails as `send` does, and with internal if cpprestsdk cannot
  // make the request.
  Result<HttpResponse> exchange(const HttpRequest& request, const Call& call);

 private:
  struct Exchange;
  class SendStage;

  web::http::client::http_client client_;
  // All that it carries is the same each time, and to make it anew would be a third of the way.
  web::http::http_request message_;
  std::shared_ptr<SendStage> stage_;
};

}  // namespace wsman

#endif  // WSMAN_TRANSPORT_REST_PIPELINE_H_
