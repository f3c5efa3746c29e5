#include "http/request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace wsman::service {
namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t kHeadLimit = 64 * 1024;
constexpr std::uint64_t kBodyLimit = 8ULL * 1024 * 1024;

std::string to_string(boost::beast::string_view text) { return {text.data(), text.size()}; }

void split_target(std::string_view target, Request& request) {
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
}

}  // namespace

struct RequestReader::State {
  State() {
    parser.header_limit(kHeadLimit);
    parser.body_limit(kBodyLimit);
    parser.eager(true);
  }

  http::request_parser<http::string_body> parser;
};

RequestReader::RequestReader() : state_(std::make_unique<State>()) {}

RequestReader::~RequestReader() = default;

RequestReader::Outcome RequestReader::read(std::string& pending) {
  if (pending.empty()) return Outcome::incomplete;
  boost::system::error_code error;
  const std::size_t used = state_->parser.put(boost::asio::buffer(pending), error);
  pending.erase(0, used);
  if (error == http::error::body_limit || error == http::error::header_limit) {
    return Outcome::too_large;
  }
  if (error && error != http::error::need_more) return Outcome::malformed;
  return state_->parser.is_done() ? Outcome::complete : Outcome::incomplete;
}

Request RequestReader::take() {
  http::request<http::string_body> message = state_->parser.release();
  state_ = std::make_unique<State>();

  Request request;
  request.method = to_string(message.method_string());
  split_target(to_string(message.target()), request);
  request.keep_alive = message.keep_alive();
  for (const auto& field : message) {
    request.fields.emplace_back(to_string(field.name_string()), to_string(field.value()));
  }
  request.body = std::move(message.body());
  return request;
}

}  // namespace wsman::service
