#include "misbehaviour.h"

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

#include "wsman/envelope.h"
#include "wsman/fault.h"

namespace wsman::service {
namespace {

constexpr std::uint32_t kLongestDelayMs = 600000;

// A handler that always sends the same.
Handler fixed(Response response) {
  return [response = std::move(response)](const ExchangePtr& exchange, std::string_view) {
    exchange->answer(response);
  };
}

Response soap(std::string body) {
  Response response;
  response.content_type = kSoapContentType;
  response.body = std::move(body);
  return response;
}

Response malformed_answer() {
  return soap(
      "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">"
      "<s:Header/><s:Body><unfinished></s:Body></s:Envelope>");
}

Response doctype_answer() {
  return soap(
      "<!DOCTYPE s:Envelope [<!ENTITY word \"expanded\">]>"
      "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">"
      "<s:Header/><s:Body><note xmlns=\"urn:example:note\">&word;</note></s:Body></s:Envelope>");
}

Response fault_answer() {
  Fault fault;
  fault.code = kResourceNotFound;
  fault.reason = "The service has no resource for this address.";
  return fault_response(flavour_of(Family::windows), fault, "");
}

// "/500/…" -> "500" and "/…".
std::pair<std::string_view, std::string_view> first_segment(std::string_view path) {
  if (path.empty()) return {};
  const std::size_t end = path.find('/', 1);
  if (end == std::string_view::npos) return {path.substr(1), {}};
  return {path.substr(1, end - 1), path.substr(end)};
}

void serve_later(const Router& router, const ExchangePtr& exchange, std::string_view rest) {
  const auto [text, path] = first_segment(rest);
  const auto delay_ms = parse_number(text);
  if (!delay_ms || *delay_ms > kLongestDelayMs) {
    exchange->answer(html_page(404, "Not Found"));
    return;
  }
  const auto timer = std::make_shared<boost::asio::steady_timer>(
      exchange->executor(), std::chrono::milliseconds(*delay_ms));
  // What the router sees is part of the exchange's own path, so it lives as long as the exchange.
  timer->async_wait([timer, exchange, &router, path = path](const boost::system::error_code&) {
    router.route(exchange, path);
  });
}

void serve_status(const ExchangePtr& exchange, std::string_view rest) {
  const auto status = parse_number(first_segment(rest).first);
  if (!status || *status < 200 || *status > 999) {
    exchange->answer(html_page(404, "Not Found"));
    return;
  }
  Response response;
  response.status = *status;
  exchange->answer(response);
}

void serve_redirect(const std::vector<std::string>& addresses, const ExchangePtr& exchange) {
  const Entrance& entrance = exchange->request().entrance;
  std::string host = "elsewhere.invalid";
  for (const std::string& address : addresses) {
    if (address != entrance.address) host = address;
  }
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  Response response;
  response.status = 302;
  response.fields.emplace_back("Location", (entrance.secure ? "https://" : "http://") + host + ":" +
                                               std::to_string(entrance.port) + "/wsman");
  exchange->answer(response);
}

}  // namespace

void add_misbehaviour(Router& router, std::vector<std::string> addresses, Gate& gate) {
  router.below("/html", fixed(html_page(200, "Welcome")));
  router.below("/empty", fixed(Response()));
  router.below("/malformed", fixed(malformed_answer()));
  router.below("/doctype", fixed(doctype_answer()));
  router.below("/fault", fixed(fault_answer()));
  router.below("/stall", [](const ExchangePtr&, std::string_view) {});
  router.below("/close",
               [](const ExchangePtr& exchange, std::string_view) { exchange->hang_up(); });
  router.below("/status", [](const ExchangePtr& exchange, std::string_view rest) {
    serve_status(exchange, rest);
  });
  router.below("/delay", [&router](const ExchangePtr& exchange, std::string_view rest) {
    serve_later(router, exchange, rest);
  });
  router.below("/gate", [&router, &gate](const ExchangePtr& exchange, std::string_view rest) {
    gate.pass([&router, exchange, rest] { router.route(exchange, rest); });
  });
  router.below("/redirect",
               [addresses = std::move(addresses)](const ExchangePtr& exchange, std::string_view) {
                 serve_redirect(addresses, exchange);
               });
}

}  // namespace wsman::service
