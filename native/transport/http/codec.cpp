#include "transport/http/codec.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/codes.h"
#include "transport/http/content_type.h"

namespace wsman::http {
namespace {

namespace http = boost::beast::http;

// Limits that Beast does not have, or not apart from each other. Each is far above what servers
// send.
constexpr int kMostInterimAnswers = 100;
constexpr size_t kMostChunkExtension = 256;
constexpr size_t kMostTrailer = 8192;

// The last chunk at its shortest, "0 CRLF CRLF" [RFC 9112 7.1]; any other is longer. Beast asserts
// that a last chunk whose line it has seen comes in this size at least.
constexpr size_t kLeastChunk = 5;

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

// Beast's parser and what it reports of chunks and trailers.
struct ResponseReader::Body {
  http::response_parser<http::string_body> parser;
  size_t extension_bytes = 0;  // The longest chunk extension seen.
  // A member, because the parser keeps a reference to it. Beast does not bound extensions, which
  // are legal and mean nothing here [RFC 9112 7.1.1].
  std::function<void(std::uint64_t, boost::beast::string_view, boost::beast::error_code&)>
      on_chunk = [this](std::uint64_t /*size*/, boost::beast::string_view extension,
                        boost::beast::error_code& /*code*/) {
        extension_bytes = std::max(extension_bytes, extension.size());
      };
};

ResponseReader::ResponseReader(const TransportOptions& options, bool tunnel)
    : options_(options), proxy_tunnel_(tunnel) {}

ResponseReader::~ResponseReader() = default;

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
  if (head_bytes_ + bytes > options_.max_head_bytes) return too_large("The head of the answer");
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
  const std::string head = waiting_.substr(0, bytes);
  waiting_.erase(0, bytes);
  return begin_body(head);
}

Status ResponseReader::begin_body(std::string_view head) {
  if (head_.framing == Framing::none) {
    stage_ = Stage::done;
    return Done{};
  }
  // Refused before a byte of the body is read.
  if (head_.framing == Framing::length && head_.content_length > options_.max_body_bytes) {
    return too_large("The answer");
  }
  stage_ = Stage::body;
  body_ = std::make_unique<Body>();
  body_->parser.body_limit(options_.max_body_bytes);
  body_->parser.header_limit(static_cast<std::uint32_t>(options_.max_head_bytes));
  body_->parser.on_chunk_header(body_->on_chunk);
  // Beast wants a reason phrase, which servers may leave out [RFC 9112 4]. The status is known by
  // now. With 200 and 1.1 in its place the framing is decided by the fields alone, as head.h has
  // decided it.
  const size_t line = head.find("\r\n");
  waiting_.insert(0, "HTTP/1.1 200 OK" + std::string(head.substr(line)));
  return Done{};
}

Status ResponseReader::take_body() {
  std::string_view rest = waiting_;
  const size_t least = head_.framing == Framing::chunked ? kLeastChunk : 1;
  size_t used = 0;  // By the last step of the parser.
  try {
    while (rest.size() >= least && !body_->parser.is_done()) {
      boost::beast::error_code code;
      used = body_->parser.put(boost::asio::buffer(rest), code);
      rest.remove_prefix(used);
      // The rest stays in waiting_, and is given to the parser again together with the next bytes.
      if (code == http::error::need_more) break;
      if (code == http::error::body_limit) return too_large("The answer");
      if (code) return broken(code.message());
      if (used == 0) break;
    }
  } catch (const std::exception& e) {
    return broken(e.what());
  }
  waiting_.erase(0, waiting_.size() - rest.size());
  if (body_->extension_bytes > kMostChunkExtension)
    return broken("a chunk extension that is too long");
  const bool done = body_->parser.is_done();
  // The parser takes the last chunk and its trailer in one step, once they are there; of all else
  // only an unfinished chunk line stays.
  const size_t last_step = head_.framing == Framing::chunked ? used : 0;
  if ((done ? last_step : waiting_.size()) > kMostTrailer)
    return broken("a chunk line or trailer that is too long");
  if (done) stage_ = Stage::done;
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
  if (body_ && !head_.is_encoded) response.body = std::move(body_->parser.get().body());
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
                    {AdviceKey::use_tls});
}

Error ResponseReader::too_large(const char* what) const {
  return make_error(
      ErrorCode::limit, code::kEnvelopeTooLarge,
      std::string(what) + " of " + options_.endpoint.display() + " is larger than allowed",
      {AdviceKey::raise_envelope_size});
}

}  // namespace wsman::http
