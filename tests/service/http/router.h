// Which path is answered by whom.
#ifndef WSMAN_TESTS_SERVICE_HTTP_ROUTER_H
#define WSMAN_TESTS_SERVICE_HTTP_ROUTER_H

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "http/exchange.h"

namespace wsman::service {

// `rest` is what follows the route's own path: "" or "/…". It lives as long as the exchange.
using Handler = std::function<void(const ExchangePtr& exchange, std::string_view rest)>;

class Router {
 public:
  // Exactly this path.
  void at(std::string path, Handler handler);
  // This path and everything below it.
  void below(std::string path, Handler handler);

  // Gives the exchange to the first route that fits, else answers 404 with an HTML page.
  void route(const ExchangePtr& exchange, std::string_view path) const;

 private:
  struct Route {
    std::string path;
    bool with_below;
    Handler handler;
  };

  std::vector<Route> routes_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_HTTP_ROUTER_H
