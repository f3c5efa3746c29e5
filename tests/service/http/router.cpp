#include "http/router.h"

#include <utility>

namespace wsman::service {

void Router::at(std::string path, Handler handler) {
  routes_.push_back({std::move(path), false, std::move(handler)});
}

void Router::below(std::string path, Handler handler) {
  routes_.push_back({std::move(path), true, std::move(handler)});
}

void Router::route(const ExchangePtr& exchange, std::string_view path) const {
  for (const Route& route : routes_) {
    if (!path.starts_with(route.path)) continue;
    const std::string_view rest = path.substr(route.path.size());
    if (rest.empty() || (route.with_below && rest.front() == '/')) {
      route.handler(exchange, rest);
      return;
    }
  }
  exchange->answer(html_page(404, "Not Found"));
}

}  // namespace wsman::service
