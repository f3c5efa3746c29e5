#include "net/listener.h"

#include <boost/asio/error.hpp>
#include <boost/asio/socket_base.hpp>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace wsman::service {
namespace {

using boost::asio::ip::tcp;

constexpr int kAttempts = 50;
constexpr std::chrono::milliseconds kRetryPause{100};

std::vector<tcp::acceptor> try_bind(boost::asio::io_context& io,
                                    const std::vector<std::string>& addresses, std::uint16_t port) {
  std::vector<tcp::acceptor> acceptors;
  for (const std::string& address : addresses) {
    const tcp::endpoint local(boost::asio::ip::make_address(address), port);
    tcp::acceptor& acceptor = acceptors.emplace_back(io);
    acceptor.open(local.protocol());
    acceptor.set_option(boost::asio::socket_base::reuse_address(true));
    acceptor.bind(local);
    acceptor.listen();
    // The port that the system picked on the first address is the one to have on all others.
    port = acceptor.local_endpoint().port();
  }
  return acceptors;
}

}  // namespace

std::vector<tcp::acceptor> bind_all(boost::asio::io_context& io,
                                    const std::vector<std::string>& addresses, std::uint16_t port) {
  for (int attempt = 1;; ++attempt) {
    try {
      return try_bind(io, addresses, port);
    } catch (const boost::system::system_error& error) {
      const bool taken_elsewhere = port == 0 && error.code() == boost::asio::error::address_in_use;
      if (taken_elsewhere && attempt < kAttempts) continue;
      throw std::runtime_error("Port " + std::to_string(port) +
                               " cannot be listened on: " + error.code().message() + ".");
    }
  }
}

Listener::Listener(tcp::acceptor acceptor, Accepted accepted)
    : acceptor_(std::move(acceptor)),
      timer_(acceptor_.get_executor()),
      accepted_(std::move(accepted)) {}

void Listener::start() {
  acceptor_.async_accept(
      [self = shared_from_this()](const boost::system::error_code& error, tcp::socket socket) {
        if (error == boost::asio::error::operation_aborted) return;
        if (error) {
          self->accept_again_soon();
          return;
        }
        self->accepted_(std::move(socket));
        self->start();
      });
}

// Descriptors may have run out: asking again at once would spin.
void Listener::accept_again_soon() {
  timer_.expires_after(kRetryPause);
  timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (!error) self->start();
  });
}

}  // namespace wsman::service
