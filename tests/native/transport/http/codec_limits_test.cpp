#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/http_bytes.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "transport/http/codec.h"

namespace wsman::testing {
namespace {

// A reader with small limits.
struct Limited {
  Limited() : reader(options) {}

  static TransportOptions small() {
    TransportOptions options = options_for("server01");
    options.max_head_bytes = 512;
    options.max_body_bytes = 100;
    return options;
  }

  // What comes of so many more bytes, in small pieces.
  ErrorCode code_after(size_t bytes) {
    const std::string piece(64, 'x');
    for (size_t sent = 0; sent < bytes; sent += piece.size()) {
      const Status taken = reader.take(piece);
      if (!taken.ok()) return taken.error().code;
    }
    return ErrorCode::internal;
  }

  TransportOptions options = small();
  http::ResponseReader reader;
};

}  // namespace

TEST_SUITE("Broken HTTP response") {
  TEST_CASE("A response that ends early is reported as a lost connection") {
    const std::string chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    const TransportOptions options = options_for("server01");
    for (const std::string& whole : {kWhole, chunked}) {
      for (size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        http::ResponseReader reader(options);
        REQUIRE(reader.take(std::string_view(whole).substr(0, size)).ok());
        const Status ended = reader.take_end();
        REQUIRE_FALSE(ended.ok());
        CHECK(ended.error().code == ErrorCode::connection_lost);
        CHECK(contains(ended.error().message, "server01 (port 5985) ended before"));
      }
    }
  }

  TEST_CASE("Interim responses alone are reported as a lost connection") {
    const TransportOptions options = options_for("server01");
    http::ResponseReader reader(options);

    REQUIRE(reader.take("HTTP/1.1 100 Continue\r\n\r\n").ok());

    CHECK(reader.take_end().error().code == ErrorCode::connection_lost);
  }

  TEST_CASE("A response that is not valid HTTP is a protocol error") {
    const TransportOptions options = options_for("server01");
    for (const std::string& garbage : std::vector<std::string>{
             "SSH-2.0-OpenSSH_9.2\r\n",
             "220 mail.test ESMTP\r\n",
             "HTTP/2 200\r\n\r\n",
             "HTTP/1.1 abc OK\r\n\r\n",
             "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5 5\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n 5\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\rx",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;\x01\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxy",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nno field\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n x: y\r\n",
             "HTTP/1.1 200 OK\r\nA: b\x01\r\n\r\n"}) {
      CAPTURE(garbage);
      http::ResponseReader reader(options);
      const Status taken = reader.take(garbage);
      REQUIRE_FALSE(taken.ok());
      CHECK(taken.error().code == ErrorCode::protocol);
      CHECK(contains(taken.error().message, "The answer of server01 (port 5985) breaks HTTP"));
    }
  }
}

TEST_SUITE("HTTP response byte by byte") {
  TEST_CASE("A head that arrives byte by byte is read in linear time") {
    TransportOptions options = options_for("server01");
    options.max_head_bytes = 400000;
    const std::string head =
        "HTTP/1.1 200 OK\r\nX: " + std::string(390000, 'x') + "\r\nContent-Length: 0\r\n\r\n";
    REQUIRE(head.size() < options.max_head_bytes);
    http::ResponseReader reader(options);
    const Clock::time_point start = Clock::now();

    for (const char& byte : head) REQUIRE(reader.take({&byte, 1}).ok());

    // Looking at all of it again for each byte would take many seconds.
    CHECK(since(start) < bound(Milliseconds(250)));
    CHECK(reader.is_done());
  }

  TEST_CASE("An invalid head is refused at the first invalid byte") {
    const TransportOptions options = options_for("server01");
    const std::string head = "HTTP/1.1 200 OK\r\nX: y\rz";
    http::ResponseReader reader(options);
    for (size_t i = 0; i + 1 < head.size(); ++i) REQUIRE(reader.take(head.substr(i, 1)).ok());

    CHECK(reader.take("z").error().code == ErrorCode::protocol);
  }

  TEST_CASE("A response that arrives byte by byte is read, interim responses included") {
    const TransportOptions options = options_for("server01");
    http::ResponseReader reader(options);
    for (const char& byte : "HTTP/1.1 100 Continue\r\n\r\n" + kWhole) {
      REQUIRE(reader.take({&byte, 1}).ok());
    }

    REQUIRE(reader.is_done());
    CHECK(reader.head().status == 200);
  }
}

TEST_SUITE("Limits of an HTTP response") {
  TEST_CASE_FIXTURE(Limited, "A head beyond the limit is refused") {
    const Status taken = reader.take("HTTP/1.1 200 OK\r\nX: " + std::string(600, 'x') + "\r\n\r\n");

    REQUIRE_FALSE(taken.ok());
    CHECK(taken.error().code == ErrorCode::limit);
    CHECK(taken.error().wsman_code == 0x80338026);
    CHECK(contains(taken.error().message, "larger than allowed"));
    // Its limit is no setting, and no service comes near it.
    CHECK(advice_of(taken.error()) == "CheckPort");
  }

  TEST_CASE_FIXTURE(Limited, "An endless head is refused near the limit") {
    REQUIRE(reader.take("HTTP/1.1 200 OK\r\n").ok());
    size_t bytes = 0;
    ErrorCode code = ErrorCode::internal;
    while (bytes < 5000 && code == ErrorCode::internal) {
      const Status taken = reader.take("X: yyyy\r\n");
      bytes += 9;
      if (!taken.ok()) code = taken.error().code;
    }

    CHECK(code == ErrorCode::limit);
    CHECK(bytes < 1024);
  }

  TEST_CASE_FIXTURE(Limited, "A Content-Length beyond the limit is refused before the body") {
    const Status taken = reader.take("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n");

    REQUIRE_FALSE(taken.ok());
    CHECK(taken.error().code == ErrorCode::limit);
    CHECK(advice_of(taken.error()) == "RaiseEnvelopeSize");
  }

  TEST_CASE_FIXTURE(Limited, "A body as large as the limit is accepted") {
    REQUIRE(reader.take("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n").ok());
    REQUIRE(reader.take(std::string(100, 'x')).ok());

    REQUIRE(reader.is_done());
    CHECK(reader.take_response().body.size() == 100);
  }

  TEST_CASE_FIXTURE(Limited, "A chunk that exceeds the limit is refused") {
    REQUIRE(reader.take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").ok());
    REQUIRE(reader.take("3C\r\n" + std::string(60, 'x') + "\r\n").ok());

    const Status taken = reader.take("3C\r\n" + std::string(60, 'x') + "\r\n");

    REQUIRE_FALSE(taken.ok());
    CHECK(taken.error().code == ErrorCode::limit);
  }

  TEST_CASE_FIXTURE(Limited, "A body without a length is refused at the limit") {
    REQUIRE(reader.take("HTTP/1.1 200 OK\r\n\r\n").ok());
    REQUIRE(reader.take(std::string(100, 'x')).ok());

    const Status taken = reader.take("x");

    REQUIRE_FALSE(taken.ok());
    CHECK(taken.error().code == ErrorCode::limit);
  }

  TEST_CASE_FIXTURE(Limited, "An endless chunk line is refused") {
    REQUIRE(reader.take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=").ok());

    CHECK(code_after(16384) == ErrorCode::protocol);
  }

  TEST_CASE_FIXTURE(Limited, "An endless trailer is refused") {
    REQUIRE(reader.take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ").ok());

    CHECK(code_after(16384) == ErrorCode::protocol);
  }
}

}  // namespace wsman::testing
