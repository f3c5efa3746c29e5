#include "transport/head.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace wsman::testing {
namespace {

std::string head_of(const std::string& lines) { return "HTTP/1.1 200 OK\r\n" + lines + "\r\n"; }

TEST_SUITE("head") {
  TEST_CASE("is measured up to its empty line") {
    CHECK(head_length("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody") == 25U);
    CHECK_FALSE(head_length("HTTP/1.1 200 OK\r\nA: b\r\n"));
    CHECK_FALSE(head_length(""));
  }

  TEST_CASE("is measured from where it was seen before, wherever that was") {
    const std::string head = "HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
    for (size_t seen = 0; seen < head.size(); ++seen) {
      CAPTURE(seen);
      CHECK(head_length(head + "body", seen) == head.size());
    }
    CHECK_FALSE(head_length("HTTP/1.1 200 OK\r\nA: b\r\n", 5));
  }

  TEST_CASE("is not looked at again where it was seen before") {
    CHECK_FALSE(head_length("\r\n\r\nHTTP/1.1 200 OK\r\n", 12));
    CHECK(early_refusal("HTTP/1.1 200\nOK\r\nA: b", 16).empty());
  }

  TEST_CASE("that is not whole is refused for a bare line end at the edge of what was seen") {
    const std::string line = "HTTP/1.1 200 OK";
    CHECK_FALSE(early_refusal(line + "\rA", line.size() + 1).empty());
    CHECK(early_refusal(line + "\r\nA", line.size() + 1).empty());
    CHECK_FALSE(early_refusal(line + "\nA", line.size()).empty());
  }

  TEST_CASE("that is not whole is refused early for a bare line end only") {
    CHECK(early_refusal("HTTP/1.1 200 OK\r\nA: b\r").empty());
    CHECK_FALSE(early_refusal("HTTP/1.1 200 OK\nA: b").empty());
    CHECK_FALSE(early_refusal("HTTP/1.1 200 OK\rA: b").empty());
  }

  TEST_CASE("is accepted with these status lines") {
    for (const char* line :
         {"HTTP/1.1 200 OK", "HTTP/1.1 200", "HTTP/1.1 200 ", "HTTP/1.1 200 (null)",
          "HTTP/1.0 200 OK", "HTTP/1.1 100 Continue", "HTTP/1.1 599 x"}) {
      CAPTURE(line);
      CHECK(judge_head(std::string(line) + "\r\n\r\n").refusal.empty());
    }
  }

  TEST_CASE("is refused with these status lines") {
    for (const char* line :
         {"HTTP/1.1 000 OK", "HTTP/1.1 099 OK", "HTTP/1.1 600 OK", "HTTP/1.1 20 OK",
          "HTTP/1.1 2000 OK", "HTTP/1.1 +20 OK", "HTTP/2.0 200 OK", "HTTP/1.2 200 OK",
          "HTTP/1.1  200 OK", "http/1.1 200 OK", "HTTP/1.1", "", "HTTP/1.1 200 O\x01K",
          "HTTP/1.1 200 O\nK", "ICY 200 OK"}) {
      CAPTURE(line);
      CHECK_FALSE(judge_head(std::string(line) + "\r\n\r\n").refusal.empty());
    }
  }

  TEST_CASE("is refused when its lines leave room for two opinions") {
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
                              "A: b\r\n folded\r\n",
                              " A: b\r\n",
                              "A b\r\n",
                              ": b\r\n",
                              "A : b\r\n",
                              "A: b\rc\r\n",
                              "A: b\nC: d\r\n",
                              "A: \x01\r\n",
                              "A: \x7F\r\n"}) {
      CAPTURE(lines);
      CHECK_FALSE(judge_head(head_of(lines)).refusal.empty());
    }
  }

  TEST_CASE("of HTTP/1.0 is refused with a Transfer-Encoding") {
    CHECK_FALSE(
        judge_head("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").refusal.empty());
  }

  TEST_CASE("says where its body ends") {
    CHECK(judge_head(head_of("Content-Length: 5\r\n")).head.framing == Framing::length);
    CHECK(judge_head(head_of("Content-Length: 5\r\n")).head.content_length == 5);
    CHECK(judge_head(head_of("Content-Length: 0\r\n")).head.framing == Framing::none);
    CHECK(judge_head(head_of("Transfer-Encoding: Chunked\r\n")).head.framing == Framing::chunked);
    CHECK(judge_head(head_of("")).head.framing == Framing::closing);
    CHECK(judge_head("HTTP/1.1 204 No Content\r\n\r\n").head.framing == Framing::none);
    CHECK(judge_head("HTTP/1.1 304 x\r\nContent-Length: 9\r\n\r\n").head.framing == Framing::none);
  }

  TEST_CASE("says whether the connection stays") {
    const std::string length = "Content-Length: 1\r\n";
    CHECK(judge_head(head_of(length)).head.keeps_connection);
    CHECK_FALSE(judge_head(head_of(length + "Connection: Close\r\n")).head.keeps_connection);
    CHECK_FALSE(judge_head(head_of(length + "Connection: x, close\r\n")).head.keeps_connection);
    CHECK_FALSE(judge_head(head_of("")).head.keeps_connection);
    CHECK_FALSE(judge_head("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n").head.keeps_connection);
    CHECK(judge_head("HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n")
              .head.keeps_connection);
  }

  TEST_CASE("gives the fields that count, without the space around them") {
    const Head head =
        judge_head(head_of("content-TYPE: \t a/b; c=d \t\r\nLocation:http://e\r\n"
                           "WWW-Authenticate: Negotiate\r\nwww-authenticate: Basic realm=x\r\n"))
            .head;
    CHECK(head.content_type == "a/b; c=d");
    CHECK(head.location == "http://e");
    CHECK(head.challenges == std::vector<std::string>{"Negotiate", "Basic realm=x"});
  }
}

}  // namespace
}  // namespace wsman::testing
