#include "transport/connection.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "transport/channel_binding.h"
#include "transport/codes.h"
#include "transport/denial.h"
#include "transport/http_codec.h"
#include "transport/legs.h"

namespace wsman {
namespace {

constexpr uint32_t kOperationAborted = 0x000003E3;

Error closed_error(const Endpoint& endpoint) {
  return {ErrorCode::closed,
          "The session with " + endpoint.host + " is closed.",
          kOperationAborted,
          {}};
}

Error cannot_decrypt(const Endpoint& endpoint, const std::string& why) {
  return {ErrorCode::protocol,
          with_code("The answer of " + endpoint.display() + " cannot be trusted: " + why,
                    kCannotDecrypt) +
              ". Something between here and there may have changed it. The connection is closed.",
          kCannotDecrypt,
          {}};
}

bool is_utf16(std::string_view content_type) {
  return content_type.find("UTF-16") != std::string_view::npos ||
         content_type.find("utf-16") != std::string_view::npos;
}

}  // namespace

Connection::Connection(const TransportOptions& options, const Lookup& lookup, Mechanism& mechanism,
                       TlsSessions& sessions, const Tunnel* tunnel)
    : options_(options), mechanism_(mechanism), wire_(options, lookup, sessions, tunnel) {}

Result<HttpResponse> Connection::exchange(const std::string& method, const std::string& target,
                                          const HttpRequest& request, const Call& call) {
  const std::lock_guard<Turn> lock(mutex_);
  if (closed_.load()) return closed_error(options_.endpoint);
  Result<HttpResponse> response = attempt({method, target, request}, call);
  message_.wipe();
  // A close() that could not wait for this exchange has left the end to it.
  if (!response.ok() || closed_.load() || !wire_.is_open()) drop();
  return response;
}

Result<HttpResponse> Connection::attempt(const Outbound& outbound, const Call& call) {
  Attempt first;
  Result<HttpResponse> response = try_once(first, outbound, call);
  if (first.was_challenged) {
    Attempt second;
    return try_once(second, outbound, call);
  }
  const bool idempotent = outbound.request.idempotent;
  const bool lost = !response.ok() && response.error().code == ErrorCode::connection_lost;
  if (!lost && !first.was_forgotten) return response;
  const bool unheard = !first.progress.heard_something && first.on_used_connection;
  const bool undone = unheard && (idempotent || !first.progress.sent_something);
  if (undone || first.was_forgotten) {
    drop();
    Attempt second;
    return try_once(second, outbound, call);
  }
  if (!idempotent && first.progress.sent_something) {
    response.error().message +=
        " Whether the server carried out the request is not known; it is not sent again.";
  }
  return response;
}

Result<HttpResponse> Connection::try_once(Attempt& attempt, const Outbound& outbound,
                                          const Call& call) {
  if (wire_.is_open() && wire_.is_stale()) drop();
  attempt.on_used_connection = wire_.is_open();
  if (!wire_.is_open()) {
    Status opened = open(outbound.target, call);
    if (!opened.ok()) return opened.error();
  }
  const Status written = write(outbound);
  if (!written.ok()) return written.error();
  Result<WireAnswer> answer = wire_.exchange(message_.view(), attempt.progress, call);
  if (!answer.ok()) return answer.error();
  return judge(std::move(answer.value()), attempt);
}

Status Connection::open(const std::string& target, const Call& call) {
  Status opened = wire_.open(call);
  if (!opened.ok()) return opened;
  context_ = mechanism_.begin(end_point_binding(wire_.leaf_certificate()));
  Status proved = authenticate(wire_, *context_, options_, target, call);
  if (!proved.ok()) return proved;
  // Some servers hang up with the answer that ends the authentication, which is then worth nothing.
  if (!wire_.is_open()) {
    return connection_lost(options_.endpoint, "with the last step of the authentication");
  }
  return Done{};
}

// A sealed body belongs to its context: it is made for each attempt, and never sent again.
Status Connection::write(const Outbound& outbound) {
  Sealer* sealer = context_->sealer();
  const HttpRequest& request = outbound.request;
  if (sealer == nullptr) {
    write_request(message_, outbound.method, outbound.target, options_.endpoint, request,
                  *context_);
    return Done{};
  }
  const Result<std::vector<Sealed>> sealed = seal_pieces(*sealer, request.content());
  if (!sealed.ok()) return sealed.error();
  HttpRequest wrapped;
  wrapped.content_type = sealed_content_type(sealer->protocol(), sealed.value().size());
  wrapped.body = write_sealed(sealer->protocol(), request.content_type, sealed.value());
  wrapped.anonymous_identify = request.anonymous_identify;
  write_request(message_, outbound.method, outbound.target, options_.endpoint, wrapped, *context_);
  return Done{};
}

Result<HttpResponse> Connection::judge(WireAnswer answer, Attempt& attempt) {
  const bool has_legs = !context_->scheme().empty();
  const bool is_bare = has_legs && context_->sealer() == nullptr && !options_.endpoint.tls;
  const bool unmapped = options_.identity && answer.head.status == 403;
  if (answer.head.status == 401 || unmapped) {
    attempt.was_forgotten = has_legs && attempt.on_used_connection;
    if (is_bare) return clear_text_refused(options_);
    const Result<bool> heard = context_->take_challenges(read_challenges(answer.head.challenges));
    if (!heard.ok()) return heard.error();
    attempt.was_challenged = heard.value();
    // Some servers leave the connection open after a 401 and reset it at the next request: it is
    // closed.
    return access_denied(options_, answer.head.challenges);
  }
  // What a service that wants encryption answers to Kerberos without it.
  if (is_bare && answer.head.status == 500 && answer.response.body.empty()) {
    return clear_text_refused(options_);
  }
  Sealer* sealer = context_->sealer();
  if (sealer == nullptr) return std::move(answer.response);
  return unseal(std::move(answer.response), *sealer);
}

Result<HttpResponse> Connection::unseal(HttpResponse response, Sealer& sealer) {
  if (!is_sealed_type(response.content_type, sealer)) {
    // A server that fails before it reads the message answers without a word: nothing but the
    // status is taken from it, and the context is not used again.
    const bool failed = response.status >= 400;
    if (!failed) return cannot_decrypt(options_.endpoint, "it is not encrypted");
    drop();
    return HttpResponse{response.status, "", "", ""};
  }
  const SealedAnswer sealed =
      read_sealed(response.body, sealer.protocol(), sealer.seals_in_records());
  if (!sealed.refusal.empty()) return cannot_decrypt(options_.endpoint, sealed.refusal);
  Result<std::string> plain = unseal_pieces(sealer, sealed);
  if (!plain.ok()) return cannot_decrypt(options_.endpoint, plain.error().message);
  if (!is_utf16(sealed.original_type)) strip_padding(plain.value());
  response.content_type = media_type(sealed.original_type);
  response.body = std::move(plain.value());
  return response;
}

CloseOutcome Connection::close(const Call& call, Clock::time_point goodbye_deadline) {
  closed_.store(true);
  std::unique_lock<Turn> lock(mutex_, std::defer_lock);
  while (!lock.try_lock_until(Clock::now() + call.until_next_look())) {
    if (look_at(call) != WaitResult::ready) return {1, false, false};
  }
  CloseOutcome outcome;
  if (wire_.is_open()) {
    outcome.closed = 1;
    const Call goodbye{call.cancellation, std::min(call.deadline, goodbye_deadline)};
    outcome.graceful = wire_.say_goodbye(goodbye);
  }
  drop();
  return outcome;
}

void Connection::drop() {
  context_.reset();
  wire_.drop();
}

}  // namespace wsman
