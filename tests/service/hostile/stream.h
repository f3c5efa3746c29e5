// The bytes to and from one client, with the means to misbehave below HTTP and inside TLS.
#ifndef WSMAN_HOSTILE_STREAM_H
#define WSMAN_HOSTILE_STREAM_H

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>

namespace wsman::hostile {

// One operation at a time. The owner lives until the completion was called, which closing the
// socket brings about.
class Stream {
 public:
  using Completion = std::function<void(boost::system::error_code, std::size_t)>;
  using Notice = std::function<void(boost::system::error_code)>;

  virtual ~Stream() = default;

  // The handshake, if there is one.
  virtual void open(Notice done) = 0;
  virtual void read_some(boost::asio::mutable_buffer into, Completion done) = 0;
  virtual void write(boost::asio::const_buffer from, Completion done) = 0;
  // Sends close_notify and waits for the client's, where there is TLS.
  virtual void say_goodbye(Notice done) = 0;
  // These two need TLS and fail without it.
  virtual void send_alert(Notice done) = 0;
  virtual void send_ticket(Notice done) = 0;
  virtual boost::asio::ip::tcp::socket& socket() = 0;
};

std::unique_ptr<Stream> make_plain_stream(boost::asio::ip::tcp::socket socket);

// `context` outlives the stream.
std::unique_ptr<Stream> make_tls_stream(boost::asio::ip::tcp::socket socket,
                                        boost::asio::ssl::context& context);

}  // namespace wsman::hostile

#endif  // WSMAN_HOSTILE_STREAM_H
