#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "counts.h"
#include "fixture.h"
#include "http/request_reader.h"
#include "options.h"

namespace wsman::endpoint {
TEST_SUITE("service") {
  TEST_CASE_FIXTURE(Fixture, "tells a stranger no version of the operating system") {
    ask("/wsman", kAnonymous);

    CHECK(answer().status == 200);
    CHECK(contains(answer().body, "OS: 0.0.0 SP: 0.0 Stack: 3.0"));
    CHECK(contains(counts.to_json(), R"("identify":{"anonymous":1,"authenticated":0})"));
  }

  TEST_CASE_FIXTURE(Fixture, "tells its version to those who have the password") {
    ask("/wsman", kRight);

    CHECK(answer().status == 200);
    CHECK(contains(answer().body, "OS: 10.0.20348 SP: 0.0 Stack: 3.0"));
    CHECK(contains(counts.to_json(), R"("identify":{"anonymous":0,"authenticated":1})"));
  }

  TEST_CASE_FIXTURE(Fixture, "refuses a wrong password and offers Basic") {
    ask("/wsman", kWrong);

    CHECK(answer().status == 401);
    CHECK(answer().fields == Fields{{"WWW-Authenticate", "Basic realm=\"WSMAN\""}});
    CHECK(contains(counts.to_json(), R"("refused":1)"));
  }

  TEST_CASE_FIXTURE(Fixture, "refuses a wrong password even of one who asks anonymously") {
    Fields both = kWrong;
    both.insert(both.end(), kAnonymous.begin(), kAnonymous.end());
    ask("/wsman", both);

    CHECK(answer().status == 401);
  }

  TEST_CASE_FIXTURE(Fixture, "refuses credentials that are not base64") {
    ask("/wsman", {{"Authorization", "Basic =.="}});

    CHECK(answer().status == 401);
  }

  TEST_CASE_FIXTURE(Fixture, "answers a request with a DOCTYPE with a fault") {
    ask("/wsman", kRight, std::string("<!DOCTYPE x:Envelope>") + kIdentify);

    CHECK(answer().status == 500);
    CHECK(contains(answer().body, "Code=\"2150858819\""));
  }

  TEST_CASE_FIXTURE(Fixture, "names an unknown action in its fault and escapes it") {
    ask("/wsman", kRight,
        "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
        "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\"><s:Header>"
        "<a:Action> urn:a&amp;b </a:Action><a:MessageID>uuid:1</a:MessageID></s:Header>"
        "<s:Body/></s:Envelope>");

    CHECK(answer().status == 500);
    CHECK(contains(answer().body, "'urn:a&amp;b'"));
    CHECK(contains(answer().body, "<a:RelatesTo>uuid:1</a:RelatesTo>"));
  }
}

TEST_SUITE("router") {
  TEST_CASE_FIXTURE(Fixture, "answers a path that nobody has with an HTML page") {
    ask("/wsman/below", kRight);

    CHECK(answer().status == 404);
    CHECK(contains(answer().content_type, "text/html"));
  }
}

TEST_SUITE("misbehaviour") {
  TEST_CASE_FIXTURE(Fixture, "redirects to another address of the same service") {
    ask("/redirect", kRight);

    CHECK(answer().status == 302);
    CHECK(answer().fields == Fields{{"Location", "http://127.0.0.3:5985/wsman"}});
  }

  TEST_CASE_FIXTURE(Fixture, "delays what another path would answer") {
    ask("/delay/1/wsman", kAnonymous);
    CHECK(recorder->answers.empty());

    io.run();
    CHECK(answer().status == 200);
  }

  TEST_CASE_FIXTURE(Fixture, "holds back what goes through the gate while that is shut") {
    gate.shut();
    ask("/gate/wsman", kAnonymous);
    ask("/gate/html", kAnonymous);
    CHECK(recorder->answers.empty());

    gate.open();
    REQUIRE(recorder->answers.size() == 2);
    CHECK(contains(recorder->answers.at(0).body, "IdentifyResponse"));
    CHECK(contains(recorder->answers.at(1).body, "Welcome"));

    ask("/gate/html", kAnonymous);
    CHECK(recorder->answers.size() == 3);
  }

  TEST_CASE_FIXTURE(Fixture, "drops a late answer when the client has left") {
    ask("/delay/1/wsman", kAnonymous);
    recorder.reset();

    io.run();
    CHECK(contains(counts.to_json(), R"("anonymous":1)"));
  }

  TEST_CASE_FIXTURE(Fixture, "hangs up without an answer") {
    ask("/close", kAnonymous);

    CHECK(recorder->answers.empty());
    CHECK(recorder->hang_ups == 1);
  }
}

TEST_SUITE("request_reader") {
  TEST_CASE("reads a request that comes octet by octet") {
    const std::string octets =
        "POST /wsman?a=1&connections=2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
    RequestReader reader;
    std::string pending;
    bool early = false;
    for (const char octet : octets.substr(0, octets.size() - 1)) {
      pending += octet;
      early = early || reader.read(pending) != RequestReader::Outcome::incomplete;
    }
    CHECK_FALSE(early);
    pending += octets.back();
    REQUIRE(reader.read(pending) == RequestReader::Outcome::complete);

    const Request request = reader.take();
    CHECK(request.path == "/wsman");
    CHECK(request.parameter("connections") == "2");
    CHECK(request.parameter("c") == std::nullopt);
    CHECK(request.body == "abc");
    CHECK(pending.empty());
  }

  TEST_CASE("leaves the octets of the next request") {
    RequestReader reader;
    std::string pending = "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n";
    REQUIRE(reader.read(pending) == RequestReader::Outcome::complete);
    CHECK(reader.take().path == "/a");
    REQUIRE(reader.read(pending) == RequestReader::Outcome::complete);
    CHECK(reader.take().path == "/b");
  }

  TEST_CASE("refuses what is not HTTP") {
    RequestReader reader;
    std::string pending = "\x16\x03\x01 hello\r\n\r\n";
    CHECK(reader.read(pending) == RequestReader::Outcome::malformed);
  }
}

TEST_SUITE("counts") {
  TEST_CASE("tell a watcher when the last connection to an address ends") {
    Counts counts({"127.0.0.2"});
    const Entrance two{"127.0.0.2", 1, false};
    const Entrance three{"127.0.0.3", 1, false};
    counts.accepted(two);
    counts.accepted(three);
    int calls = 0;
    counts.watch([&] {
      ++calls;
      return counts.connections("127.0.0.2") == 0;
    });

    counts.ended(two, Ending::clean);
    counts.ended(three, Ending::truncated);

    CHECK(calls == 1);
    CHECK(counts.connections() == 0);
    CHECK(contains(counts.to_json(), R"("clean":1,"truncated":1,"reset":0)"));
  }
}

TEST_SUITE("options") {
  TEST_CASE("refuse an address outside the loopback network") {
    CHECK_THROWS_AS(parse_options({"--address", "192.0.2.1"}), std::invalid_argument);
  }

  TEST_CASE("say how the service shall be") {
    const Options options = parse_options({"--address", "127.0.0.2", "--user", "u", "--password",
                                           "p", "--ca-directory", "d", "--flavour", "amt", "--rows",
                                           "7", "--contexts", "changing", "--max-shells", "2"});
    CHECK(options.service.family == Family::amt);
    CHECK(options.service.rows == 7);
    CHECK(options.service.new_context);
    CHECK(options.service.max_shells == 2);
  }

  TEST_CASE("refuse a family that nobody knows") {
    CHECK_THROWS_AS(parse_options({"--flavour", "vms"}), std::invalid_argument);
  }

  TEST_CASE("need a user, a password and a folder") {
    CHECK_THROWS_AS(parse_options({"--address", "127.0.0.2"}), std::invalid_argument);
  }
}

}  // namespace wsman::endpoint
