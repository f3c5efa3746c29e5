#include "http/message.h"

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <charconv>
#include <ostream>  // Boost 1.74's status.hpp needs it and does not include it.

namespace wsman::service {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// [RFC 9110 6.4.1] These never have a body, nor a length.
bool has_no_body(unsigned status) { return status < 200 || status == 204 || status == 304; }

void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool same_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string> Request::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (same_ignoring_case(key, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  std::string_view rest = query;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) != name) continue;
    return equals == std::string_view::npos ? std::string() : std::string(pair.substr(equals + 1));
  }
  return std::nullopt;
}

std::string serialise(const Response& response, bool keep_alive) {
  const auto reason =
      boost::beast::http::obsolete_reason(boost::beast::http::int_to_status(response.status));
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
  bytes.append(reason.data(), reason.size()).append("\r\n");
  append_field(bytes, "Server", "wsman-service");
  for (const auto& [name, value] : response.fields) append_field(bytes, name, value);
  if (!response.content_type.empty()) append_field(bytes, "Content-Type", response.content_type);
  if (!keep_alive) append_field(bytes, "Connection", "close");
  if (!has_no_body(response.status)) {
    append_field(bytes, "Content-Length", std::to_string(response.body.size()));
  }
  bytes += "\r\n";
  if (!has_no_body(response.status)) bytes += response.body;
  return bytes;
}

Response html_page(unsigned status, std::string_view title) {
  Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body.append("<!DOCTYPE html>\n<html><head><title>")
      .append(title)
      .append("</title></head>\n<body><h1>")
      .append(title)
      .append("</h1><p>This page is not WS-Management.</p></body></html>\n");
  return response;
}

std::optional<std::uint32_t> parse_number(std::string_view text) {
  std::uint32_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return value;
}

}  // namespace wsman::service
