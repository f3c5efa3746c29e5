// Everything that ends the program from outside: end-of-file on standard input (so that it never
// outlives what started it), SIGTERM and SIGINT, and its own time limit.
#ifndef WSMAN_TESTS_SERVICE_STOPPER_H
#define WSMAN_TESTS_SERVICE_STOPPER_H

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>

namespace wsman::service {

// Stops `io` at the first of these.
class Stopper {
 public:
  Stopper(boost::asio::io_context& io, std::chrono::seconds limit);

 private:
  void read_input();

  boost::asio::io_context& io_;
  boost::asio::posix::stream_descriptor input_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer timer_;
  std::array<char, 256> ignored_{};
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_STOPPER_H
