#include "hostile/stream.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <string_view>
#include <utility>

namespace wsman::hostile {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

class PlainStream final : public Stream {
 public:
  explicit PlainStream(tcp::socket socket) : socket_(std::move(socket)) {}

  void open(Notice done) override { report(std::move(done), {}); }

  void read_some(asio::mutable_buffer into, Completion done) override {
    socket_.async_read_some(into, std::move(done));
  }

  void write(asio::const_buffer from, Completion done) override {
    asio::async_write(socket_, from, std::move(done));
  }

  void say_goodbye(Notice done) override { report(std::move(done), {}); }
  void send_alert(Notice done) override { refuse(std::move(done)); }
  void send_ticket(Notice done) override { refuse(std::move(done)); }
  tcp::socket& socket() override { return socket_; }

 private:
  void report(Notice done, boost::system::error_code error) {
    asio::post(socket_.get_executor(), [done = std::move(done), error] { done(error); });
  }
  void refuse(Notice done) { report(std::move(done), asio::error::operation_not_supported); }

  tcp::socket socket_;
};

class TlsStream final : public Stream {
 public:
  TlsStream(tcp::socket socket, asio::ssl::context& context)
      : stream_(std::move(socket), context) {}

  void open(Notice done) override {
    stream_.async_handshake(asio::ssl::stream_base::server, std::move(done));
  }

  void read_some(asio::mutable_buffer into, Completion done) override {
    stream_.async_read_some(into, std::move(done));
  }

  void write(asio::const_buffer from, Completion done) override {
    asio::async_write(stream_, from, std::move(done));
  }

  void say_goodbye(Notice done) override { stream_.async_shutdown(std::move(done)); }

  // OpenSSL sends alerts only for reasons of its own, so it is given one: a record that nobody can
  // decrypt, read from memory instead of from the socket.
  void send_alert(Notice done) override {
    constexpr std::string_view kRecord("\x17\x03\x03\x00\x20 no key in the world opens this one",
                                       37);
    BIO* memory = BIO_new_mem_buf(kRecord.data(), static_cast<int>(kRecord.size()));
    SSL_set0_rbio(stream_.native_handle(), memory);
    stream_.async_read_some(
        asio::buffer(ignored_),
        [done = std::move(done)](boost::system::error_code, std::size_t) { done({}); });
  }

  void send_ticket(Notice done) override {
    if (SSL_new_session_ticket(stream_.native_handle()) != 1) {
      asio::post(stream_.get_executor(),
                 [done = std::move(done)] { done(asio::error::operation_not_supported); });
      return;
    }
    // Having nothing else to do, this sends the ticket.
    stream_.async_handshake(asio::ssl::stream_base::server, std::move(done));
  }

  tcp::socket& socket() override { return stream_.next_layer(); }

 private:
  asio::ssl::stream<tcp::socket> stream_;
  std::array<char, 64> ignored_{};
};

}  // namespace

std::unique_ptr<Stream> make_plain_stream(tcp::socket socket) {
  return std::make_unique<PlainStream>(std::move(socket));
}

std::unique_ptr<Stream> make_tls_stream(tcp::socket socket, asio::ssl::context& context) {
  return std::make_unique<TlsStream>(std::move(socket), context);
}

}  // namespace wsman::hostile
