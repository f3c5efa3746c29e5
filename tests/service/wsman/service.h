// WS-Management itself: who may ask, and what is answered.
#ifndef WSMAN_TESTS_SERVICE_WSMAN_SERVICE_H
#define WSMAN_TESTS_SERVICE_WSMAN_SERVICE_H

#include "counts.h"
#include "gss/gatekeeper.h"
#include "http/exchange.h"
#include "http/router.h"
#include "journal.h"
#include "wsman/authentication.h"
#include "wsman/digest.h"
#include "wsman/operations.h"
#include "wsman/quirks.h"
#include "wsman/service_options.h"

namespace wsman::service {

class Service {
 public:
  // `counts` and `journal` must outlive the service.
  Service(Authenticator authenticator, Digest digest, Gatekeeper gatekeeper,
          const ServiceOptions& options, Counts& counts, Journal& journal);

  void serve(const ExchangePtr& exchange, const Quirks& quirks);

 private:
  void serve_anonymous(const ExchangePtr& exchange, const Flavour& flavour, const Quirks& quirks);
  void serve_authenticated(const ExchangePtr& exchange, const Flavour& flavour,
                           const Quirks& quirks);
  Authenticator::Verdict authenticate(const Request& request, const Quirks& quirks, bool& stale);
  void refuse_credentials(const ExchangePtr& exchange, const Quirks& quirks, bool stale = false);
  void identify(const ExchangePtr& exchange, const Flavour& flavour, bool authenticated);

  Authenticator authenticator_;
  Digest digest_;
  Gatekeeper gatekeeper_;
  const Family family_;
  Counts& counts_;
  Journal& journal_;
  Operations operations_;
};

// /wsman, and /wsman below the paths of quirks.h. `service` must outlive `router`.
void add_service(Router& router, Service& service);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_WSMAN_SERVICE_H
