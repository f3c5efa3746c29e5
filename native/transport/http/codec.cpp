#include "transport/http/codec.h"

#include <utility>

#include "base/codes.h"
#include "transport/http/content_type.h"

namespace wsman::http {
namespace {

// Far above what servers send.
constexpr int kMostInterimAnswers = 100;

// The alert that a TLS server sends to a request in clear text: type 21, version 3.x [RFC
// 8446 5.1].
bool begins_with_tls(std::string_view bytes) { return bytes.substr(0, 2) == "\x15\x03"; }

}  // namespace

void write_request(Secret& message, const std::string& method, const std::string& target,
                   const Endpoint& endpoint, const HttpRequest& request,
                   Authorization& authorization) {
  // One locked buffer for all, because head or body may hold a secret. It is reserved first, so
  // that no copy is left behind by a move; the authorization field may still grow it, and the old
  // memory is then wiped.
  const std::string_view body = request.content();
  message.clear();
  message.reserve(1024 + target.size() + body.size());
  message.append(method + " " + target + " HTTP/1.1\r\n");
  message.append("Host: " + endpoint.host_in_url() + ":" + std::to_string(endpoint.port) + "\r\n");
  message.append("User-Agent: Portable.WSMan.Management\r\n");
  // Uncompressed answers only, since the body limit would not bound what one unpacks to. HTTP/1.0
  // servers keep a connection only for "Keep-Alive" [RFC 9112 C.2.2], and an authentication belongs
  // to its connection.
  message.append("Accept-Encoding: identity\r\nConnection: Keep-Alive\r\n");
  message.append("Content-Type: " + request.content_type + "\r\n");
  // The field by which a client asks for Identify without authentication [DSP0226 11.1].
  if (request.anonymous_identify) message.append("WSMANIDENTIFY: unauthenticated\r\n");
  authorization.append_authorization(message, {method, target});
  message.append("Content-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  message.append(body);
}

ResponseReader::ResponseReader(const TransportOptions& options, bool tunnel)
    : options_(options), proxy_tunnel_(tunnel) {}

Status ResponseReader::take(std::string_view bytes) {
  begun_ = begun_ || !bytes.empty();
  waiting_.append(bytes);
  // Interim answers and the final one may come in one read.
  while (stage_ == Stage::head && !waiting_.empty()) {
    const size_t before = waiting_.size();
    Status taken = take_head();
    if (!taken.ok()) return taken;
    if (waiting_.size() == before && stage_ == Stage::head) return Done{};
  }
  if (stage_ == Stage::body) {
    Status taken = take_body();
    if (!taken.ok()) return taken;
  }
  if (stage_ == Stage::done) surplus_ = !waiting_.empty();
  // A 204 or 304 with a body is a server that counts otherwise than we do: what comes next could be
  // taken for the next answer [RFC 9112 6.3].
  const bool bodiless = head_.status == 204 || head_.status == 304;
  if (surplus_ && bodiless) return broken("bytes after an answer that has no body");
  return Done{};
}

Status ResponseReader::take_head() {
  const std::optional<size_t> length = head_length(waiting_, seen_);
  // The limit holds before the end of the head is known, or a head without an end would fill
  // memory.
  const size_t bytes = length.value_or(waiting_.size());
  if (head_bytes_ + bytes > options_.max_head_bytes)
    return too_large("The head of the answer", AdviceKey::check_port);
  // Refused early, so that a server that does not speak HTTP is an error at once and not a timeout.
  if (!length) {
    if (begins_with_tls(waiting_)) return speaks_tls();
    const std::string_view refusal = early_refusal(waiting_, seen_);
    if (!refusal.empty()) return broken(std::string(refusal));
    seen_ = waiting_.size();
    return Done{};
  }
  seen_ = 0;
  HeadResult verdict = read_head(std::string_view(waiting_).substr(0, bytes));
  if (!verdict.refusal.empty()) return broken(verdict.refusal);
  head_bytes_ += bytes;
  // Any number of interim answers may come before the final one [RFC 9110 15.2]; unbounded they
  // would keep a call busy until its deadline.
  if (verdict.head.status < 200) {
    waiting_.erase(0, bytes);
    if (++interim_answers_ > kMostInterimAnswers) return broken("more than 100 interim answers");
    // No request of ours has an Upgrade field, and after a 101 the bytes would not be HTTP [RFC
    // 9110 15.2.2].
    if (verdict.head.status == 101) return broken("a switch to another protocol");
    return Done{};
  }
  head_ = std::move(verdict.head);
  const bool success = head_.status < 300;
  // Content-Length and Transfer-Encoding of such an answer are to be ignored [RFC 9110 9.3.6].
  if (proxy_tunnel_ && success) {
    head_.framing = Framing::none;
    head_.keeps_connection = true;
  }
  // An error keeps its status: that is more to the user than that its body cannot be read.
  if (head_.is_encoded && success) return broken("a Content-Encoding that was not asked for");
  waiting_.erase(0, bytes);
  return begin_body();
}

Status ResponseReader::begin_body() {
  // Refused before a byte of the body is read.
  if (head_.framing == Framing::length && head_.content_length > options_.max_body_bytes) {
    return too_large("The answer", AdviceKey::raise_envelope_size);
  }
  body_.emplace(head_.framing, head_.content_length, options_.max_body_bytes);
  stage_ = body_->is_done() ? Stage::done : Stage::body;
  return Done{};
}

Status ResponseReader::take_body() {
  std::string_view rest = waiting_;
  const BodyReader::Verdict verdict = body_->take(rest);
  if (verdict == BodyReader::Verdict::too_large)
    return too_large("The answer", AdviceKey::raise_envelope_size);
  if (verdict == BodyReader::Verdict::broken) return broken(std::string(body_->refusal()));
  waiting_.erase(0, waiting_.size() - rest.size());
  if (body_->is_done()) stage_ = Stage::done;
  return Done{};
}

Status ResponseReader::take_end() {
  // Only a body without length may end with the connection [RFC 9112 6.3, 8]. Any other is cut off,
  // by an attacker or by a failure, and is not used.
  if (stage_ == Stage::body && head_.framing == Framing::closing && waiting_.empty()) {
    stage_ = Stage::done;
    return Done{};
  }
  return make_error(
      ErrorCode::connection_lost, code::kDestinationUnreachable,
      "The connection to " + options_.endpoint.display() + " ended before the answer was whole");
}

HttpResponse ResponseReader::take_response() {
  HttpResponse response;
  response.status = head_.status;
  ContentType type = read_content_type(head_.content_type);
  response.content_type = std::move(type.media_type);
  response.charset = std::move(type.charset);
  response.location = head_.location;
  // An encoded body cannot be read. Its status is no success, and is enough for an error.
  if (body_ && !head_.is_encoded) response.body = std::move(body_->content());
  return response;
}

Error ResponseReader::broken(const std::string& why) const {
  return make_error(ErrorCode::protocol, code::kNoResponseData,
                    "The answer of " + options_.endpoint.display() + " breaks HTTP: " + why,
                    {AdviceKey::check_port});
}

Error ResponseReader::speaks_tls() const {
  return make_error(ErrorCode::protocol, code::kNoResponseData,
                    options_.endpoint.display() + " speaks TLS where plain http was asked for",
                    // A proxy is talked to in plain http only.
                    proxy_tunnel_ ? AdviceList{} : AdviceList{AdviceKey::use_tls});
}

Error ResponseReader::too_large(const char* what, AdviceKey advice) const {
  return make_error(
      ErrorCode::limit, code::kEnvelopeTooLarge,
      std::string(what) + " of " + options_.endpoint.display() + " is larger than allowed",
      {advice});
}

}  // namespace wsman::http
