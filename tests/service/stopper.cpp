#include "stopper.h"

#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <csignal>

namespace wsman::service {

Stopper::Stopper(boost::asio::io_context& io, std::chrono::seconds limit)
    : io_(io), input_(io), signals_(io, SIGTERM, SIGINT), timer_(io, limit) {
  signals_.async_wait([this](const boost::system::error_code&, int) { io_.stop(); });
  timer_.async_wait([this](const boost::system::error_code&) { io_.stop(); });
  boost::system::error_code error;
  input_.assign(::dup(STDIN_FILENO), error);
  if (error) {
    io_.stop();
    return;
  }
  read_input();
}

void Stopper::read_input() {
  input_.async_read_some(boost::asio::buffer(ignored_),
                         [this](const boost::system::error_code& error, std::size_t) {
                           if (error) {
                             io_.stop();
                             return;
                           }
                           read_input();
                         });
}

}  // namespace wsman::service
