#include "transport/http_codec.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "transport/codes.h"

namespace wsman {
namespace {

namespace http = boost::beast::http;

constexpr uint32_t kEnvelopeTooLarge = 0x80338026;
constexpr uint32_t kHttpNoResponse = 0x803380F5;

constexpr int kMostInterimAnswers = 100;
constexpr size_t kMostChunkExtension = 256;
constexpr size_t kMostTrailer = 8192;

}  // namespace

std::string media_type(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  std::transform(type.begin(), type.end(), type.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const size_t last = type.find_last_not_of(" \t");
  return last == std::string::npos ? std::string() : type.substr(0, last + 1);
}

void write_request(Secret& message, const std::string& method, const std::string& target,
                   const Endpoint& endpoint, const HttpRequest& request, SecurityContext& context) {
  const std::string_view body = request.content();
  message.clear();
  message.reserve(1024 + target.size() + body.size());
  message.append(method + " " + target + " HTTP/1.1\r\n");
  message.append("Host: " + endpoint.host_in_url() + ":" + std::to_string(endpoint.port) + "\r\n");
  message.append("User-Agent: Portable.WSMan.Management\r\n");
  message.append("Accept-Encoding: identity\r\nConnection: Keep-Alive\r\n");
  message.append("Content-Type: " + request.content_type + "\r\n");
  if (request.anonymous_identify) message.append("WSMANIDENTIFY: unauthenticated\r\n");
  context.append_authorization(message, {method, target});
  message.append("Content-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  message.append(body);
}

// Beast's parser and what it reports of chunks and trailers.
struct ResponseReader::Body {
  http::response_parser<http::string_body> parser;
  size_t extension_octets = 0;  // The longest chunk extension seen.
  std::function<void(std::uint64_t, boost::beast::string_view, boost::beast::error_code&)>
      on_chunk = [this](std::uint64_t /*size*/, boost::beast::string_view extension,
                        boost::beast::error_code& /*code*/) {
        extension_octets = std::max(extension_octets, extension.size());
      };
};

ResponseReader::ResponseReader(const TransportOptions& options, bool tunnel)
    : options_(options), tunnel_(tunnel) {}

ResponseReader::~ResponseReader() = default;

Status ResponseReader::take(std::string_view octets) {
  begun_ = begun_ || !octets.empty();
  waiting_.append(octets);
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
  const bool bodiless = head_.status == 204 || head_.status == 304;
  if (surplus_ && bodiless) return broken("octets after an answer that has no body");
  return Done{};
}

Status ResponseReader::take_head() {
  const std::optional<size_t> length = head_length(waiting_, seen_);
  const size_t octets = length.value_or(waiting_.size());
  if (head_octets_ + octets > options_.max_head_octets) return too_large("The head of the answer");
  if (!length) {
    const std::string_view refusal = early_refusal(waiting_, seen_);
    if (!refusal.empty()) return broken(std::string(refusal));
    seen_ = waiting_.size();
    return Done{};
  }
  seen_ = 0;
  HeadVerdict verdict = judge_head(std::string_view(waiting_).substr(0, octets));
  if (!verdict.refusal.empty()) return broken(verdict.refusal);
  head_octets_ += octets;
  if (verdict.head.status < 200) {
    waiting_.erase(0, octets);
    if (++interim_answers_ > kMostInterimAnswers) return broken("more than 100 interim answers");
    if (verdict.head.status == 101) return broken("a switch to another protocol");
    return Done{};
  }
  head_ = std::move(verdict.head);
  const bool success = head_.status < 300;
  if (tunnel_ && success) {
    head_.framing = Framing::none;
    head_.keeps_connection = true;
  }
  if (head_.is_encoded && success) return broken("a Content-Encoding that was not asked for");
  const std::string head = waiting_.substr(0, octets);
  waiting_.erase(0, octets);
  return begin_body(head);
}

Status ResponseReader::begin_body(std::string_view head) {
  if (head_.framing == Framing::none) {
    stage_ = Stage::done;
    return Done{};
  }
  if (head_.framing == Framing::length && head_.content_length > options_.max_body_octets) {
    return too_large("The answer");
  }
  stage_ = Stage::body;
  body_ = std::make_unique<Body>();
  body_->parser.body_limit(options_.max_body_octets);
  body_->parser.header_limit(static_cast<std::uint32_t>(options_.max_head_octets));
  body_->parser.on_chunk_header(body_->on_chunk);
  // Beast wants a reason phrase, which servers may leave out; nothing else of the line counts now.
  const size_t line = head.find("\r\n");
  waiting_.insert(0, "HTTP/1.1 200 OK" + std::string(head.substr(line)));
  return Done{};
}

Status ResponseReader::take_body() {
  std::string_view rest = waiting_;
  size_t used = 0;  // By the last step of the parser.
  try {
    while (!rest.empty() && !body_->parser.is_done()) {
      boost::beast::error_code code;
      used = body_->parser.put(boost::asio::buffer(rest), code);
      rest.remove_prefix(used);
      if (code == http::error::need_more) break;
      if (code == http::error::body_limit) return too_large("The answer");
      if (code) return broken(code.message());
      if (used == 0) break;
    }
  } catch (const std::exception& e) {
    return broken(e.what());
  }
  waiting_.erase(0, waiting_.size() - rest.size());
  if (body_->extension_octets > kMostChunkExtension)
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
  if (stage_ == Stage::body && head_.framing == Framing::closing && waiting_.empty()) {
    stage_ = Stage::done;
    return Done{};
  }
  return Error{ErrorCode::connection_lost,
               with_code("The connection to " + options_.endpoint.display() +
                             " ended before the answer was whole",
                         kDestinationUnreachable) +
                   ".",
               kDestinationUnreachable,
               {}};
}

HttpResponse ResponseReader::take_response() {
  HttpResponse response;
  response.status = head_.status;
  response.content_type = media_type(head_.content_type);
  response.location = head_.location;
  // Nobody can read an encoded body; the status, which is no success, speaks for itself.
  if (body_ && !head_.is_encoded) response.body = std::move(body_->parser.get().body());
  return response;
}

Error ResponseReader::broken(const std::string& why) const {
  return {ErrorCode::protocol,
          with_code("The answer of " + options_.endpoint.display() + " breaks HTTP: " + why,
                    kHttpNoResponse) +
              ". Check that a WS-Management service listens on that port.",
          kHttpNoResponse,
          {}};
}

Error ResponseReader::too_large(const char* what) const {
  return {ErrorCode::limit,
          with_code(
              std::string(what) + " of " + options_.endpoint.display() + " is larger than allowed",
              kEnvelopeTooLarge) +
              ". Raise the client setting MaxEnvelopeSizekb if such answers are expected.",
          kEnvelopeTooLarge,
          {}};
}

}  // namespace wsman
