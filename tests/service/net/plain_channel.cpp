#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "net/channel.h"

namespace wsman::service {
namespace {

class PlainChannel final : public Channel {
 public:
  explicit PlainChannel(boost::asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}

  void open(Notice done) override { succeed(std::move(done)); }

  void read_some(boost::asio::mutable_buffer into, Completion done) override {
    socket_.async_read_some(into, std::move(done));
  }

  void write(boost::asio::const_buffer from, Completion done) override {
    boost::asio::async_write(socket_, from, std::move(done));
  }

  void say_goodbye(Notice done) override { succeed(std::move(done)); }

  Ending ending(const boost::system::error_code& error) const override {
    return error == boost::asio::error::eof ? Ending::clean : Ending::reset;
  }

  boost::asio::ip::tcp::socket& socket() override { return socket_; }

 private:
  void succeed(Notice done) {
    boost::asio::post(socket_.get_executor(), [done = std::move(done)] { done({}); });
  }

  boost::asio::ip::tcp::socket socket_;
};

}  // namespace

std::unique_ptr<Channel> make_plain_channel(boost::asio::ip::tcp::socket socket) {
  return std::make_unique<PlainChannel>(std::move(socket));
}

}  // namespace wsman::service
