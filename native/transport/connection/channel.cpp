#include "transport/connection/channel.h"

#include <array>
#include <utility>

#include "base/codes.h"

namespace wsman::connection {

Error connection_lost(const Endpoint& endpoint, const std::string& when) {
  return make_error(ErrorCode::connection_lost, code::kDestinationUnreachable,
                    "The connection to " + endpoint.display() + " was lost " + when);
}

Result<Answer> Channel::exchange(std::string_view message, Progress& progress, const Call& call) {
  http::ResponseReader reader(options_);
  return exchange(message, progress, reader, call);
}

Result<Answer> Channel::exchange(std::string_view message, Progress& progress,
                                 http::ResponseReader& reader, const Call& call) {
  const Status may_go_on = expect_answer(call);
  if (!may_go_on.ok()) return may_go_on.error();
  const Status sent = send(message, progress, reader, call);
  if (!sent.ok()) return explained(sent.error());
  const Status received = receive(progress, reader, call);
  if (!received.ok()) return explained(received.error());
  Answer answer{reader.head(), {}};
  answer.response = reader.take_response();
  return answer;
}

Error Channel::explained(Error error) const {
  if (peer_ != &options_ || has_heard_) return error;
  // A port of TLS ends a connection that begins otherwise, mostly without a word.
  if (error.code == ErrorCode::connection_lost && !options_.endpoint.tls)
    error.advice.emplace_back(AdviceKey::use_tls_if_spoken);
  if (error.code == ErrorCode::connection_lost && tls_ && tls_->lacks_certificate())
    error.advice.emplace_back(AdviceKey::add_certificate_if_wanted);
  // OMI answers no request without an Authorization field, not even with a 401.
  const bool is_anonymous = options_.authentication == AuthenticationKind::none;
  if (error.code == ErrorCode::timed_out && is_anonymous)
    error.advice.emplace_back(AdviceKey::add_credential_if_silent);
  return error;
}

Status Channel::reach(const TransportOptions& peer, const Call& call) {
  // Errors name the computer at the other end of the socket, which is the proxy until open().
  peer_ = &peer;
  const Endpoint& endpoint = peer.endpoint;
  Result<std::vector<net::Address>> addresses = net::resolve(endpoint, lookup_, call);
  if (!addresses.ok()) return addresses.error();
  Result<net::Socket> socket = net::Socket::connect(addresses.value(), endpoint, call);
  if (!socket.ok()) return socket.error();
  socket_ = std::move(socket.value());
  has_heard_ = false;
  return Done{};
}

Result<Answer> Channel::ask_proxy(std::string_view message, const Call& call) {
  // A success has no body, even if its head states a length [RFC 9110 9.3.6].
  http::ResponseReader reader(*peer_, true);
  Progress progress;
  return exchange(message, progress, reader, call);
}

Status Channel::open(const Call& call) {
  peer_ = &options_;
  has_heard_ = false;
  if (options_.endpoint.tls) {
    Result<tls::Stream> stream = tls::Stream::handshake(socket_, options_, sessions_, call);
    if (!stream.ok()) {
      drop();
      return stream.error();
    }
    tls_.emplace(std::move(stream.value()));
  }
  // Last, because other threads read it.
  open_.store(true);
  return Done{};
}

bool Channel::is_stale() { return tls_ ? tls_->is_stale() : socket_.is_stale(); }

Status Channel::send(std::string_view message, Progress& progress, http::ResponseReader& reader,
                     const Call& call) {
  // The loop reads as well as it writes: a server that refuses a long message answers early and
  // stops reading, and both ends would wait for each other [RFC 9112 9.5].
  const Call bounded = call.within(options_.timeouts.send);
  const Phase phase{"the sending of the request to " + peer_->endpoint.display()};
  std::string_view rest = message;
  bool must_write = false;
  while (!rest.empty()) {
    const net::IoResult result = write(rest.data(), rest.size());
    // No look at the deadline here: each write makes the rest shorter, so that the loop ends.
    if (result.kind == net::IoResult::Kind::moved) {
      progress.sent_something = true;
      rest.remove_prefix(result.bytes);
      continue;
    }
    if (result.kind != net::IoResult::Kind::would_block) {
      // The peer may have sent its reason before it closed the connection, so receive() goes on.
      progress.cut_short = true;
      return Done{};
    }
    // For reading as well, because of early answers, and because TLS may have to read before it can
    // write.
    // A message that is not sent as a whole is not carried out, so a stop ends it here.
    if (call.overtime != nullptr) call.overtime->let_stop_through();
    // In a renegotiation TLS has to read before it can write, and the socket takes bytes all the
    // time; or to write before it can read, and there are bytes to be read all the time.
    const bool must_read = tls_ && !tls_->wants_write();
    const WaitFor what = must_read    ? WaitFor::readable
                         : must_write ? WaitFor::writable
                                      : WaitFor::either;
    Status waited = wait(what, bounded, phase);
    if (waited.ok()) waited = expect_answer(call);
    if (!waited.ok()) return waited;
    const Result<bool> heard = hear(progress, reader);
    if (!heard.ok()) return heard.error();
    must_write = tls_ && !heard.value() && tls_->wants_write();
    // A final answer, such as a refusal, makes the rest of the message pointless. Interim answers
    // do not [RFC 9110 10.1.1].
    progress.cut_short = reader.has_final_head();
    if (progress.cut_short) return Done{};
  }
  return Done{};
}

Status Channel::receive(Progress& progress, http::ResponseReader& reader, const Call& call) {
  const Call bounded = call.within(options_.timeouts.receive, options_.timeouts.receive_setting);
  const Call overtime{call.cancellation, Clock::time_point::max(), call.trace};
  const Call* current = &bounded;
  const Phase phase = answer_phase();
  while (!reader.is_done()) {
    const Result<bool> heard = hear(progress, reader);
    if (!heard.ok()) return heard.error();
    if (reader.is_done()) break;
    // TLS may have to write before it can read on, such as for a key update [RFC 8446 4.6.3].
    const WaitFor what = tls_ && tls_->wants_write() ? WaitFor::writable : WaitFor::readable;
    // A peer that always has another byte to send must not keep the call past its deadline.
    const WaitResult waited =
        heard.value() ? look_at(*current) : wait_for(socket_.descriptor(), what, *current);
    if (waited == WaitResult::ready) continue;
    const std::optional<Error> given_up = give_up(waited, progress, *current, phase);
    if (given_up) return *given_up;
    current = &overtime;
  }
  // After a message that was cut short the server would read the next one as its rest.
  if (!reader.keeps_connection() || progress.cut_short) drop();
  return Done{};
}

Result<bool> Channel::hear(Progress& progress, http::ResponseReader& reader) {
  // The plain text of one TLS record at most [RFC 8446 5.1].
  std::array<char, 16384> buffer;
  const net::IoResult result = read(buffer.data(), buffer.size());
  if (result.kind == net::IoResult::Kind::would_block) return false;
  if (result.kind == net::IoResult::Kind::moved) {
    progress.heard_something = has_heard_ = true;
    const Status taken = reader.take({buffer.data(), result.bytes});
    if (!taken.ok()) return taken.error();
    return true;
  }
  // With TLS 1.3 the alert about a client certificate comes after the handshake, and only a read
  // that fails finds it. It is asked for first, because it is the reason of that failure.
  if (tls_ && !tls_->client_certificate_refusal().empty()) {
    progress.was_refused = true;
    return tls::client_certificate_refused(options_, tls_->client_certificate_refusal());
  }
  if (progress.cut_short && !reader.has_begun())
    return connection_lost(peer_->endpoint, "while sending");
  // Over TLS only close_notify counts as an end: an attacker can close a TCP connection and so cut
  // short a body that ends with it [RFC 9112 9.8].
  if (result.kind != net::IoResult::Kind::ended) {
    return connection_lost(peer_->endpoint, "before the answer was whole");
  }
  const Status taken = reader.take_end();
  if (!taken.ok()) return taken.error();
  return true;
}

Phase Channel::answer_phase() const {
  return {"the wait for the answer of " + peer_->endpoint.display()};
}

Status Channel::expect_answer(const Call& call) const {
  const Phase phase = answer_phase();
  const bool goes_on = call.overtime != nullptr ? call.overtime->hold_stop(phase)
                                                : look_at(call) == WaitResult::ready;
  if (goes_on) return Done{};
  return stopped_error(look_at(call), call, phase);
}

std::optional<Error> Channel::give_up(WaitResult waited, const Progress& progress, const Call& call,
                                      const Phase& phase) {
  Error error = stopped_error(waited, call, phase);
  if (waited != WaitResult::timed_out || call.overtime == nullptr) return error;
  // The whole request is on its way, and the server may be at it.
  error.outcome = Outcome::unknown;
  if (!progress.is_idempotent) error.advice.emplace_back(AdviceKey::check_outcome);
  call.overtime->begin(error);
  return std::nullopt;
}

Status Channel::wait(WaitFor what, const Call& call, const Phase& phase) {
  const WaitResult waited = wait_for(socket_.descriptor(), what, call);
  if (waited == WaitResult::ready) return Done{};
  return stopped_error(waited, call, phase);
}

net::IoResult Channel::read(char* data, size_t size) {
  return tls_ ? tls_->read(data, size) : socket_.read(data, size);
}

net::IoResult Channel::write(const char* data, size_t size) {
  return tls_ ? tls_->write(data, size) : socket_.write(data, size);
}

void Channel::drop() {
  // Each end owes the other a close_notify before it closes [RFC 8446 6.1]. The one of the peer is
  // not awaited here; close() of the connection does that.
  if (tls_) tls_->say_goodbye_unheard();
  tls_.reset();
  socket_.close();
  open_.store(false);
}

}  // namespace wsman::connection
