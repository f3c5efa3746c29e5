#include "transport/connection.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "transport/http_codec.h"
#include "transport/trust.h"
#include "transport/wait.h"

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

// Names of schemes are compared without case [RFC 9110 11.1].
bool is_same_scheme(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) ==
           std::tolower(static_cast<unsigned char>(b));
  });
}

Error access_denied(const TransportOptions& options, const std::vector<std::string>& challenges) {
  std::string offered;
  bool same = false;
  for (const std::string& name : challenges) {
    offered += (offered.empty() ? "" : ", ") + name;
    same = same || is_same_scheme(name, name_of(options.authentication));
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

Connection::Connection(TransportOptions options, Lookup lookup)
    : options_(std::move(options)), lookup_(std::move(lookup)) {
  Credential credential{options_.credential.given, options_.credential.user_name,
                        std::move(options_.credential.password)};
  authenticator_ = make_authenticator(options_.authentication, std::move(credential));
}

Result<HttpResponse> Connection::exchange(const std::string& method, const std::string& target,
                                          const HttpRequest& request, const Call& call) {
  const std::lock_guard<std::timed_mutex> lock(mutex_);
  if (closed_.load()) return closed_error(options_.endpoint);
  const Secret message = write_request(method, target, options_.endpoint, request, *authenticator_);
  Result<HttpResponse> response = send_and_receive(message, call);
  // A close() that could not wait for this exchange has left the end to it.
  if (!response.ok() || closed_.load()) drop();
  if (closed_.load()) authenticator_->wipe();
  return response;
}

Result<HttpResponse> Connection::send_and_receive(const Secret& message, const Call& call) {
  if (open_.load() && is_stale()) drop();
  if (!open_.load()) {
    const Status opened = open(call);
    if (!opened.ok()) return opened.error();
  }
  const Status sent = send(message, call);
  if (!sent.ok()) return sent.error();
  return receive(call);
}

CloseOutcome Connection::close(const Call& call) {
  closed_.store(true);
  std::unique_lock<std::timed_mutex> lock(mutex_, std::defer_lock);
  while (!lock.try_lock_for(std::min(kStopCheck, call.left()))) {
    if (look_at(call) != WaitResult::ready) return {1, false, false};
  }
  CloseOutcome outcome;
  if (open_.load()) {
    outcome.closed = 1;
    if (tls_) outcome.graceful = tls_->say_goodbye(socket_, call.within(options_.timeouts.close));
  }
  drop();
  authenticator_->wipe();
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
        TlsStream::handshake(socket_, options_, call.within(options_.timeouts.tls));
    if (!stream.ok()) {
      drop();
      return stream.error();
    }
    tls_.emplace(std::move(stream.value()));
  }
  open_.store(true);
  return Done{};
}

bool Connection::is_stale() { return tls_ ? tls_->is_stale() : socket_.is_stale(); }

Status Connection::send(const Secret& message, const Call& call) {
  const Call bounded = call.within(options_.timeouts.send);
  const Phase phase{"the sending of the request to " + options_.endpoint.display()};
  std::string_view rest = message.view();
  while (!rest.empty()) {
    const IoResult result = write(rest.data(), rest.size());
    if (result.kind == IoResult::Kind::moved) {
      rest.remove_prefix(result.octets);
      continue;
    }
    if (result.kind != IoResult::Kind::would_block) return lost(options_.endpoint, "while sending");
    const bool writing = !tls_ || tls_->wants_write();
    Status waited = wait(writing, bounded, phase);
    if (!waited.ok()) return waited;
  }
  return Done{};
}

Result<HttpResponse> Connection::receive(const Call& call) {
  const Call bounded = call.within(options_.timeouts.receive);
  const Phase phase{"the wait for the answer of " + options_.endpoint.display()};
  ResponseReader reader(options_);
  std::array<char, 16384> buffer;
  while (!reader.is_done()) {
    // Looked at for each read, because a server that never pauses never makes us wait.
    const WaitResult now = look_at(bounded);
    if (now != WaitResult::ready) return stopped_error(now, bounded, phase);
    const IoResult result = read(buffer.data(), buffer.size());
    Status taken = Done{};
    if (result.kind == IoResult::Kind::moved) {
      taken = reader.take({buffer.data(), result.octets});
    } else if (result.kind == IoResult::Kind::ended) {
      taken = reader.take_end();
    } else if (result.kind == IoResult::Kind::would_block) {
      taken = wait(tls_ && tls_->wants_write(), bounded, phase);
    } else {
      return lost(options_.endpoint, "before the answer was whole");
    }
    if (!taken.ok()) return taken.error();
  }
  if (!reader.keeps_connection()) drop();
  HttpResponse response = reader.take_response();
  if (response.status == 401) return access_denied(options_, reader.challenges());
  return response;
}

Status Connection::wait(bool writing, const Call& call, const Phase& phase) {
  const WaitFor what = writing ? WaitFor::writable : WaitFor::readable;
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
