#include "transport/http/codec.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/http_bytes.h"
#include "support/bounds.h"
#include "transport/authentication/mechanism.h"

namespace wsman::testing {
namespace {

// Writes a line of its own, so that the place of the line can be seen.
class Marker : public authentication::SecurityContext {
 public:
  void append_authorization(Secret& head, const http::RequestLine& /*line*/) override {
    head.append("Authorization: X y\r\n");
  }
};

std::string written(const TransportOptions& options, const HttpRequest& request) {
  Secret message;
  Marker context;
  http::write_request(message, "POST", "/wsman", options.endpoint, request, context);
  return std::string(message.view());
}

struct CodecFixture {
  CodecFixture() : reader(options) {}

  // The status of the first piece that fails, or of the last.
  Status take_all(const std::string& bytes, size_t piece) {
    for (size_t from = 0; from < bytes.size(); from += piece) {
      Status taken = reader.take(std::string_view(bytes).substr(from, piece));
      if (!taken.ok() || from + piece >= bytes.size()) return taken;
    }
    return Done{};
  }

  TransportOptions options = options_for("server01");
  http::ResponseReader reader;
};

}  // namespace

TEST_SUITE("HTTP request") {
  TEST_CASE("A request has exactly these bytes") {
    const HttpRequest request{"application/soap+xml;charset=UTF-8", "<body/>", false};

    CHECK(written(options_for("server01"), request) ==
          "POST /wsman HTTP/1.1\r\n"
          "Host: server01:5985\r\n"
          "User-Agent: Portable.WSMan.Management\r\n"
          "Accept-Encoding: identity\r\n"
          "Connection: Keep-Alive\r\n"
          "Content-Type: application/soap+xml;charset=UTF-8\r\n"
          "Authorization: X y\r\n"
          "Content-Length: 7\r\n"
          "\r\n"
          "<body/>");
  }

  TEST_CASE("An anonymous Identify has the WSMANIDENTIFY header") {
    const HttpRequest request{"text/xml", "", true};

    const std::string text = written(options_for("server01"), request);

    CHECK(contains(text, "\r\nWSMANIDENTIFY: unauthenticated\r\n"));
    CHECK(contains(text, "Content-Length: 0\r\n\r\n"));
  }

  TEST_CASE("The Host header has an IPv6 address in brackets and without its zone") {
    const std::string text = written(options_for("fe80::1%eth0"), {"a/b", "", false});

    CHECK(contains(text, "\r\nHost: [fe80::1]:5985\r\n"));
  }
}

TEST_SUITE("HTTP response") {
  TEST_CASE_FIXTURE(CodecFixture, "A response in one piece is read") {
    REQUIRE(reader.take(kWhole).ok());

    REQUIRE(reader.is_done());
    CHECK(reader.keeps_connection());
    const HttpResponse response = reader.take_response();
    CHECK(response.status == 200);
    CHECK(response.content_type == "application/soap+xml");
    CHECK(response.body == "hello");
    CHECK(response.location.empty());
  }

  TEST_CASE_FIXTURE(CodecFixture, "A response that arrives byte by byte is read") {
    REQUIRE(take_all(kWhole.substr(0, kWhole.size() - 1), 1).ok());
    CHECK_FALSE(reader.is_done());

    REQUIRE(reader.take("o").ok());

    REQUIRE(reader.is_done());
    CHECK(reader.keeps_connection());
    CHECK(reader.take_response().body == "hello");
  }

  TEST_CASE_FIXTURE(CodecFixture, "Interim responses before the response are skipped") {
    const std::string interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n";
    for (const size_t piece : {size_t{1}, size_t{7}, size_t{1000}}) {
      CAPTURE(piece);
      http::ResponseReader another(options);
      std::string rest = interim + kWhole;
      while (!rest.empty()) {
        REQUIRE(another.take(rest.substr(0, piece)).ok());
        rest.erase(0, piece);
      }
      REQUIRE(another.is_done());
      CHECK(another.keeps_connection());
      const HttpResponse response = another.take_response();
      CHECK(response.status == 200);
      CHECK(response.body == "hello");
    }
  }

  TEST_CASE_FIXTURE(CodecFixture, "A chunked response is read in pieces of any size") {
    const std::string chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nTrailer: t\r\n\r\n";
    for (const size_t piece : {size_t{1}, size_t{13}, size_t{1000}}) {
      CAPTURE(piece);
      http::ResponseReader another(options);
      std::string rest = chunked;
      while (!rest.empty()) {
        REQUIRE(another.take(rest.substr(0, piece)).ok());
        rest.erase(0, piece);
      }
      REQUIRE(another.is_done());
      CHECK(another.keeps_connection());
      CHECK(another.take_response().body == "hello world");
    }
  }

  TEST_CASE_FIXTURE(CodecFixture, "Blanks after the size of a chunk are taken") {
    REQUIRE(reader
                .take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                      "5  \r\nhello\r\n00006\t;x=y \r\n world\r\n0 \r\n\r\n")
                .ok());

    REQUIRE(reader.is_done());
    CHECK(reader.take_response().body == "hello world");
  }

