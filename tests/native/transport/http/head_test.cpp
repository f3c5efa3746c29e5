#include "transport/http/head.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace wsman::testing {
namespace {

std::string head_of(const std::string& lines) { return "HTTP/1.1 200 OK\r\n" + lines + "\r\n"; }

TEST_SUITE("HTTP head") {
  TEST_CASE("A head ends at its empty line") {
    CHECK(http::head_length("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody") == 25U);
    CHECK_FALSE(http::head_length("HTTP/1.1 200 OK\r\nA: b\r\n"));
    CHECK_FALSE(http::head_length(""));
  }

  TEST_CASE("The end of a head is found from any position already searched") {
    const std::string head = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
    for (size_t seen = 0; seen < head.size(); ++seen) {
      CAPTURE(seen);
      CHECK(http::head_length(head + "body", seen) == head.size());
    }
    CHECK_FALSE(http::head_length("HTTP/1.1 200 OK\r\nA: b\r\n", 5));
  }

  TEST_CASE("Bytes already searched are not searched again") {
    CHECK_FALSE(http::head_length("\r\n\r\nHTTP/1.1 200 OK\r\n", 12));
    CHECK(http::early_refusal("HTTP/1.1 200\nOK\r\nA: b", 16).empty());
  }

  TEST_CASE("A bare line end at the edge of the searched bytes is refused") {
    const std::string line = "HTTP/1.1 200 OK";
    CHECK_FALSE(http::early_refusal(line + "\rA", line.size() + 1).empty());
    CHECK(http::early_refusal(line + "\r\nA", line.size() + 1).empty());
    CHECK_FALSE(http::early_refusal(line + "\nA", line.size()).empty());
  }

  TEST_CASE("An incomplete head is refused early only for a bare line end") {
    CHECK(http::early_refusal("HTTP/1.1 200 OK\r\nA: b\r").empty());
    CHECK_FALSE(http::early_refusal("HTTP/1.1 200 OK\nA: b").empty());
    CHECK_FALSE(http::early_refusal("HTTP/1.1 200 OK\rA: b").empty());
  }

  TEST_CASE("Valid status lines are accepted") {
    for (const char* line :
         {"HTTP/1.1 200 OK", "HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.1 200 (null)",
          "HTTP/1.0 200 OK", "HTTP/1.1 100 Continue", "HTTP/1.1 599 x"}) {
      CAPTURE(line);
      CHECK(http::read_head(std::string(line) + "\r\n\r\n").refusal.empty());
    }
  }

  TEST_CASE("Invalid status lines are refused") {
    for (const char* line :
         {"HTTP/1.1 000 OK", "HTTP/1.1 099 OK", "HTTP/1.1 600 OK", "HTTP/1.1 20 OK",
          "HTTP/1.1 2000 OK", "HTTP/1.1 +20 OK", "HTTP/2.0 200 OK", "HTTP/1.2 200 OK",
          "HTTP/1.1  200 OK", "http/1.1 200 OK", "HTTP/1.1", "", "HTTP/1.1 200 O\x01K",
          "HTTP/1.1 200 O\nK", "ICY 200 OK"}) {
      CAPTURE(line);
      CHECK_FALSE(http::read_head(std::string(line) + "\r\n\r\n").refusal.empty());
    }
  }

  TEST_CASE("Ambiguous lengths and encodings are refused") {
    for (const char* lines : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                              "Content-Length: 5\r\nContent-Length: 5\r\n",
                              "Content-Length: 5\r\ncontent-length: 6\r\n",
                              "Content-Length: 5, 5\r\n",
                              "Content-Length: -5\r\n",
                              "Content-Length: +5\r\n",
                              "Content-Length: 0x5\r\n",
                              "Content-Length:\r\n",
                              "Content-Length: 99999999999999999999\r\n",
                              "Transfer-Encoding: gzip, chunked\r\n",
                              "Transfer-Encoding: identity\r\n",
                              "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                              "Content-Length:\r\n 5\r\n",
                              "Content-Length: 5\r\n \r\n",
                              "Transfer-Encoding:\r\n\tchunked\r\n",
                              "A: b\r\n c\x01\r\n",
                              " folded\r\n",
                              " A: b\r\n",
                              "A b\r\n",
                              ": b\r\n",
                              "A : b\r\n",
                              "A: b\rc\r\n",
                              "A: b\nC: d\r\n",
                              "A: \x01\r\n",
                              "A: \x7F\r\n"}) {
      CAPTURE(lines);
      CHECK_FALSE(http::read_head(head_of(lines)).refusal.empty());
    }
  }

  TEST_CASE("A fold in a field counts as a space") {
    const http::HeadResult result = http::read_head(
        head_of("WWW-Authenticate: Digest realm=\"a\",\r\n  nonce=\"n\",\r\n\tqop=\"auth\"\r\n"
                "Content-Type:\r\n text/xml\r\nContent-Length: 5\r\n"));

    CHECK(result.refusal == "");
    CHECK(result.head.challenges ==
          std::vector<std::string>{"Digest realm=\"a\", nonce=\"n\", qop=\"auth\""});
    CHECK(result.head.content_type == "text/xml");
    CHECK(result.head.content_length == 5);
  }

  TEST_CASE("Transfer-Encoding in HTTP/1.0 is refused") {
    CHECK_FALSE(
        http::read_head("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").refusal.empty());
  }

  TEST_CASE("The framing of the body comes from the head") {
    CHECK(http::read_head(head_of("Content-Length: 5\r\n")).head.framing == http::Framing::length);
    CHECK(http::read_head(head_of("Content-Length: 5\r\n")).head.content_length == 5);
    CHECK(http::read_head(head_of("Content-Length: 0\r\n")).head.framing == http::Framing::none);
    CHECK(http::read_head(head_of("Transfer-Encoding: Chunked\r\n")).head.framing ==
          http::Framing::chunked);
    CHECK(http::read_head(head_of("")).head.framing == http::Framing::closing);
    CHECK(http::read_head("HTTP/1.1 204 No Content\r\n\r\n").head.framing == http::Framing::none);
    CHECK(http::read_head("HTTP/1.1 304 x\r\nContent-Length: 9\r\n\r\n").head.framing ==
          http::Framing::none);
  }

  TEST_CASE("The head says whether the connection is kept") {
    const std::string length = "Content-Length: 1\r\n";
    CHECK(http::read_head(head_of(length)).head.keeps_connection);
    CHECK_FALSE(http::read_head(head_of(length + "Connection: Close\r\n")).head.keeps_connection);
    CHECK_FALSE(
        http::read_head(head_of(length + "Connection: x, close\r\n")).head.keeps_connection);
    CHECK_FALSE(http::read_head(head_of("")).head.keeps_connection);
    CHECK_FALSE(
        http::read_head("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n").head.keeps_connection);
    CHECK(http::read_head("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n")
              .head.keeps_connection);
  }

  TEST_CASE("Known fields are given without white space around their values") {
    const http::Head head =
        http::read_head(
            head_of("content-TYPE: \t a/b; c=d \t\r\nLocation:http://e\r\n"
                    "WWW-Authenticate: Negotiate\r\nwww-authenticate: Basic realm=x\r\n"))
            .head;
    CHECK(head.content_type == "a/b; c=d");
    CHECK(head.location == "http://e");
    CHECK(head.challenges == std::vector<std::string>{"Negotiate", "Basic realm=x"});
  }
}

}  // namespace
}  // namespace wsman::testing
