#include "transport/connection/connection.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "base/codes.h"
#include "base/text.h"
#include "transport/connection/access_denied.h"
#include "transport/connection/proxy_tunnel.h"
#include "transport/connection/server_handshake.h"
#include "transport/http/codec.h"
#include "transport/http/content_type.h"
#include "transport/tls/certified_key.h"
#include "transport/tls/channel_binding.h"
#include "transport/tls/trust_store.h"

namespace wsman::connection {
namespace {

Error cannot_decrypt(const Endpoint& endpoint, const std::string& why) {
  return make_error(
      ErrorCode::protocol, code::kCannotDecrypt,
      "The answer of " + endpoint.display() + " cannot be trusted: " + why, {},
      "Something between here and there may have changed it. The connection is closed.");
}

std::string shown(const Endpoint& endpoint) {
  return endpoint.host_in_url() + ":" + std::to_string(endpoint.port);
}

// Writes to the verbose stream of the caller how the computer was reached.
void announce(const Channel& channel, const TransportOptions& options,
              const ProxyTunnel* proxy_tunnel, const Call& call) {
  if (call.trace == nullptr) return;
  const std::string where = shown(options.endpoint);
  const std::string way = proxy_tunnel == nullptr
                              ? channel.peer_address()
                              : "through the proxy " + shown(proxy_tunnel->options().endpoint);
  const tls::Stream* tls = channel.tls();
  if (options.certified_key && !options.certified_key->shared_file().empty()) {
    call.trace->verbose("The client certificate's file " + options.certified_key->shared_file() +
                        " has a private key, and others than its owner may read it: "
                        "chmod 600 would keep it to the owner.");
  }
  call.trace->verbose("Connected to " + where + " (" + way + "), " +
                      (tls != nullptr ? tls->version() : "without TLS") + ".");
  if (tls != nullptr && options.legacy_tls) {
    call.trace->verbose("The client setting LegacyTLSHosts names " + where +
                        ": it may have old TLS, weak keys and weak hashes.");
  }
  if (options.proxy && proxy_tunnel == nullptr) {
    call.trace->verbose("No proxy leads to " + where +
                        ": https_proxy names none, or no_proxy has the computer.");
  }
  if (tls == nullptr || tls->revocation() != tls::Revocation::unknown) return;
  call.trace->verbose("The revocation status of the certificate of " + where +
                      " is unknown: it sent no valid OCSP answer, and no CRL in TrustedCAPath "
                      "covers it.");
}

// A server that cannot decrypt has nothing to answer to.
Error context_lost(const Endpoint& endpoint, int status) {
  AdviceList advice;
  if (status != 400) advice.emplace_back(AdviceKey::check_rights);
  advice.emplace_back(AdviceKey::look_for_balancer);
  return make_error(ErrorCode::connection_lost, code::kDestinationUnreachable,
                    endpoint.display() + " answered an encrypted request with HTTP " +
                        std::to_string(status) +
                        " in clear text, as a server does that does not know the security "
                        "context of the connection",
                    std::move(advice));
}

// A charset is compared without case [RFC 9110 8.3.2].
bool is_utf16(const std::string& charset) { return lower_case(charset).rfind("utf-16", 0) == 0; }

}  // namespace

Connection::Connection(const TransportOptions& options, const net::Lookup& lookup,
                       authentication::Mechanism& mechanism, tls::SessionCache& sessions,
                       const ProxyTunnel* proxy_tunnel)
    : options_(options),
      mechanism_(mechanism),
      proxy_tunnel_(proxy_tunnel),
      channel_(options, lookup, sessions) {}

Result<HttpResponse> Connection::exchange(const std::string& method, const std::string& target,
                                          const HttpRequest& request, const Call& call) {
  // Only close() can hold the mutex here, because a connection has one caller of exchange().
  if (!mutex_.lock(call)) return closed_error(options_.endpoint.called());
  std::unique_lock<TimedMutex> lock(mutex_, std::adopt_lock);
  if (closed_.load()) return closed_error(options_.endpoint.called());
  const Outbound outbound{method, target, request};
  // Memory that runs out beside the attempts does so after one that may have been carried out.
  Result<HttpResponse> response =
      or_out_of_memory([&] { return attempt(outbound, call); }, Outcome::unknown);
  // The buffer holds the authorization line and the body, either of which may have a secret in it.
  message_.wipe();
  if (!response.ok() || !channel_.is_open()) drop();
  lock.unlock();
  // A close() whose own deadline passed first has left the end of the connection to this call.
  // Looked at behind the lock: one that comes later gets that. If the lock is not to be had here,
  // it has it.
  if (closed_.load() && mutex_.try_lock()) {
    drop();
    mutex_.unlock();
  }
  return response;
}

Result<HttpResponse> Connection::attempt(const Outbound& outbound, const Call& call) {
  const bool idempotent = outbound.request.idempotent;
  Attempt last;
  const auto try_it = [&] {
    Result<HttpResponse> response =
        or_out_of_memory([&] { return try_once(last, outbound, call); });
    if (!response.ok() && response.error().wsman_code == code::kOutOfMemory) drop();
    return response;
  };
  Result<HttpResponse> response = try_it();
  Outcome before = Outcome::not_done;
  // The second attempt is the last: a server that sends one challenge after the other gets no
  // further request.
  if (may_repeat(last, response, idempotent)) {
    if (!last.was_challenged) drop();
    before = last.outcome();
    last = {};
    response = try_it();
  }
  if (response.ok()) return response;
  Error& error = response.error();
  // The first attempt may have been carried out, whatever became of the second.
  error.outcome = before == Outcome::unknown ? before : last.outcome();
  // The caller may want to look before the same is asked for again.
  const bool is_untold = error.code == ErrorCode::connection_lost ||
                         error.code == ErrorCode::timed_out ||
                         error.code == ErrorCode::access_denied;
  if (error.outcome == Outcome::unknown && is_untold && !idempotent)
    error.advice.emplace_back(AdviceKey::check_outcome);
  return response;
}

// Whether the request may be sent again, because nothing of it can have been carried out, or
// because that would do no harm.
bool Connection::may_repeat(const Attempt& first, const Result<HttpResponse>& response,
                            bool idempotent) {
  if (first.was_challenged || first.was_forgotten) return true;
  if (response.ok()) return false;
  // What OpenSSL passes over is told by ENOMEM in errno, which malloc() leaves there also where the
  // heap could not grow, but memory was to be had elsewhere; hardly twice. A credential is not
  // proved twice, since that could lock an account.
  if (response.error().wsman_code == code::kOutOfMemory)
    return !first.progress.sent_something && !first.has_proved;
  if (response.error().code != ErrorCode::connection_lost) return false;
  // A server may end an idle connection while a request is on its way to it [RFC 9112 9.3.1]. That
  // explains a loss on a used connection only; a new one that dies would most likely die again.
  const bool unheard = !first.progress.heard_something && first.on_used_connection;
  // A request that is not idempotent is repeated only if none of it was sent [RFC 9110 9.2.2].
  return unheard && (idempotent || !first.progress.sent_something);
}

Result<HttpResponse> Connection::try_once(Attempt& attempt, const Outbound& outbound,
                                          const Call& call) {
  // Looked at before the first byte is written: so far nothing can have been carried out, and a new
  // connection is safe for any request.
  if (channel_.is_open() && channel_.is_stale()) drop();
  // Whatever came of an attempt before: no answer is on its way now.
  if (call.overtime != nullptr) call.overtime->let_stop_through();
  attempt.on_used_connection = channel_.is_open();
  attempt.progress.is_idempotent = outbound.request.idempotent;
  if (!channel_.is_open()) {
    // Only the wait for the answer has something to hear out: nothing is asked for before.
    const Call way = reaching(call.without_overtime(), options_.timeouts);
    Result<std::optional<HttpResponse>> opened = open(attempt, outbound.target, way);
    if (!opened.ok()) return opened.error();
    if (opened.value()) {
      drop();
      return std::move(*opened.value());
    }
  }
  const Status written = write(outbound);
  if (!written.ok()) return written.error();
  Result<Answer> answer = channel_.exchange(message_.view(), attempt.progress, call);
  if (!answer.ok()) return answer.error();
  return interpret(std::move(answer.value()), attempt);
}

Result<std::optional<HttpResponse>> Connection::open(Attempt& attempt, const std::string& target,
                                                     const Call& call) {
  attempt.has_proved = proxy_tunnel_ != nullptr;
  const Status connected = connect(call);
  if (!connected.ok()) return connected.error();
  // After TLS, because the context is bound to the certificate of the server [RFC 5929 4.1].
  const Result<std::string> binding = channel_binding();
  if (!binding.ok()) return binding.error();
  context_ = mechanism_.begin(binding.value());
  attempt.has_proved = true;
  const auto reconnect = [this, &binding](const Call& again) -> Status {
    Status connected_again = connect(again);
    if (!connected_again.ok()) return connected_again;
    const Result<std::string> other = channel_binding();
    if (!other.ok()) return other.error();
    // Another server of a balancer: the context would be refused there.
    return other.value() == binding.value() ? Status(Done{}) : lost_between_steps(options_);
  };
  Result<std::optional<HttpResponse>> proved =
      authenticate(channel_, *context_, options_, target, reconnect, call);
  if (!proved.ok() || proved.value() || channel_.is_open()) return proved;
  // A Digest challenge is not bound to a connection, and some servers close theirs after a 401.
  if (context_->scheme().empty()) {
    const Status again = connect(call);
    return again.ok() ? proved : again.error();
  }
  // Some servers close the connection with the last answer of the authentication. The context is
  // lost with it, because the server keeps its half for the socket.
  return connection_lost(options_.endpoint, "with the last step of the authentication");
}

// Empty where none is wanted: it costs as much as a fifth of the handshake.
Result<std::string> Connection::channel_binding() const {
  if (channel_.tls() == nullptr || !mechanism_.wants_channel_binding()) return std::string();
  return tls::end_point_binding(channel_.leaf_certificate());
}

// Reaches the computer, through the proxy if there is one, and begins TLS with it.
Status Connection::connect(const Call& call) {
  // Before any traffic, so that a trust file that cannot be read costs no connection.
  if (options_.endpoint.tls) {
    const auto trusted = tls::trusted_context(options_.trusted_ca_path, call);
    if (!trusted.ok()) return trusted.error();
    if (call.trace != nullptr) {
      for (const std::string& file : trusted.value().passed_over)
        call.trace->verbose("TrustedCAPath: " + for_people(file) + ", and is passed over.");
    }
  }
  Status reached = proxy_tunnel_ != nullptr ? proxy_tunnel_->open(channel_, options_.endpoint, call)
                                            : channel_.reach(options_, call);
  if (reached.ok()) reached = channel_.open(call);
  if (!reached.ok()) {
    channel_.drop();
    return reached;
  }
  announce(channel_, options_, proxy_tunnel_, call);
  return Done{};
}

// A sealed body is made for each attempt: it has the keys and the sequence number of one context,
// and the server would refuse it in another one or for a second time.
Status Connection::write(const Outbound& outbound) {
  http::Sealer* sealer = context_->sealer();
  const HttpRequest& request = outbound.request;
  if (sealer == nullptr) {
    http::write_request(message_, outbound.method, outbound.target, options_.endpoint, request,
                        *context_);
    return Done{};
  }
  const Result<std::vector<http::Sealed>> sealed = http::seal_pieces(*sealer, request.content());
  if (!sealed.ok()) return sealed.error();
  HttpRequest wrapped;
  wrapped.content_type = http::sealed_content_type(sealer->protocol(), sealed.value().size());
  wrapped.body = http::write_sealed(sealer->protocol(), request.content_type, sealed.value());
  wrapped.anonymous_identify = request.anonymous_identify;
  http::write_request(message_, outbound.method, outbound.target, options_.endpoint, wrapped,
                      *context_);
  return Done{};
}

Result<HttpResponse> Connection::interpret(Answer answer, Attempt& attempt) {
  const bool has_tokens = !context_->scheme().empty();
  // Over TLS a message needs no seal, so only http without one is clear text.
  const bool is_bare = has_tokens && context_->sealer() == nullptr && !options_.endpoint.tls;
  // A server answers 401 or 403 to a certificate that it maps to no user.
  // On a used connection it has mapped it before, and a request is refused.
  const bool unmapped =
      options_.certified_key && !attempt.on_used_connection && answer.head.status == 403;
  // A service that demands encryption answers so to Kerberos without it. On a used connection it
  // has taken clear text before, and has failed in earnest.
  const bool wants_seal = is_bare && !attempt.on_used_connection && answer.head.status == 500 &&
                          answer.response.body.empty();
  const bool is_refusal = answer.head.status == 401 || unmapped || wants_seal;
  // A refusal comes in clear text. To a sealed request anybody on the way may have written it,
  // after the server had done what it was asked for.
  const bool is_sealed = context_->sealer() != nullptr;
  const bool may_repeat = !is_sealed || attempt.progress.is_idempotent;
  attempt.was_refused = is_refusal && !is_sealed;
  if (wants_seal) return clear_text_refused(options_);
  if (is_refusal) {
    attempt.was_forgotten = has_tokens && attempt.on_used_connection && may_repeat;
    if (is_bare) return clear_text_refused(options_);
    // On a new connection the handshake has just succeeded, so the server knows the user.
    if (has_tokens && !attempt.on_used_connection) return refused_after_proof(options_);
    if (!may_repeat) return context_lost(options_.endpoint, answer.head.status);
    const Result<bool> heard =
        context_->take_challenges(http::read_challenges(answer.head.challenges));
    if (!heard.ok()) return heard.error();
    attempt.was_challenged = heard.value();
    // The error closes the connection: some servers leave it open after a 401 and reset it at the
    // next request.
    return access_denied(options_, answer.head.challenges);
  }
  // An answer in clear text to a sealed request is never used: an attacker on the way could have
  // written it.
  http::Sealer* sealer = context_->sealer();
  if (sealer == nullptr) return std::move(answer.response);
  return unseal(std::move(answer.response), *sealer);
}

Result<HttpResponse> Connection::unseal(HttpResponse response, http::Sealer& sealer) {
  if (!http::is_sealed_type(response.content_type, sealer)) {
    // A server that fails before it reads the message answers in clear text. Only the status is
    // taken from it, since an attacker could have written the rest. The context is not used again,
    // because its count of messages may differ from the server's.
    const bool failed = response.status >= 400;
    if (!failed) return cannot_decrypt(options_.endpoint, "it is not encrypted");
    drop();
    if (response.status == 400 && response.body.empty())
      return context_lost(options_.endpoint, 400);
    HttpResponse unproved;
    unproved.status = response.status;
    unproved.is_unproved = true;
    return unproved;
  }
  const http::SealedAnswer sealed =
      http::read_sealed(response.body, sealer.protocol(), sealer.seals_in_records());
  if (!sealed.refusal.empty()) return cannot_decrypt(options_.endpoint, sealed.refusal);
  Result<std::string> plain = http::unseal_pieces(sealer, sealed);
  if (!plain.ok()) return cannot_decrypt(options_.endpoint, plain.error().message);
  http::ContentType type = http::read_content_type(sealed.original_type);
  // In UTF-16 the last byte of a message may be a NUL that belongs to a character. Whoever changes
  // the charset gains nothing: the reader of the document takes off padding, too.
  if (!is_utf16(type.charset)) http::strip_padding(plain.value());
  response.is_unproved = true;
  response.location.clear();
  response.content_type = std::move(type.media_type);
  // No charset is sealed. With another one, text would be read as others wrote it, and perhaps
  // written back; the document says its encoding itself.
  response.charset.clear();
  response.body = std::move(plain.value());
  return response;
}

CloseOutcome Connection::close(const Call& call, Clock::time_point goodbye_deadline) {
  // Before the wait for the mutex: an exchange that outlives that wait drops the connection itself.
  closed_.store(true);
  if (!mutex_.lock(call)) return {1, false, false};
  const std::lock_guard<TimedMutex> lock(mutex_, std::adopt_lock);
  CloseOutcome outcome;
  if (channel_.is_open()) {
    outcome.closed = 1;
    // The transport closes its connections one after the other, so they share one deadline for
    // this.
    const Call goodbye{call.cancellation, std::min(call.deadline, goodbye_deadline)};
    try {
      outcome.graceful = channel_.say_goodbye(goodbye);
    } catch (const std::bad_alloc&) {
      outcome.graceful = false;
    }
  }
  drop();
  return outcome;
}

void Connection::drop() {
  context_.reset();
  channel_.drop();
}

}  // namespace wsman::connection
