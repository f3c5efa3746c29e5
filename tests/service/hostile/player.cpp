#include "hostile/player.h"

#include <boost/asio/write.hpp>
#include <utility>

namespace wsman::hostile {
namespace {

using boost::system::error_code;
using std::chrono::milliseconds;

constexpr std::size_t kMostFlooded = 64UL * 1024 * 1024;
constexpr std::size_t kFloodPiece = 64UL * 1024;
constexpr milliseconds kDripPause{20};
// No client keeps a connection that long; what does is cut.
constexpr milliseconds kLongestStall{60000};
constexpr milliseconds kGoodbyeBound{500};

// `bytes` over and over, so that one write takes many of them.
std::string pieced(const std::string& bytes) {
  std::string piece;
  while (piece.size() < kFloodPiece) piece += bytes;
  return piece;
}

}  // namespace

Player::Player(std::unique_ptr<Stream> stream, Wrote wrote)
    : stream_(std::move(stream)),
      wrote_(std::move(wrote)),
      timer_(stream_->socket().get_executor()) {}

void Player::play(const std::shared_ptr<void>& owner, Script script, std::function<void()> done) {
  owner_ = owner;
  script_ = std::move(script);
  position_ = 0;
  done_ = std::move(done);
  next();
}

void Player::end(bool hard) {
  if (ended_) return;
  ended_ = true;
  timer_.cancel();
  error_code ignored;
  if (hard) stream_->socket().set_option(boost::asio::socket_base::linger(true, 0), ignored);
  stream_->socket().close(ignored);
}

void Player::finish() {
  const auto done = std::exchange(done_, nullptr);
  if (done) done();
}

void Player::next() {
  if (ended_ || position_ == script_.size()) {
    finish();
    return;
  }
  perform(script_[position_++]);
}

void Player::perform(const Act& act) {
  const auto self = kept();
  switch (act.kind) {
    case Act::Kind::send:
    case Act::Kind::send_raw:
      return write(act.bytes, act.kind == Act::Kind::send_raw, [self] { self->next(); });
    case Act::Kind::flood:
    case Act::Kind::raw_flood:
      outgoing_ = pieced(act.bytes);
      flooded_ = 0;
      return flood(act.kind == Act::Kind::raw_flood);
    case Act::Kind::drip:
      return drip(0);
    case Act::Kind::tickets:
      return repeat_tickets();
    case Act::Kind::alert:
      return stream_->send_alert([self](const error_code&) {
        self->end(false);
        self->next();
      });
    case Act::Kind::pause:
      return after(act.time, [self] { self->next(); });
    case Act::Kind::listen:
      return listen([self] { self->next(); });
    case Act::Kind::stall:
      after(kLongestStall, [self] { self->end(true); });
      return stall();
    case Act::Kind::deaf:
      return after(act.time, [self] {
        self->end(true);
        self->next();
      });
    case Act::Kind::hang_up:
      return hang_up();
    case Act::Kind::cut:
    case Act::Kind::reset:
      end(act.kind == Act::Kind::reset);
      return next();
  }
}

void Player::write(const std::string& bytes, bool raw, std::function<void()> then) {
  outgoing_ = bytes;
  auto written = [self = kept(), then = std::move(then)](const error_code& error,
                                                         std::size_t size) {
    self->wrote_(size);
    if (error) self->end(false);
    then();
  };
  const auto buffer = boost::asio::buffer(outgoing_);
  if (raw) {
    boost::asio::async_write(stream_->socket(), buffer, std::move(written));
  } else {
    stream_->write(buffer, std::move(written));
  }
}

void Player::flood(bool raw) {
  if (ended_ || flooded_ >= kMostFlooded) return next();
  flooded_ += outgoing_.size();
  std::string piece = std::move(outgoing_);
  write(piece, raw, [self = kept(), raw] { self->flood(raw); });
}

void Player::drip(std::size_t position) {
  if (ended_) return next();
  const std::string& bytes = script_[position_ - 1].bytes;
  const std::size_t following = (position + 1) % bytes.size();
  write(bytes.substr(position, 1), false, [self = kept(), following] {
    self->after(kDripPause, [self, following] { self->drip(following); });
  });
}

void Player::repeat_tickets() {
  stream_->send_ticket([self = kept()](const error_code& error) {
    if (error) self->end(false);
    if (self->ended_) return self->next();
    self->repeat_tickets();
  });
}

// Below TLS, so that what comes may be a goodbye as well as data.
void Player::listen(std::function<void()> then) {
  stream_->socket().async_wait(
      boost::asio::ip::tcp::socket::wait_read,
      [self = kept(), then = std::move(then)](const error_code&) { then(); });
}

void Player::stall() {
  stream_->socket().async_read_some(boost::asio::buffer(ignored_),
                                    [self = kept()](const error_code& error, std::size_t) {
                                      if (!error) return self->stall();
                                      self->end(false);
                                      self->next();
                                    });
}

void Player::after(milliseconds time, std::function<void()> then) {
  timer_.expires_after(time);
  timer_.async_wait([self = kept(), then = std::move(then)](const error_code& error) {
    if (!error) then();
  });
}

void Player::hang_up() {
  const auto self = kept();
  after(kGoodbyeBound, [self] { self->end(false); });
  stream_->say_goodbye([self](const error_code&) {
    error_code ignored;
    self->stream_->socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    self->stall();
  });
}

}  // namespace wsman::hostile
