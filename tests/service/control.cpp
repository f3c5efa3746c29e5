#include "control.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace wsman::service {
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
  std::string what;  // "connections", "contexts", "shells" or "commands".
  std::uint32_t count = 0;
  std::optional<std::string> address;

  bool holds(const Counts& counts) const { return counts.open(what, address) == count; }
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

// What the query says is waited for; the name is empty if it says nothing.
std::pair<std::string, std::string> wanted_count(const Request& request) {
  for (const char* name : {"connections", "contexts", "shells", "commands"}) {
    if (auto value = request.parameter(name)) return {name, std::move(*value)};
  }
  return {};
}

void serve_counts(const ExchangePtr& exchange, Counts& counts) {
  const Request& request = exchange->request();
  const auto [what, text] = wanted_count(request);
  if (what.empty()) {
    answer_counts(exchange, counts);
    return;
  }
  const auto count = parse_number(text);
  const auto wait_ms = parse_number(request.parameter("wait").value_or("0"));
  if (!count || !wait_ms) {
    exchange->answer(html_page(400, "Bad Request"));
    return;
  }
  Condition condition{what, *count, request.parameter("address")};
  if (condition.holds(counts)) {
    answer_counts(exchange, counts);
    return;
  }
  wait_for(exchange, std::move(condition), *wait_ms, counts);
}

void serve_last(const ExchangePtr& exchange, const Journal& journal) {
  const auto count = parse_number(exchange->request().parameter("n").value_or("1"));
  if (!count) {
    exchange->answer(html_page(400, "Bad Request"));
    return;
  }
  Response response;
  response.content_type = "application/json";
  response.body = journal.to_json(*count) + "\n";
  exchange->answer(response);
}

// Whether the request asks to change something; it is answered if it does not.
bool is_order(const ExchangePtr& exchange) {
  if (exchange->request().method == "POST") return true;
  exchange->answer(html_page(405, "Method Not Allowed"));
  return false;
}

void serve_stop(const ExchangePtr& exchange, const std::function<void()>& stop) {
  if (!is_order(exchange)) return;
  Response response;
  response.close = true;
  exchange->answer(response);
  const auto timer = std::make_shared<boost::asio::steady_timer>(exchange->executor(), kStopPause);
  timer->async_wait([timer, stop](const boost::system::error_code&) { stop(); });
}

}  // namespace

void add_control(Router& router, Counts& counts, const Journal& journal, Gate& gate,
                 std::function<void()> stop) {
  router.at("/counts", [&counts](const ExchangePtr& exchange, std::string_view) {
    serve_counts(exchange, counts);
  });
  router.at("/last", [&journal](const ExchangePtr& exchange, std::string_view) {
    serve_last(exchange, journal);
  });
  router.at("/shut", [&gate](const ExchangePtr& exchange, std::string_view) {
    if (!is_order(exchange)) return;
    gate.shut();
    exchange->answer(Response());
  });
  router.at("/open", [&gate](const ExchangePtr& exchange, std::string_view) {
    if (!is_order(exchange)) return;
    gate.open();
    exchange->answer(Response());
  });
  router.at("/stop", [stop = std::move(stop)](const ExchangePtr& exchange, std::string_view) {
    serve_stop(exchange, stop);
  });
}

}  // namespace wsman::service
