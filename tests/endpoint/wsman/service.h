// WS-Management itself: who may ask, and what is answered.
#ifndef WSMAN_ENDPOINT_WSMAN_SERVICE_H
#define WSMAN_ENDPOINT_WSMAN_SERVICE_H

#include "counts.h"
#include "http/exchange.h"
#include "wsman/authentication.h"

namespace wsman::endpoint {

class Service {
 public:
  // `counts` must outlive the service.
  Service(Authenticator authenticator, Counts& counts);

  void serve(const ExchangePtr& exchange);

 private:
  void serve_anonymous(const ExchangePtr& exchange);
  void serve_authenticated(const ExchangePtr& exchange);
  void refuse(const ExchangePtr& exchange);
  void identify(const ExchangePtr& exchange, bool authenticated);

  Authenticator authenticator_;
  Counts& counts_;
};

}  // namespace wsman::endpoint

#endif  // WSMAN_ENDPOINT_WSMAN_SERVICE_H
