#include "hostile/control.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace wsman::hostile {
namespace {

using service::ExchangePtr;

constexpr std::uint32_t kLongestWaitMs = 60000;

struct Condition {
  std::optional<std::uint32_t> accepted;
  std::optional<std::uint32_t> requests;
  std::optional<std::uint32_t> written;
  std::optional<std::uint32_t> connections;

  bool holds(const Count& count) const {
    return (!accepted || count.accepted >= *accepted) &&
           (!requests || count.requests >= *requests) && (!written || count.written >= *written) &&
           (!connections || count.connections == *connections);
  }
};

void answer(const ExchangePtr& exchange, const Tally& tally, const std::string& label) {
  service::Response response;
  response.content_type = "application/json";
  response.body = tally.to_json(label) + "\n";
  response.close = true;
  exchange->answer(response);
}

// A request that is answered when its condition holds or its time is up.
struct Waiting {
  Waiting(ExchangePtr waiting_exchange, std::string waiting_label, Condition waiting_condition)
      : exchange(std::move(waiting_exchange)),
        label(std::move(waiting_label)),
        condition(waiting_condition),
        timer(exchange->executor()) {}

  ExchangePtr exchange;
  std::string label;
  Condition condition;
  boost::asio::steady_timer timer;
  bool over = false;
};

void wait_for(const std::shared_ptr<Waiting>& waiting, std::uint32_t wait_ms, Tally& tally) {
  tally.watch([waiting, &tally] {
    if (!waiting->over && !waiting->condition.holds(tally.of(waiting->label))) return false;
    answer(waiting->exchange, tally, waiting->label);
    waiting->timer.cancel();
    return true;
  });
  waiting->timer.expires_after(std::chrono::milliseconds(std::min(wait_ms, kLongestWaitMs)));
  waiting->timer.async_wait([waiting, &tally](const boost::system::error_code&) {
    waiting->over = true;
    answer(waiting->exchange, tally, waiting->label);
  });
}

void serve(const ExchangePtr& exchange, Tally& tally) {
  const auto number = [&exchange](const char* name) -> std::optional<std::uint32_t> {
    const auto text = exchange->request().parameter(name);
    return text ? service::parse_number(*text) : std::nullopt;
  };
  const std::string label = exchange->request().parameter("label").value_or("");
  const Condition condition{number("accepted"), number("requests"), number("written"),
                            number("connections")};
  if (condition.holds(tally.of(label))) {
    answer(exchange, tally, label);
    return;
  }
  wait_for(std::make_shared<Waiting>(exchange, label, condition), number("wait").value_or(0),
           tally);
}

}  // namespace

void add_control(service::Router& router, Tally& tally) {
  router.at("/counts",
            [&tally](const ExchangePtr& exchange, std::string_view) { serve(exchange, tally); });
}

}  // namespace wsman::hostile