  TEST_CASE_FIXTURE(CodecFixture, "A response without a length ends with the connection") {
    REQUIRE(reader.take("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\nall of").ok());
    REQUIRE(reader.take(" it").ok());
    CHECK_FALSE(reader.is_done());

    REQUIRE(reader.take_end().ok());

    REQUIRE(reader.is_done());
    CHECK_FALSE(reader.keeps_connection());
    CHECK(reader.take_response().body == "all of it");
  }

  TEST_CASE_FIXTURE(CodecFixture, "A response without a body is complete with its head") {
    REQUIRE(reader.take("HTTP/1.1 204 No Content\r\n\r\n").ok());

    REQUIRE(reader.is_done());
    CHECK(reader.take_response().body.empty());
  }

  TEST_CASE_FIXTURE(CodecFixture, "Connection: close ends the connection after the response") {
    REQUIRE(reader.take("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").ok());

    REQUIRE(reader.is_done());
    CHECK_FALSE(reader.keeps_connection());
  }

  TEST_CASE_FIXTURE(CodecFixture, "An HTTP/1.0 response ends the connection by default") {
    REQUIRE(reader.take("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").ok());

    CHECK_FALSE(reader.keeps_connection());
  }

  TEST_CASE_FIXTURE(CodecFixture,
                    "Bytes after the response end the connection but not the response") {
    REQUIRE(reader.take(kWhole + "HTTP/1.1 200 OK\r\n").ok());

    REQUIRE(reader.is_done());
    CHECK_FALSE(reader.keeps_connection());
    CHECK(reader.take_response().body == "hello");
  }

  TEST_CASE_FIXTURE(CodecFixture,
                    "The media type is given in lower case, and the location is given") {
    REQUIRE(reader
                .take("HTTP/1.1 302 Found\r\ncontent-type: Text/HTML ; charset=x\r\n"
                      "location: https://else.test/\r\ncontent-length: 0\r\n\r\n")
                .ok());

    const HttpResponse response = reader.take_response();
    CHECK(response.status == 302);
    CHECK(response.content_type == "text/html");
    CHECK(response.location == "https://else.test/");
  }

  TEST_CASE_FIXTURE(CodecFixture, "The challenges are kept in order") {
    REQUIRE(reader
                .take("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\n"
                      "WWW-Authenticate: Basic realm=\"WSMAN\"\r\nContent-Length: 0\r\n\r\n")
                .ok());

    CHECK(reader.head().challenges ==
          std::vector<std::string>{"Negotiate", "Basic realm=\"WSMAN\""});
  }

  TEST_CASE_FIXTURE(CodecFixture, "A 401 without a challenge has no challenges") {
    REQUIRE(reader.take("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n").ok());

    CHECK(reader.head().challenges.empty());
  }
}

}  // namespace wsman::testing
