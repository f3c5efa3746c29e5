// One client connection: requests in, answers out, and above all its end.
//
// A read is pending all the time, also while a request waits for its answer: so the service learns
// at once that a client hung up, and its counts say what clients really hold open.
#ifndef WSMAN_TESTS_SERVICE_NET_CONNECTION_H
#define WSMAN_TESTS_SERVICE_NET_CONNECTION_H

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "http/request_reader.h"
#include "http/router.h"
#include "net/channel.h"
#include "net/traffic.h"

namespace wsman::service {

class Connection final : public AnswerSink, public std::enable_shared_from_this<Connection> {
 public:
  // `router` and `observer` must outlive the connection, which lives until it is closed. `peer` is
  // null where nobody is asked who the client is.
  Connection(std::unique_ptr<Channel> channel, Entrance entrance, const Router& router,
             TrafficObserver& observer, std::shared_ptr<Peer> peer = nullptr);

  void start();

  void send(const Response& response) override;
  void hang_up() override;
  void reset() override;

 private:
  void opened(const boost::system::error_code& error);
  void read_more();
  void received(const boost::system::error_code& error, std::size_t size);
  void read_request();
  void write(std::string bytes, bool then_hang_up);
  void written(const boost::system::error_code& error, bool then_hang_up);
  void client_ended(Ending ending);
  void goodbye_said();
  void close(Ending ending);
  void bound(std::chrono::milliseconds time, void (Connection::*then)());
  void opening_took_too_long();
  void client_kept_socket();

  std::unique_ptr<Channel> channel_;
  const Entrance entrance_;
  const Router& router_;
  TrafficObserver& observer_;
  const std::shared_ptr<Peer> peer_;
  boost::asio::steady_timer timer_;  // Bounds the handshake and the end; one at a time.
  RequestReader reader_;
  std::array<char, 16UL * 1024> chunk_{};
  std::string pending_;   // Received and not yet read as a request.
  std::string outgoing_;  // Being written.
  bool reading_ = false;
  bool busy_ = false;          // A request waits for its answer, or the answer is being written.
  bool keep_alive_ = true;     // What the request at hand wants.
  bool hanging_up_ = false;    // No more requests; what still comes is thrown away.
  bool goodbye_over_ = false;  // close_notify has been sent, or its time is up.
  bool client_is_gone_ = false;
  bool closed_ = false;
  Ending ending_ = Ending::clean;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_NET_CONNECTION_H
