#include "transport/wire.h"

#include <array>
#include <utility>

#include "transport/codes.h"
#include "transport/trust.h"

namespace wsman {
namespace {}  // namespace

Error connection_lost(const Endpoint& endpoint, const std::string& when) {
  return {ErrorCode::connection_lost,
          with_code("The connection to " + endpoint.display() + " was lost " + when,
                    kDestinationUnreachable) +
              ".",
          kDestinationUnreachable,
          {}};
}

Result<WireAnswer> Wire::exchange(std::string_view message, Progress& progress, const Call& call) {
  ResponseReader reader(options_);
  return exchange(message, progress, reader, call);
}

Result<WireAnswer> Wire::exchange(std::string_view message, Progress& progress,
                                  ResponseReader& reader, const Call& call) {
  const Status sent = send(message, progress, reader, call);
  if (!sent.ok()) return sent.error();
  const Status received = receive(progress, reader, call);
  if (!received.ok()) return received.error();
  WireAnswer answer{reader.head(), {}};
  answer.response = reader.take_response();
  return answer;
}

Status Wire::open(const Call& call) {
  // Before any traffic, so that a trust file that cannot be read costs none.
  if (options_.endpoint.tls) {
    const auto trusted = trusted_context(options_.trusted_ca_path);
    if (!trusted.ok()) return trusted.error();
  }
  Status passed = tunnel_ != nullptr ? pass_proxy(call) : reach(call);
  if (!passed.ok()) return passed;
  if (options_.endpoint.tls) {
    Result<TlsStream> stream =
        TlsStream::handshake(socket_, options_, sessions_, call.within(options_.timeouts.tls));
    if (!stream.ok()) {
      drop();
      return stream.error();
    }
    tls_.emplace(std::move(stream.value()));
  }
  open_.store(true);
  announce(call);
  return Done{};
}

Status Wire::reach(const Call& call) {
  const Endpoint& endpoint = hop().endpoint;
  Result<std::vector<Address>> addresses =
      resolve(endpoint.host, endpoint.port, lookup_, call.within(options_.timeouts.resolve));
  if (!addresses.ok())
    return in_front_of_ != nullptr ? at_proxy(addresses.error()) : addresses.error();
  Result<Socket> socket = Socket::connect(addresses.value(), endpoint, options_.timeouts, call);
  if (!socket.ok()) return in_front_of_ != nullptr ? at_proxy(socket.error()) : socket.error();
  socket_ = std::move(socket.value());
  return Done{};
}

Status Wire::pass_proxy(const Call& call) {
  in_front_of_ = tunnel_;
  Status opened = reach(call);
  if (opened.ok()) opened = tunnel_->open(*this, options_.endpoint, call);
  in_front_of_ = nullptr;
  if (!opened.ok()) drop();
  return opened;
}

Result<WireAnswer> Wire::ask_proxy(std::string_view message, const Call& call) {
  ResponseReader reader(hop(), true);
  Progress progress;
  return exchange(message, progress, reader, call);
}

void Wire::announce(const Call& call) const {
  if (call.trace == nullptr) return;
  const Endpoint& endpoint = options_.endpoint;
  const std::string where = endpoint.host_in_url() + ":" + std::to_string(endpoint.port);
  const std::string peer = tunnel_ == nullptr
                               ? socket_.peer_address()
                               : "through the proxy " + tunnel_->options().endpoint.host_in_url() +
                                     ":" + std::to_string(tunnel_->options().endpoint.port);
  call.trace->verbose("Connected to " + where + " (" + peer + "), " +
                      (tls_ ? tls_->version() : "without TLS") + ".");
  if (options_.proxy && tunnel_ == nullptr) {
    call.trace->verbose("No proxy leads to " + where +
                        ": https_proxy names none, or no_proxy "
                        "has the computer.");
  }
  if (!tls_ || tls_->revocation() != Revocation::unknown) return;
  call.trace->verbose("The revocation status of the certificate of " + where +
                      " is unknown: it sent no valid OCSP answer, and no CRL in TrustedCAPath "
                      "covers it.");
}

bool Wire::is_stale() { return tls_ ? tls_->is_stale() : socket_.is_stale(); }

Status Wire::send(std::string_view message, Progress& progress, ResponseReader& reader,
                  const Call& call) {
  const Call bounded = call.within(options_.timeouts.send);
  const Phase phase{"the sending of the request to " + hop().endpoint.display()};
  std::string_view rest = message;
  while (!rest.empty()) {
    const IoResult result = write(rest.data(), rest.size());
    if (result.kind == IoResult::Kind::moved) {
      progress.sent_something = true;
      rest.remove_prefix(result.octets);
      continue;
    }
    if (result.kind != IoResult::Kind::would_block) {
      // What the peer said before it left may tell why.
      progress.cut_short = true;
      return Done{};
    }
    Status waited = wait(WaitFor::either, bounded, phase);
    if (!waited.ok()) return waited;
    const Result<bool> heard = hear(progress, reader);
    if (!heard.ok()) return heard.error();
    // Refused, say, before it was read. Interim answers are no reason to stop [RFC 9110 10.1.1].
    progress.cut_short = reader.has_final_head();
    if (progress.cut_short) return Done{};
  }
  return Done{};
}

Status Wire::receive(Progress& progress, ResponseReader& reader, const Call& call) {
  const Call bounded = call.within(options_.timeouts.receive);
  const Phase phase{"the wait for the answer of " + hop().endpoint.display()};
  while (!reader.is_done()) {
    const Result<bool> heard = hear(progress, reader);
    if (!heard.ok()) return heard.error();
    if (reader.is_done()) break;
    if (heard.value()) {
      const WaitResult allowed = look_at(bounded);
      if (allowed != WaitResult::ready) return stopped_error(allowed, bounded, phase);
      continue;
    }
    const bool writing = tls_ && tls_->wants_write();
    const Status waited = wait(writing ? WaitFor::writable : WaitFor::readable, bounded, phase);
    if (!waited.ok()) return waited.error();
  }
  if (!reader.keeps_connection() || progress.cut_short) drop();
  return Done{};
}

Result<bool> Wire::hear(Progress& progress, ResponseReader& reader) {
  std::array<char, 16384> buffer;
  const IoResult result = read(buffer.data(), buffer.size());
  if (result.kind == IoResult::Kind::would_block) return false;
  if (result.kind == IoResult::Kind::moved) {
    progress.heard_something = true;
    const Status taken = reader.take({buffer.data(), result.octets});
    if (!taken.ok()) return taken.error();
    return true;
  }
  if (tls_ && !tls_->objection().empty()) return refused_identity(options_, tls_->objection());
  if (progress.cut_short && !reader.has_begun())
    return connection_lost(hop().endpoint, "while sending");
  if (result.kind != IoResult::Kind::ended) {
    return connection_lost(hop().endpoint, "before the answer was whole");
  }
  const Status taken = reader.take_end();
  if (!taken.ok()) return taken.error();
  return true;
}

Status Wire::wait(WaitFor what, const Call& call, const Phase& phase) {
  const WaitResult waited = wait_for(socket_.descriptor(), what, call);
  if (waited == WaitResult::ready) return Done{};
  return stopped_error(waited, call, phase);
}

IoResult Wire::read(char* data, size_t size) {
  return tls_ ? tls_->read(data, size) : socket_.read(data, size);
}

IoResult Wire::write(const char* data, size_t size) {
  return tls_ ? tls_->write(data, size) : socket_.write(data, size);
}

void Wire::drop() {
  if (tls_) tls_->say_goodbye_unheard();
  tls_.reset();
  socket_.close();
  open_.store(false);
}

}  // namespace wsman
