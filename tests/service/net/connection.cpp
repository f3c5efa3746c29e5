#include "net/connection.h"

#include <utility>

namespace wsman::service {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kHandshakeBound{20000};
constexpr milliseconds kGoodbyeBound{500};
constexpr milliseconds kLingerBound{30000};
constexpr std::size_t kPendingLimit = 128UL * 1024;

}  // namespace

Connection::Connection(std::unique_ptr<Channel> channel, Entrance entrance, const Router& router,
                       TrafficObserver& observer, std::shared_ptr<Peer> peer)
    : channel_(std::move(channel)),
      entrance_(std::move(entrance)),
      router_(router),
      observer_(observer),
      peer_(std::move(peer)),
      timer_(channel_->socket().get_executor()) {}

void Connection::start() {
  observer_.accepted(entrance_);
  boost::system::error_code ignored;
  channel_->socket().set_option(boost::asio::ip::tcp::no_delay(true), ignored);
  bound(kHandshakeBound, &Connection::opening_took_too_long);
  channel_->open([self = shared_from_this()](auto error) { self->opened(error); });
}

void Connection::opened(const boost::system::error_code& error) {
  if (closed_) return;
  timer_.cancel();
  if (error) {
    close(Ending::handshake);
    return;
  }
  read_more();
}

void Connection::read_more() {
  if (closed_ || reading_ || client_is_gone_ || pending_.size() >= kPendingLimit) return;
  reading_ = true;
  channel_->read_some(
      boost::asio::buffer(chunk_),
      [self = shared_from_this()](auto error, std::size_t size) { self->received(error, size); });
}

void Connection::received(const boost::system::error_code& error, std::size_t size) {
  reading_ = false;
  if (closed_) return;
  if (error) {
    client_ended(channel_->ending(error));
    return;
  }
  if (!hanging_up_) {
    pending_.append(chunk_.data(), size);
    if (!busy_) read_request();
  }
  read_more();
}

void Connection::read_request() {
  switch (reader_.read(pending_)) {
    case RequestReader::Outcome::incomplete:
      return;
    case RequestReader::Outcome::malformed:
      busy_ = true;
      write(serialise(html_page(400, "Bad Request"), false), true);
      return;
    case RequestReader::Outcome::too_large:
      busy_ = true;
      write(serialise(html_page(413, "Payload Too Large"), false), true);
      return;
    case RequestReader::Outcome::complete:
      break;
  }
  busy_ = true;
  Request request = reader_.take();
  request.entrance = entrance_;
  keep_alive_ = request.keep_alive;
  observer_.requested(entrance_);
  const auto exchange = std::make_shared<Exchange>(std::move(request), weak_from_this(),
                                                   channel_->socket().get_executor(), peer_);
  router_.route(exchange, exchange->request().path);
}

void Connection::send(const Response& response) {
  if (closed_ || hanging_up_) return;
  const bool keep_alive = keep_alive_ && !response.close;
  write(serialise(response, keep_alive), !keep_alive);
}

void Connection::write(std::string bytes, bool then_hang_up) {
  outgoing_ = std::move(bytes);
  channel_->write(boost::asio::buffer(outgoing_),
                  [self = shared_from_this(), then_hang_up](auto error, std::size_t) {
                    self->written(error, then_hang_up);
                  });
}

void Connection::written(const boost::system::error_code& error, bool then_hang_up) {
  // A failed write means that the client is gone, which the pending read reports as well.
  if (closed_ || hanging_up_ || error) return;
  if (then_hang_up) {
    hang_up();
    return;
  }
  busy_ = false;
  read_request();
  read_more();
}

void Connection::hang_up() {
  if (closed_ || hanging_up_) return;
  hanging_up_ = true;
  pending_.clear();
  bound(kGoodbyeBound, &Connection::goodbye_said);
  channel_->say_goodbye([self = shared_from_this()](auto) { self->goodbye_said(); });
  read_more();
}

void Connection::reset() {
  if (closed_) return;
  boost::system::error_code ignored;
  // With no time to linger, closing a socket sends a reset.
  channel_->socket().set_option(boost::asio::socket_base::linger(true, 0), ignored);
  close(Ending::reset);
}

void Connection::client_ended(Ending ending) {
  client_is_gone_ = true;
  ending_ = ending;
  if (busy_ && !hanging_up_) observer_.unheard();
  if (ending != Ending::clean || goodbye_over_) {
    close(ending);
    return;
  }
  hang_up();
}

// The client's own end is awaited before the socket goes: a client that leaves its half open still
// holds the connection, and the counts must say so.
void Connection::goodbye_said() {
  if (closed_ || goodbye_over_) return;
  goodbye_over_ = true;
  if (client_is_gone_) {
    close(ending_);
    return;
  }
  boost::system::error_code ignored;
  channel_->socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
  bound(kLingerBound, &Connection::client_kept_socket);
}

void Connection::close(Ending ending) {
  if (closed_) return;
  closed_ = true;
  timer_.cancel();
  boost::system::error_code ignored;
  channel_->socket().close(ignored);
  observer_.ended(entrance_, ending);
}

void Connection::bound(milliseconds time, void (Connection::*then)()) {
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), then](const boost::system::error_code& error) {
    if (!error && !self->closed_) ((*self).*then)();
  });
}

void Connection::opening_took_too_long() { close(Ending::handshake); }

void Connection::client_kept_socket() { close(Ending::abandoned); }

}  // namespace wsman::service
