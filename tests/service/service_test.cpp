#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "counts.h"
#include "fixture.h"
#include "http/request_reader.h"
#include "options.h"

namespace wsman::service {
TEST_SUITE("Service") {
  TEST_CASE_FIXTURE(Fixture, "An anonymous Identify gets no version of the operating system") {
    ask("/wsman", kAnonymous);

    CHECK(answer().status == 200);
    CHECK(contains(answer().body, "OS: 0.0.0 SP: 0.0 Stack: 3.0"));
    CHECK(contains(counts.to_json(), R"("identify":{"anonymous":1,"authenticated":0})"));
  }

  TEST_CASE_FIXTURE(Fixture, "An authenticated Identify gets the version of the operating system") {
    ask("/wsman", kRight);

    CHECK(answer().status == 200);
    CHECK(contains(answer().body, "OS: 10.0.20348 SP: 0.0 Stack: 3.0"));
    CHECK(contains(counts.to_json(), R"("identify":{"anonymous":0,"authenticated":1})"));
  }

  TEST_CASE_FIXTURE(Fixture, "A wrong password gets a 401 that offers Basic") {
    ask("/wsman", kWrong);

    CHECK(answer().status == 401);
    CHECK(answer().fields == Fields{{"WWW-Authenticate", "Basic realm=\"WSMAN\""}});
    CHECK(contains(counts.to_json(), R"("refused":1)"));
  }

  TEST_CASE_FIXTURE(Fixture, "A wrong password gets a 401 even with an anonymous Identify") {
    Fields both = kWrong;
    both.insert(both.end(), kAnonymous.begin(), kAnonymous.end());
    ask("/wsman", both);

    CHECK(answer().status == 401);
  }

  TEST_CASE_FIXTURE(Fixture, "Credentials that are not base64 get a 401") {
    ask("/wsman", {{"Authorization", "Basic =.="}});

    CHECK(answer().status == 401);
  }

  TEST_CASE_FIXTURE(Fixture, "A request with a DOCTYPE gets a fault") {
    ask("/wsman", kRight, std::string("<!DOCTYPE x:Envelope>") + kIdentify);

    CHECK(answer().status == 500);
    CHECK(contains(answer().body, "Code=\"2150858819\""));
  }

  TEST_CASE_FIXTURE(Fixture, "An unknown action gets a fault that names the escaped action") {
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

TEST_SUITE("Router") {
  TEST_CASE_FIXTURE(Fixture, "An unknown path gets an HTML page with status 404") {
    ask("/wsman/below", kRight);

    CHECK(answer().status == 404);
    CHECK(contains(answer().content_type, "text/html"));
  }
}

TEST_SUITE("Misbehaviour") {
  TEST_CASE_FIXTURE(Fixture, "A redirect points to another address of the same service") {
    ask("/redirect", kRight);

    CHECK(answer().status == 302);
    CHECK(answer().fields == Fields{{"Location", "http://127.0.0.3:5985/wsman"}});
  }

  TEST_CASE_FIXTURE(Fixture, "A delay postpones the response of another path") {
    ask("/delay/1/wsman", kAnonymous);
    CHECK(recorder->answers.empty());

    io.run();
    CHECK(answer().status == 200);
  }

  TEST_CASE_FIXTURE(Fixture, "A closed gate holds back the requests to its path") {
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

  TEST_CASE_FIXTURE(Fixture, "A late response is dropped after the client has disconnected") {
    ask("/delay/1/wsman", kAnonymous);
    recorder.reset();

    io.run();
    CHECK(contains(counts.to_json(), R"("anonymous":1)"));
  }

  TEST_CASE_FIXTURE(Fixture, "The close path hangs up without a response") {
    ask("/close", kAnonymous);

    CHECK(recorder->answers.empty());
    CHECK(recorder->hang_ups == 1);
  }
}

TEST_SUITE("Request reader") {
  TEST_CASE("A request that arrives byte by byte is read") {
    const std::string bytes =
        "POST /wsman?a=1&connections=2 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
    RequestReader reader;
    std::string pending;
    bool early = false;
    for (const char byte : bytes.substr(0, bytes.size() - 1)) {
      pending += byte;
      early = early || reader.read(pending) != RequestReader::Outcome::incomplete;
    }
    CHECK_FALSE(early);
    pending += bytes.back();
    REQUIRE(reader.read(pending) == RequestReader::Outcome::complete);

    const Request request = reader.take();
    CHECK(request.path == "/wsman");
    CHECK(request.parameter("connections") == "2");
    CHECK(request.parameter("c") == std::nullopt);
    CHECK(request.body == "abc");
    CHECK(pending.empty());
  }

  TEST_CASE("The bytes of the next request are left in the buffer") {
    RequestReader reader;
    std::string pending = "GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n";
    REQUIRE(reader.read(pending) == RequestReader::Outcome::complete);
    CHECK(reader.take().path == "/a");
    REQUIRE(reader.read(pending) == RequestReader::Outcome::complete);
    CHECK(reader.take().path == "/b");
  }

  TEST_CASE("Data that is not HTTP is refused") {
    RequestReader reader;
    std::string pending = "\x16\x03\x01 hello\r\n\r\n";
    CHECK(reader.read(pending) == RequestReader::Outcome::malformed);
  }
}

TEST_SUITE("Counts") {
  TEST_CASE("What is open counts where it was opened, and no longer than it lives") {
    Counts counts({"127.0.0.2", "127.0.0.3"});
    const Counts::Open shell(counts, Counts::What::shell, "127.0.0.2");
    {
      const Counts::Open other(counts, Counts::What::shell, "127.0.0.3");
      CHECK(counts.open("shells") == 2);
      CHECK(counts.open("shells", "127.0.0.3") == 1);
    }
    CHECK(counts.open("shells") == 1);
    CHECK(counts.open("shells", "127.0.0.2") == 1);
    CHECK(counts.open("shells", "127.0.0.3") == 0);
    CHECK(counts.open("shells", "127.0.0.4") == 0);
    CHECK(counts.open("contexts") == 0);
    CHECK_FALSE(counts.open("windows"));
  }

  TEST_CASE("A watcher is told when the last connection to an address ends") {
    Counts counts({"127.0.0.2"});
    const Entrance two{"127.0.0.2", 1, false};
    const Entrance three{"127.0.0.3", 1, false};
    counts.accepted(two);
    counts.accepted(three);
    int calls = 0;
    counts.watch([&] {
      ++calls;
      return counts.open("connections", "127.0.0.2") == 0;
    });

    counts.ended(two, Ending::clean);
    counts.ended(three, Ending::truncated);

    CHECK(calls == 1);
    CHECK(counts.open("connections") == 0);
    CHECK(contains(counts.to_json(), R"("clean":1,"truncated":1,"reset":0)"));
  }
}

TEST_SUITE("Options") {
  TEST_CASE("An address outside the loopback network is refused") {
    CHECK_THROWS_AS(parse_options({"--address", "192.0.2.1"}), std::invalid_argument);
  }

  TEST_CASE("The options configure the service") {
    const Options options = parse_options({"--address", "127.0.0.2", "--user", "u", "--password",
                                           "p", "--ca-directory", "d", "--flavour", "amt", "--rows",
                                           "7", "--contexts", "changing", "--max-shells", "2"});
    CHECK(options.service.family == Family::amt);
    CHECK(options.service.rows == 7);
    CHECK(options.service.new_context);
    CHECK(options.service.max_shells == 2);
  }

  TEST_CASE("An unknown flavour is refused") {
    CHECK_THROWS_AS(parse_options({"--flavour", "vms"}), std::invalid_argument);
  }

  TEST_CASE("A user, a password and a folder are required") {
    CHECK_THROWS_AS(parse_options({"--address", "127.0.0.2"}), std::invalid_argument);
  }
}

}  // namespace wsman::service
