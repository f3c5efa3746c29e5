#include "transport/http_codec.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/optional.hpp>
#include <cctype>

namespace wsman {
namespace {

namespace http = boost::beast::http;

constexpr uint32_t kEnvelopeTooLarge = 0x80338026;
constexpr uint32_t kHttpNoResponse = 0x803380F5;
constexpr uint32_t kDestinationUnreachable = 0x80338012;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string media_type(const std::string& content_type) {
  std::string type = lower(content_type.substr(0, content_type.find(';')));
  const size_t last = type.find_last_not_of(" \t");
  return last == std::string::npos ? std::string() : type.substr(0, last + 1);
}

std::string scheme_of(const std::string& challenge) {
  return challenge.substr(0, challenge.find_first_of(" ,"));
}

}  // namespace

Secret write_request(const std::string& method, const std::string& target, const Endpoint& endpoint,
                     const HttpRequest& request, const Authenticator& authenticator) {
  Secret message;
  message.reserve(1024 + target.size() + request.body.size());
  message.append(method + " " + target + " HTTP/1.1\r\n");
  message.append("Host: " + endpoint.host_in_url() + ":" + std::to_string(endpoint.port) + "\r\n");
  message.append("User-Agent: Portable.WSMan.Management\r\n");
  message.append("Accept-Encoding: identity\r\nConnection: Keep-Alive\r\n");
  message.append("Content-Type: " + request.content_type + "\r\n");
  if (request.anonymous_identify) message.append("WSMANIDENTIFY: unauthenticated\r\n");
  authenticator.append_authorization(message);
  message.append("Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n");
  message.append(request.body);
  return message;
}

struct ResponseReader::Parser {
  explicit Parser(const TransportOptions& transport_options) : options(transport_options) {
    renew();
  }

  // For a new response, such as the one after an interim answer (1xx).
  void renew() {
    http.emplace();
    http->header_limit(static_cast<std::uint32_t>(options.max_head_octets));
    http->body_limit(options.max_body_octets);
  }

  Error failure(const boost::beast::error_code& code) const {
    const std::string who = options.endpoint.display();
    if (code == http::error::body_limit || code == http::error::header_limit) {
      return {ErrorCode::limit,
              with_code("The answer of " + who + " is larger than allowed", kEnvelopeTooLarge) +
                  ". Raise the client setting MaxEnvelopeSizekb if such answers are expected.",
              kEnvelopeTooLarge,
              {}};
    }
    return {ErrorCode::protocol,
            with_code("The answer of " + who + " is not HTTP: " + code.message(), kHttpNoResponse) +
                ". Check that a WS-Management service listens on that port.",
            kHttpNoResponse,
            {}};
  }

  // What the parser leaves is an unfinished head, chunk line or trailer.
  Status check_waiting() const {
    if (waiting.size() > options.max_head_octets) return failure(http::error::header_limit);
    return Done{};
  }

  Error truncated() const {
    return {ErrorCode::connection_lost,
            with_code("The connection to " + options.endpoint.display() +
                          " ended before the answer was whole",
                      kDestinationUnreachable) +
                ".",
            kDestinationUnreachable,
            {}};
  }

  const TransportOptions& options;
  boost::optional<http::response_parser<http::string_body>> http;
  std::string waiting;   // Octets that the parser needs more of.
  bool surplus = false;  // Octets came after the response.
};

ResponseReader::ResponseReader(const TransportOptions& options)
    : parser_(std::make_unique<Parser>(options)) {}

ResponseReader::~ResponseReader() = default;

Status ResponseReader::take(std::string_view octets) {
  parser_->waiting.append(octets);
  try {
    while (!parser_->waiting.empty() && !is_done()) {
      boost::beast::error_code code;
      const size_t used = parser_->http->put(boost::asio::buffer(parser_->waiting), code);
      parser_->waiting.erase(0, used);
      if (code == http::error::need_more) return parser_->check_waiting();
      if (code) return parser_->failure(code);
      if (is_done() && parser_->http->get().result_int() / 100 == 1) {
        parser_->renew();
      } else if (used == 0 && !is_done()) {
        return Done{};
      }
    }
  } catch (const std::exception& e) {
    return Error{
        ErrorCode::protocol,
        "The answer of " + parser_->options.endpoint.display() + " is not HTTP: " + e.what() + ".",
        kHttpNoResponse,
        {}};
  }
  parser_->surplus = is_done() && !parser_->waiting.empty();
  return Done{};
}

Status ResponseReader::take_end() {
  boost::beast::error_code code;
  if (!parser_->http->got_some()) return parser_->truncated();
  parser_->http->put_eof(code);
  if (code || !is_done()) return parser_->truncated();
  return Done{};
}

bool ResponseReader::is_done() const { return parser_->http->is_done(); }

bool ResponseReader::keeps_connection() const {
  return !parser_->surplus && parser_->http->keep_alive();
}

HttpResponse ResponseReader::take_response() {
  auto& message = parser_->http->get();
  HttpResponse response;
  response.status = static_cast<int>(message.result_int());
  response.content_type = media_type(std::string(message[http::field::content_type]));
  response.location = std::string(message[http::field::location]);
  response.body = std::move(message.body());
  return response;
}

std::vector<std::string> ResponseReader::challenges() const {
  std::vector<std::string> names;
  const auto range = parser_->http->get().equal_range(http::field::www_authenticate);
  for (auto line = range.first; line != range.second; ++line) {
    names.push_back(scheme_of(std::string(line->value())));
  }
  return names;
}

}  // namespace wsman
