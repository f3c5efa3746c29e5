// The bytes to and from one client, plain or over TLS, so that nothing above has to know which.
#ifndef WSMAN_TESTS_SERVICE_NET_CHANNEL_H
#define WSMAN_TESTS_SERVICE_NET_CHANNEL_H

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>

#include "net/traffic.h"

namespace boost::asio::ssl {
class context;
}

namespace wsman::service {

// One read, one write and one goodbye may be under way at the same time. The owner must live until
// the completions have been called, which closing the socket brings about.
class Channel {
 public:
  using Completion = std::function<void(boost::system::error_code, std::size_t)>;
  using Notice = std::function<void(boost::system::error_code)>;

  virtual ~Channel() = default;

  // The handshake, if there is one.
  virtual void open(Notice done) = 0;
  virtual void read_some(boost::asio::mutable_buffer into, Completion done) = 0;
  virtual void write(boost::asio::const_buffer from, Completion done) = 0;
  // Sends close_notify and waits for the client's, where there is TLS. FIN is the caller's affair.
  virtual void say_goodbye(Notice done) = 0;
  // What the error of a read says about the end of the connection.
  virtual Ending ending(const boost::system::error_code& error) const = 0;
  virtual boost::asio::ip::tcp::socket& socket() = 0;
};

std::unique_ptr<Channel> make_plain_channel(boost::asio::ip::tcp::socket socket);

// `context` must outlive the channel.
std::unique_ptr<Channel> make_tls_channel(boost::asio::ip::tcp::socket socket,
                                          boost::asio::ssl::context& context);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_NET_CHANNEL_H
