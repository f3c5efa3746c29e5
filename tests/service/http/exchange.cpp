#include "http/exchange.h"

#include <utility>

namespace wsman::service {

Exchange::Exchange(Request request, std::weak_ptr<AnswerSink> sink,
                   boost::asio::any_io_executor executor, std::shared_ptr<Peer> peer)
    : request_(std::move(request)),
      sink_(std::move(sink)),
      executor_(std::move(executor)),
      peer_(std::move(peer)) {}

void Exchange::replace_body(std::string body, const std::string& content_type) {
  request_.body = std::move(body);
  for (auto& [name, value] : request_.fields) {
    if (same_ignoring_case(name, "Content-Type")) value = content_type;
  }
}

void Exchange::before_answer(std::function<void(Response&)> change) {
  changes_.push_back(std::move(change));
}

void Exchange::answer(const Response& response) {
  const auto sink = claim_sink();
  if (!sink) return;
  Response changed = response;
  for (const auto& change : changes_) change(changed);
  sink->send(changed);
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

}  // namespace wsman::service
