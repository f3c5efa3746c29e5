// One request that waits for its answer.
//
// A handler may answer at once, keep the exchange and answer later from a timer, hang up, or do
// nothing at all; the connection keeps watching for the client's end meanwhile.
#ifndef WSMAN_TESTS_SERVICE_HTTP_EXCHANGE_H
#define WSMAN_TESTS_SERVICE_HTTP_EXCHANGE_H

#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/message.h"
#include "http/peer.h"

namespace wsman::service {

// Where answers go: the connection that the request came from.
class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  // Called at most once a request.
  virtual void send(const Response& response) = 0;
  // Ends the connection in good order, without an answer.
  virtual void hang_up() = 0;
  // Cuts the connection: the client gets a TCP reset.
  virtual void reset() = 0;
};

class Exchange {
 public:
  // `sink` may be gone before the exchange is: the answer is then dropped.
  // Without a `peer` it has one of its own.
  Exchange(Request request, std::weak_ptr<AnswerSink> sink, boost::asio::any_io_executor executor,
           std::shared_ptr<Peer> peer = std::make_shared<Peer>());

  const Request& request() const { return request_; }

  // What is known about the connection that the request came by.
  Peer& peer() const { return *peer_; }

  // Puts what a sealed request says in the place of what it carries.
  void replace_body(std::string body, const std::string& content_type);

  // Lets `change` have the answer before it goes, after those that were given earlier.
  void before_answer(std::function<void(Response&)> change);

  // For the timers of a handler that answers later.
  const boost::asio::any_io_executor& executor() const { return executor_; }

  // Only the first of these calls has an effect.
  void answer(const Response& response);
  void hang_up();
  void reset();

 private:
  std::shared_ptr<AnswerSink> claim_sink();

  Request request_;
  std::weak_ptr<AnswerSink> sink_;
  boost::asio::any_io_executor executor_;
  std::shared_ptr<Peer> peer_;
  std::vector<std::function<void(Response&)>> changes_;
};

using ExchangePtr = std::shared_ptr<Exchange>;

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_HTTP_EXCHANGE_H
