#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/http_bytes.h"
#include "transport/http/codec.h"

namespace wsman::testing {
namespace {

TransportOptions small_limits() {
  TransportOptions options = options_for("server01");
  options.max_head_bytes = 512;
  options.max_body_bytes = 100;
  return options;
}

std::string told(const Status& failed) {
  return std::to_string(static_cast<int>(failed.error().code)) + " " + failed.error().message;
}

// All that a caller learns of an answer that arrives in these pieces, after which the stream ends
// if the answer is not whole.
std::string reading_of(std::initializer_list<std::string_view> pieces) {
  static const TransportOptions options = small_limits();
  http::ResponseReader reader(options);
  for (const std::string_view piece : pieces) {
    const Status taken = reader.take(piece);
    if (!taken.ok()) return told(taken);
  }
  const Status ended = reader.is_done() ? Status(Done{}) : reader.take_end();
  if (!ended.ok()) return told(ended);
  const std::string kept = reader.keeps_connection() ? " kept " : " closed ";
  const HttpResponse response = reader.take_response();
  return std::to_string(response.status) + kept + response.content_type + " " + response.body;
}

std::string chunked(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
}

const std::vector<std::string> kAnswers{
    kWhole,
    kWhole + "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 500\r\nContent-Length: 2\r\n\r\nno",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 204 No Content\r\n\r\n",
    "HTTP/1.1 204 No Content\r\n\r\nx",
    "HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\nall of it",
    "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut off",
    "HTTP/1.1 200 OK\r\n\r\n" + std::string(101, 'x'),
    chunked("0\r\n\r\n"),
    chunked("000\r\n\r\n"),
    chunked("0\r\nX: y\r\n\r\n"),
    chunked("0;a=b\r\nX: y\r\n z\r\n\r\n"),
    chunked("1\r\nx\r\n0\r\n\r\n"),
    chunked("5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nTrailer: t\r\n\r\n"),
    chunked("0\r\n\r\nHTTP/1.1 200 OK\r\n"),
    chunked("0\r\nX: "),
    chunked("0\r\n\r"),
    chunked("0\r\nX y\r\n\r\n"),
    chunked("0\r\n\rx\r\n\r\n"),
    chunked("0 \r\n\r\n"),
    chunked("\r\n0\r\n\r\n"),
    chunked("g\r\n\r\n\r\n"),
    chunked("1\r\nxy\r\n0\r\n\r\n"),
    chunked("3C\r\n" + std::string(60, 'x') + "\r\n3C\r\n" + std::string(60, 'x') + "\r\n"),
    chunked("11111111111111111\r\n"),
    chunked("0\r\r\n\r\n"),
    chunked("0;\r\r\n\r\n"),
    chunked("0\r\nX: y\r\r\n\r\n"),
};

}  // namespace

TEST_SUITE("HTTP response in pieces") {
  TEST_CASE("The longest lines of a body are read alike wherever an answer is cut in two") {
    const std::string line = "0" + std::string(31, ' ') + ";" + std::string(255, 'x');
    const auto trailer = [](size_t size) { return "0\r\nX: " + std::string(size - 3, 'y'); };
    for (const std::string& body :
         {line, line + "x", line + "\r", trailer(8190), trailer(8191), trailer(8192), trailer(8193),
          trailer(4000) + "\r\n" + trailer(4190).substr(3)}) {
      const std::string answer = chunked(body + "\r\n\r\n");
      const std::string_view bytes = answer;
      const std::string expected = reading_of({bytes});
      CAPTURE(body.size());
      CAPTURE(expected);
      for (size_t first = 0; first <= bytes.size(); ++first) {
        const std::string reading = reading_of({bytes.substr(0, first), bytes.substr(first)});
        CAPTURE(first);
        REQUIRE(reading == expected);
      }
    }
  }

  TEST_CASE("An answer is read alike however it is cut into two pieces and into three") {
    for (const std::string& answer : kAnswers) {
      CAPTURE(answer);
      const std::string_view bytes = answer;
      const std::string expected = reading_of({bytes});
      for (size_t first = 0; first <= bytes.size(); ++first) {
        for (size_t second = first; second <= bytes.size(); ++second) {
          const std::string reading = reading_of(
              {bytes.substr(0, first), bytes.substr(first, second - first), bytes.substr(second)});
          CAPTURE(first);
          CAPTURE(second);
          REQUIRE(reading == expected);
        }
      }
    }
  }
}

}  // namespace wsman::testing
