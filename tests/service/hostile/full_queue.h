// A port whose queue is full: connections are neither taken nor refused.
#ifndef WSMAN_HOSTILE_FULL_QUEUE_H
#define WSMAN_HOSTILE_FULL_QUEUE_H

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>

namespace wsman::hostile {

// Listens with the shortest queue there is, accepts nothing, and fills the queue itself. Linux then
// drops what asks to connect, as a firewall does. Throws std::exception.
class FullQueue {
 public:
  FullQueue(boost::asio::io_context& io, const std::string& address);

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket filler_;
};

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_FULL_QUEUE_H
