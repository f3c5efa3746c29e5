#include "transport/connection.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <utility>

#include "transport/authentication/challenges.h"
#include "transport/http_text.h"
#include "transport/trust.h"

namespace wsman {
namespace {

constexpr uint32_t kAccessDenied = 5;
constexpr uint32_t kDestinationUnreachable = 0x80338012;
constexpr uint32_t kOperationAborted = 0x000003E3;

// How often a closing that waits for an exchange looks whether it was told to stop itself.
constexpr Milliseconds kStopCheck{20};

Error lost(const Endpoint& endpoint, const std::string& when) {
  return {ErrorCode::connection_lost,
          with_code("The connection to " + endpoint.display() + " was lost " + when,
                    kDestinationUnreachable) +
              ".",
          kDestinationUnreachable,
          {}};
}

// Each scheme once, however many challenges name it. Compared without case [RFC 9110 11.1].
std::vector<std::string> schemes_of(const std::vector<Challenge>& challenges) {
  std::vector<std::string> schemes;
  for (const Challenge& challenge : challenges) {
    const bool known = std::any_of(schemes.begin(), schemes.end(), [&](const std::string& scheme) {
      return equal_without_case(scheme, challenge.scheme);
    });
    if (!known) schemes.push_back(challenge.scheme);
  }
  return schemes;
}

Error access_denied(const TransportOptions& options, const std::vector<std::string>& lines) {
  std::string offered;
  bool same = false;
  for (const std::string& scheme : schemes_of(read_challenges(lines))) {
    offered += (offered.empty() ? "" : ", ") + scheme;
    same = same || equal_without_case(scheme, name_of(options.authentication));
  }
  std::string sentence = options.endpoint.display() + " denied access";
  if (options.credential.given && same)
    sentence += " to the user \"" + options.credential.user_name + "\"";
  std::string message = with_code(sentence, kAccessDenied) + ".";
  message += offered.empty() ? " It named no authentication that it accepts."
                             : " It accepts the authentication " + offered + ".";
  message += options.credential.given && same ? " Check the user name and the password."
                                              : " Use -Authentication and -Credential to match.";
  return {ErrorCode::access_denied, message, kAccessDenied, {}};
}

Error closed_error(const Endpoint& endpoint) {
  return {ErrorCode::closed,
          "The session with " + endpoint.host + " is closed.",
          kOperationAborted,
          {}};
}

}  // namespace

Connection::Connection(const TransportOptions& options, const Lookup& lookup,
                       const Authenticator& authenticator, TlsSessions& sessions)
    : options_(options), lookup_(lookup), authenticator_(authenticator), sessions_(sessions) {}

Result<HttpResponse> Connection::exchange(const std::string& method, const std::string& target,
                                          const HttpRequest& request, const Call& call) {
  const std::lock_guard<Turn> lock(mutex_);
  if (closed_.load()) return closed_error(options_.endpoint);
  write_request(message_, method, target, options_.endpoint, request, authenticator_);
  Result<HttpResponse> response = attempt(request.idempotent, call);
  message_.wipe();
  // A close() that could not wait for this exchange has left the end to it.
  if (!response.ok() || closed_.load()) drop();
  return response;
}

Result<HttpResponse> Connection::attempt(bool idempotent, const Call& call) {
  Attempt first;
  Result<HttpResponse> response = try_once(first, call);
  if (response.ok() || response.error().code != ErrorCode::connection_lost) return response;
  const bool unheard = !first.heard_something && first.on_used_connection;
  if (unheard && (idempotent || !first.sent_something)) {
    drop();
    Attempt second;
    return try_once(second, call);
  }
  if (!idempotent && first.sent_something) {
    response.error().message +=
        " Whether the server carried out the request is not known; it is not sent again.";
  }
  return response;
}

Result<HttpResponse> Connection::try_once(Attempt& attempt, const Call& call) {
  if (open_.load() && is_stale()) drop();
  attempt.on_used_connection = open_.load();
  if (!open_.load()) {
    const Status opened = open(call);
    if (!opened.ok()) return opened.error();
  }
  ResponseReader reader(options_);
  const Status sent = send(attempt, reader, call);
  if (!sent.ok()) return sent.error();
  return receive(attempt, reader, call);
}

CloseOutcome Connection::close(const Call& call, Clock::time_point goodbye_deadline) {
  closed_.store(true);
  std::unique_lock<Turn> lock(mutex_, std::defer_lock);
  while (!lock.try_lock_until(Clock::now() + std::min(kStopCheck, call.left()))) {
    if (look_at(call) != WaitResult::ready) return {1, false, false};
  }
  CloseOutcome outcome;
  if (open_.load()) {
    outcome.closed = 1;
    const Call goodbye{call.cancellation, std::min(call.deadline, goodbye_deadline)};
    if (tls_) outcome.graceful = tls_->say_goodbye(socket_, goodbye);
  }
  drop();
  return outcome;
}

Status Connection::open(const Call& call) {
  // Before any traffic, so that a trust file that cannot be read costs none.
  if (options_.endpoint.tls) {
    const auto trusted = trusted_context(options_.trusted_ca_path);
    if (!trusted.ok()) return trusted.error();
  }
  Result<std::vector<Address>> addresses = resolve(options_.endpoint.host, options_.endpoint.port,
                                                   lookup_, call.within(options_.timeouts.resolve));
  if (!addresses.ok()) return addresses.error();
  Result<Socket> socket =
      Socket::connect(addresses.value(), options_.endpoint, options_.timeouts, call);
  if (!socket.ok()) return socket.error();
  socket_ = std::move(socket.value());
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

void Connection::announce(const Call& call) const {
  if (call.trace == nullptr) return;
  const Endpoint& endpoint = options_.endpoint;
  const std::string where = endpoint.host_in_url() + ":" + std::to_string(endpoint.port);
  call.trace->verbose("Connected to " + where + " (" + socket_.peer_address() + "), " +
                      (tls_ ? tls_->version() : "without TLS") + ".");
  if (!tls_ || tls_->revocation() != Revocation::unknown) return;
  call.trace->verbose("The revocation status of the certificate of " + where +
                      " is unknown: it sent no valid OCSP answer, and no CRL in TrustedCAPath "
                      "covers it.");
}

bool Connection::is_stale() { return tls_ ? tls_->is_stale() : socket_.is_stale(); }

Status Connection::send(Attempt& attempt, ResponseReader& reader, const Call& call) {
  const Call bounded = call.within(options_.timeouts.send);
  const Phase phase{"the sending of the request to " + options_.endpoint.display()};
  std::string_view rest = message_.view();
  while (!rest.empty()) {
    const IoResult result = write(rest.data(), rest.size());
    if (result.kind == IoResult::Kind::moved) {
      attempt.sent_something = true;
      rest.remove_prefix(result.octets);
      continue;
    }
    if (result.kind != IoResult::Kind::would_block) {
      // What the peer said before it left may tell why.
      attempt.cut_short = true;
      return Done{};
    }
    Status waited = wait(WaitFor::either, bounded, phase);
    if (!waited.ok()) return waited;
    const Result<bool> heard = hear(attempt, reader);
    if (!heard.ok()) return heard.error();
    // Refused, say, before it was read. Interim answers are no reason to stop [RFC 9110 10.1.1].
    attempt.cut_short = reader.has_final_head();
    if (attempt.cut_short) return Done{};
  }
  return Done{};
}

Result<HttpResponse> Connection::receive(Attempt& attempt, ResponseReader& reader,
                                         const Call& call) {
  const Call bounded = call.within(options_.timeouts.receive);
  const Phase phase{"the wait for the answer of " + options_.endpoint.display()};
  while (!reader.is_done()) {
    const Result<bool> heard = hear(attempt, reader);
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
  if (!reader.keeps_connection() || attempt.cut_short) drop();
  // Some servers leave the connection open after a 401 and reset it at the next request: it is
  // closed.
  if (reader.head().status == 401) return access_denied(options_, reader.head().challenges);
  return reader.take_response();
}

Result<bool> Connection::hear(Attempt& attempt, ResponseReader& reader) {
  std::array<char, 16384> buffer;
  const IoResult result = read(buffer.data(), buffer.size());
  if (result.kind == IoResult::Kind::would_block) return false;
  if (result.kind == IoResult::Kind::moved) {
    attempt.heard_something = true;
    const Status taken = reader.take({buffer.data(), result.octets});
    if (!taken.ok()) return taken.error();
    return true;
  }
  if (attempt.cut_short && !reader.has_begun()) return lost(options_.endpoint, "while sending");
  if (result.kind != IoResult::Kind::ended) {
    return lost(options_.endpoint, "before the answer was whole");
  }
  const Status taken = reader.take_end();
  if (!taken.ok()) return taken.error();
  return true;
}

Status Connection::wait(WaitFor what, const Call& call, const Phase& phase) {
  const WaitResult waited = wait_for(socket_.descriptor(), what, call);
  if (waited == WaitResult::ready) return Done{};
  return stopped_error(waited, call, phase);
}

IoResult Connection::read(char* data, size_t size) {
  return tls_ ? tls_->read(data, size) : socket_.read(data, size);
}

IoResult Connection::write(const char* data, size_t size) {
  return tls_ ? tls_->write(data, size) : socket_.write(data, size);
}

void Connection::drop() {
  if (tls_) tls_->say_goodbye_unheard();
  tls_.reset();
  socket_.close();
  open_.store(false);
}

}  // namespace wsman
