#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "net/channel.h"

namespace wsman::service {
namespace {

namespace ssl = boost::asio::ssl;

class TlsChannel final : public Channel {
 public:
  TlsChannel(boost::asio::ip::tcp::socket socket, ssl::context& context)
      : stream_(std::move(socket), context) {}

  void open(Notice done) override {
    stream_.async_handshake(ssl::stream_base::server, std::move(done));
  }

  void read_some(boost::asio::mutable_buffer into, Completion done) override {
    stream_.async_read_some(into, std::move(done));
  }

  void write(boost::asio::const_buffer from, Completion done) override {
    boost::asio::async_write(stream_, from, std::move(done));
  }

  void say_goodbye(Notice done) override { stream_.async_shutdown(std::move(done)); }

  Ending ending(const boost::system::error_code& error) const override {
    if (error == boost::asio::error::eof) return Ending::clean;
    return error == ssl::error::stream_truncated ? Ending::truncated : Ending::reset;
  }

  boost::asio::ip::tcp::socket& socket() override { return stream_.next_layer(); }

 private:
  ssl::stream<boost::asio::ip::tcp::socket> stream_;
};

}  // namespace

std::unique_ptr<Channel> make_tls_channel(boost::asio::ip::tcp::socket socket,
                                          ssl::context& context) {
  return std::make_unique<TlsChannel>(std::move(socket), context);
}

}  // namespace wsman::service
