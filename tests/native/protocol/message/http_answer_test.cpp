#include "protocol/message/http_answer.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/answers.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

struct Row {
  int status;
  uint32_t wsman_code;
  std::string part;
};

Error error_of(const HttpResponse& response) { return message::http_error(response, kServer); }

}  // namespace

TEST_SUITE("HTTP response without SOAP") {
  TEST_CASE("An HTTP status has the code that Windows has for it") {
    for (const Row& row : std::vector<Row>{
             {400, 0x80338171, "malformed (HTTP 400)"},
             {403, 0x8033810F, "forbids this request (HTTP 403)"},
             {404, 0x80338113, "nothing at that path (HTTP 404)"},
             {405, 0x80338074, "does not take WS-Management requests at that path (HTTP 405)"},
             {501, 0x80338074, "does not take WS-Management requests at that path (HTTP 501)"},
             {413, 0x80338111, "too large (HTTP 413)"},
             {500, 0x80338170, "failed inside (HTTP 500)"},
             {503, 0x80338112, "not ready to serve (HTTP 503)"},
             {408, 0x8033810F, "gave up waiting for the request (HTTP 408)"},
             {415, 0x8033810F, "does not take SOAP 1.2 at that path (HTTP 415)"},
             {426, 0x8033810F, "wants another protocol on that port (HTTP 426)"},
             {429, 0x8033810F, "was asked too often (HTTP 429)"},
             {504, 0x8033810F, "behind a gateway that got no answer from it (HTTP 504)"},
             {418, 0x8033810F, "(HTTP 418)"},
             {502, 0x8033810F, "(HTTP 502)"},
             {599, 0x8033810F, "(HTTP 599)"},
             {999, 0x8033810F, "(HTTP 999)"}}) {
      CAPTURE(row.status);
      const Error error = error_of({row.status, "text/html", "", "<html/>"});
      CHECK(error.code == ErrorCode::http);
      CHECK(error.wsman_code == row.wsman_code);
      CHECK(contains(error.message, "server01 (port 5986)"));
      CHECK(contains(error.message, row.part));
      CHECK(error.fault_xml.empty());
    }
  }

  TEST_CASE("The advice on a busy server is to try again") {
    for (const int status : {408, 429, 502, 503, 504}) {
      CAPTURE(status);
      CHECK(advice_of(error_of({status, "text/html", "", "<html/>"})) == "TryLater");
    }
  }

  TEST_CASE("A status tells whether the request may have been carried out") {
    for (const int status : {301, 302, 400, 403, 404, 405, 413, 499, 501, 503, 505}) {
      CAPTURE(status);
      CHECK(error_of({status, "text/html", "", "<html/>"}).outcome == Outcome::not_done);
    }
    HttpResponse unproved{403, "", "", ""};
    unproved.is_unproved = true;
    CHECK(error_of(unproved).outcome == Outcome::unknown);
    HttpResponse early{502, "", "", ""};
    early.is_before_request = true;
    CHECK(error_of(early).outcome == Outcome::not_done);
    // A gateway that has lost the server behind it, and an answer that cannot be understood.
    for (const int status : {200, 204, 500, 502, 504, 599, 999}) {
      CAPTURE(status);
      CHECK(error_of({status, "text/html", "", "<html/>"}).outcome == Outcome::unknown);
    }
  }

  TEST_CASE("A redirect is not followed, and the error names its location") {
    for (const int status : {301, 302, 303, 307, 308}) {
      CAPTURE(status);
      const Error error = error_of({status, "", "https://else.test/wsman", ""});
      CHECK(error.wsman_code == 0x80338199);
      CHECK(contains(error.message, "points to https://else.test/wsman"));
      CHECK(advice_of(error) == "ConnectThere");
    }
  }

  TEST_CASE("The location of a redirect cannot steer a terminal, nor fill it") {
    CHECK(contains(error_of({302, "", "", ""}).message, "another place"));
    CHECK(
        contains(error_of({302, "", "https://a\x1B[2J", ""}).message, "points to https://a [2J ("));
    CHECK(contains(error_of({302, "", "https://\xC3\xBC.test", ""}).message,
                   "https://\xC3\xBC.test"));
    CHECK(error_of({302, "", std::string(100000, 'x'), ""}).message.size() < 1000);
  }

  TEST_CASE("An empty response, a web page and another media type are told apart") {
    const Error empty = error_of({200, "text/html", "", ""});
    CHECK(empty.wsman_code == 0x803380F5);
    CHECK(contains(empty.message, "an empty answer"));

    const Error page = error_of({200, "text/html", "", "<html/>"});
    CHECK(page.wsman_code == 0x80338173);
    CHECK(contains(page.message, "a web page"));

    const Error other = error_of({200, "application/json", "", "{}"});
    CHECK(other.wsman_code == 0x803380F7);
    CHECK(contains(other.message, "something else than SOAP"));
  }

  TEST_CASE("The title of a web page is told with its status, and nothing else of the page") {
    const auto told = [](int status, const std::string& page) {
      return error_of({status, "text/html", "", page}).message;
    };
    const std::string title = "400 The plain HTTP request was sent to HTTPS port";
    CHECK(contains(told(400, "<html>\r\n<head><title>" + title + "</title></head><b>text</b>"),
                   "malformed (HTTP 400), with a web page titled \"" + title + "\" (0x80338171)."));
    CHECK(contains(told(200, "<HTML><TITLE lang='en'>\r\n Log on \r\n</TITLE>"),
                   "answered with a web page titled \"Log on\" ("));
    CHECK(contains(told(500, "<title>Oops</title>"),
                   "failed inside (HTTP 500), with a web page titled \"Oops\" ("));
    CHECK(contains(told(500, "<p>Oops</p>"), "failed inside (HTTP 500) (0x"));
    CHECK(contains(told(500, ""), "failed inside (HTTP 500) and said no more ("));
    const std::string long_title = "<title>" + std::string(199, 'x') + "\xC3\xA9</title>";
    CHECK(contains(told(400, long_title), std::string(199, 'x') + "\" ("));
    for (const char* page :
         {"<title>", "<title", "<title>a", "<title> </title>", "title</title>"}) {
      CAPTURE(page);
      CHECK_FALSE(contains(told(404, page), "titled"));
    }
    CHECK_FALSE(contains(error_of({404, "text/plain", "", "<title>a</title>"}).message, "titled"));
  }

  TEST_CASE("The title of a web page cannot steer a terminal, nor fill it") {
    CHECK(contains(error_of({200, "text/html", "", "<title>a\x1B[2J</title>"}).message,
                   "titled \"a [2J\" ("));
    const std::string long_title = "<title>" + std::string(3000, 'x') + "</title>";
    CHECK(error_of({200, "text/html", "", long_title}).message.size() < 500);
  }

  TEST_CASE("The error advises what to check") {
    CHECK(advice_of(error_of({404, "text/html", "", "x"})) == "CheckAddress");
  }

  TEST_CASE("Where plain http is refused the port may be one of TLS") {
    Endpoint plain = kServer;
    plain.tls = false;
    for (const int status : {400, 403}) {
      CAPTURE(status);
      const HttpResponse response{status, "text/plain", "", "use https"};
      CHECK(advice_of(message::http_error(response, plain)) == "CheckAddress UseTlsIfSpoken");
      CHECK(advice_of(message::http_error(response, kServer)) == "CheckAddress");
    }
  }
}

}  // namespace wsman::testing
