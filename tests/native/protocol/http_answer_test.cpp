#include "protocol/http_answer.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/answers.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

struct Row {
  int status;
  uint32_t wsman_code;
  std::string part;
};

Error error_of(const HttpResponse& response) { return http_error(response, kServer); }

}  // namespace

TEST_SUITE("http answer") {
  TEST_CASE("has the code that Windows has for its status") {
    for (const Row& row :
         std::vector<Row>{{400, 0x80338171, "malformed (HTTP 400)"},
                          {403, 0x8033810F, "forbids this request (HTTP 403)"},
                          {404, 0x80338113, "nothing at that path (HTTP 404)"},
                          {405, 0x80338074, "does not take WS-Management requests"},
                          {501, 0x80338074, "does not take WS-Management requests"},
                          {413, 0x80338111, "too large (HTTP 413)"},
                          {500, 0x80338170, "failed inside (HTTP 500)"},
                          {503, 0x80338112, "not ready to serve (HTTP 503)"},
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

  TEST_CASE("that points elsewhere names the place and is not followed") {
    for (const int status : {301, 302, 303, 307, 308}) {
      CAPTURE(status);
      const Error error = error_of({status, "", "https://else.test/wsman", ""});
      CHECK(error.wsman_code == 0x80338199);
      CHECK(contains(error.message, "points to https://else.test/wsman"));
      CHECK(contains(error.message, "never followed"));
    }
  }

  TEST_CASE("that points nowhere, or to something unreadable, says so") {
    CHECK(contains(error_of({302, "", "", ""}).message, "another place"));
    CHECK(contains(error_of({302, "", "https://a\x1B[2J", ""}).message, "an unreadable place"));
    CHECK(
        contains(error_of({302, "", "https://\xC3\xBC.test", ""}).message, "an unreadable place"));
    CHECK(error_of({302, "", std::string(100000, 'x'), ""}).message.size() < 1000);
  }

  TEST_CASE("that succeeds with nothing, a web page or something else names which") {
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

  TEST_CASE("tells what to check") {
    CHECK(contains(error_of({404, "text/html", "", "x"}).message, "-ApplicationName"));
  }
}

}  // namespace wsman::testing
