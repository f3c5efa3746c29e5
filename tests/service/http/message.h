// HTTP requests and answers as plain values, so that everything that decides what to answer can be
// written and tested without a socket.
#ifndef WSMAN_TESTS_SERVICE_HTTP_MESSAGE_H
#define WSMAN_TESTS_SERVICE_HTTP_MESSAGE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsman::service {

using Fields = std::vector<std::pair<std::string, std::string>>;

// Where a client came in: which "computer" it thinks it talks to.
struct Entrance {
  std::string address;  // As given on the command line, such as "127.0.0.2".
  std::uint16_t port = 0;
  bool secure = false;
};

struct Request {
  std::string method;
  std::string path;   // Without the query.
  std::string query;  // Without the question mark.
  Fields fields;
  std::string body;
  bool keep_alive = true;
  Entrance entrance;

  // The first field of that name, compared without case.
  std::optional<std::string> field(std::string_view name) const;
  // The value of `name` in the query ("a=1&b=2"); values are taken as they are written.
  std::optional<std::string> parameter(std::string_view name) const;
};

struct Response {
  unsigned status = 200;
  std::string content_type;  // Left out if empty.
  std::string body;
  Fields fields;
  bool close = false;  // Hang up after it.
};

// The bytes of `response`, with Content-Length and Connection as they belong.
std::string serialise(const Response& response, bool keep_alive);

// An HTML page, as servers that are not WS-Management send it.
Response html_page(unsigned status, std::string_view title);

// The whole of `text` as a number, or nothing.
std::optional<std::uint32_t> parse_number(std::string_view text);

// Compares ASCII text without case, as field names and authentication schemes are.
bool same_ignoring_case(std::string_view left, std::string_view right);

}  // namespace wsman::service

#endif  // WSMAN_TESTS_SERVICE_HTTP_MESSAGE_H
