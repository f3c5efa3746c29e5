#include "control.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace wsman::endpoint {
namespace {

constexpr std::uint32_t kLongestWaitMs = 60000;
// Long enough for the answer to reach a client on the same machine.
constexpr std::chrono::milliseconds kStopPause{50};

void answer_counts(const ExchangePtr& exchange, const Counts& counts) {
  Response response;
  response.content_type = "application/json";
  response.body = counts.to_json() + "\n";
  exchange->answer(response);
}

struct Condition {
  std::uint32_t connections = 0;
  std::optional<std::string> address;

  bool holds(const Counts& counts) const {
    return (address ? counts.connections(*address) : counts.connections()) == connections;
  }
};

// A request that is answered when its condition holds or its time is up, whichever is first.
struct Waiting {
  Waiting(ExchangePtr waiting_exchange, Condition waiting_condition)
      : exchange(std::move(waiting_exchange)),
        condition(std::move(waiting_condition)),
        timer(exchange->executor()) {}

  ExchangePtr exchange;
  Condition condition;
  boost::asio::steady_timer timer;
  bool over = false;
};

void wait_for(const ExchangePtr& exchange, Condition condition, std::uint32_t wait_ms,
              Counts& counts) {
  const auto waiting = std::make_shared<Waiting>(exchange, std::move(condition));
  counts.watch([waiting, &counts] {
    if (!waiting->over && !waiting->condition.holds(counts)) return false;
    // At once, not from the timer: the next change may come before that. Late it has no effect.
    answer_counts(waiting->exchange, counts);
    waiting->timer.cancel();
    return true;
  });
  waiting->timer.expires_after(std::chrono::milliseconds(std::min(wait_ms, kLongestWaitMs)));
  waiting->timer.async_wait([waiting, &counts](const boost::system::error_code&) {
    waiting->over = true;
    answer_counts(waiting->exchange, counts);
  });
}

void serve_counts(const ExchangePtr& exchange, Counts& counts) {
  const Request& request = exchange->request();
  const auto wanted = request.parameter("connections");
  if (!wanted) {
    answer_counts(exchange, counts);
    return;
  }
  const auto connections = parse_number(*wanted);
  const auto wait_ms = parse_number(request.parameter("wait").value_or("0"));
  if (!connections || !wait_ms) {
    exchange->answer(html_page(400, "Bad Request"));
    return;
  }
  Condition condition{*connections, request.parameter("address")};
  if (condition.holds(counts)) {
    answer_counts(exchange, counts);
    return;
  }
  wait_for(exchange, std::move(condition), *wait_ms, counts);
}

void serve_stop(const ExchangePtr& exchange, const std::function<void()>& stop) {
  if (exchange->request().method != "POST") {
    exchange->answer(html_page(405, "Method Not Allowed"));
    return;
  }
  Response response;
  response.close = true;
  exchange->answer(response);
  const auto timer = std::make_shared<boost::asio::steady_timer>(exchange->executor(), kStopPause);
  timer->async_wait([timer, stop](const boost::system::error_code&) { stop(); });
}

}  // namespace

void add_control(Router& router, Counts& counts, std::function<void()> stop) {
  router.at("/counts", [&counts](const ExchangePtr& exchange, std::string_view) {
    serve_counts(exchange, counts);
  });
  router.at("/stop", [stop = std::move(stop)](const ExchangePtr& exchange, std::string_view) {
    serve_stop(exchange, stop);
  });
}

}  // namespace wsman::endpoint
