#include "http/exchange.h"

#include <utility>

namespace wsman::endpoint {

Exchange::Exchange(Request request, std::weak_ptr<AnswerSink> sink,
                   boost::asio::any_io_executor executor)
    : request_(std::move(request)), sink_(std::move(sink)), executor_(std::move(executor)) {}

void Exchange::answer(const Response& response) {
  if (const auto sink = claim_sink()) sink->send(response);
}

void Exchange::hang_up() {
  if (const auto sink = claim_sink()) sink->hang_up();
}

void Exchange::reset() {
  if (const auto sink = claim_sink()) sink->reset();
}

std::shared_ptr<AnswerSink> Exchange::claim_sink() {
  std::shared_ptr<AnswerSink> sink = sink_.lock();
  sink_.reset();
  return sink;
}

}  // namespace wsman::endpoint
