// Listening on many loopback addresses as if each were a computer.
#ifndef WSMAN_TESTS_SERVICE_NET_LISTENER_H
#define WSMAN_TESTS_SERVICE_NET_LISTENER_H

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace wsman::service {

// Binds the same port on every address; 0 lets the system pick one that is free on all of them.
// Throws std::runtime_error if that cannot be done.
std::vector<boost::asio::ip::tcp::acceptor> bind_all(boost::asio::io_context& io,
                                                     const std::vector<std::string>& addresses,
                                                     std::uint16_t port);

// Accepts until the io_context stops.
class Listener final : public std::enable_shared_from_this<Listener> {
 public:
  using Accepted = std::function<void(boost::asio::ip::tcp::socket)>;

  Listener(boost::asio::ip::tcp::acceptor acceptor, Accepted accepted);

  void start();

 private:
  void accept_again_soon();

  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer timer_;
  Accepted accepted_;
};

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_NET_LISTENER_H
