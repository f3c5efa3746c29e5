#include "transport/endpoint.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

std::string url_of(const EndpointRequest& request, const EndpointDefaults& defaults = {}) {
  const Result<Endpoint> endpoint = make_endpoint(request, defaults);
  return endpoint.ok() ? endpoint.value().url() : endpoint.error().message;
}

EndpointRequest named(std::string computer_name) {
  EndpointRequest request;
  request.computer_name = std::move(computer_name);
  return request;
}

EndpointRequest at(std::string connection_uri) {
  EndpointRequest request;
  request.connection_uri = std::move(connection_uri);
  return request;
}

bool is_refused(const EndpointRequest& request) {
  const Result<Endpoint> endpoint = make_endpoint(request, {});
  return !endpoint.ok() && endpoint.error().code == ErrorCode::invalid_argument;
}

// With characters that end a line, a host, a path or a text.
const std::vector<std::string> kIntrusions = {
    "a\r\nb", "a\nHost: b", "a b",      "a\tb",      "a/b",
    "a\\b",   "a?b",        "a#b",      "user@host", "a:b",
    "a:80",   "<a>",        "\"a\"",    "a\x7F",     "[::1",
    "::1]",   "[]",         "[server]", " ",         std::string("a\0b", 3)};

}  // namespace

TEST_SUITE("endpoint") {
  TEST_CASE("of a name has the ports and the path of WS-Management") {
    CHECK(url_of(named("server01")) == "http://server01:5985/wsman");

    EndpointRequest request = named("server01");
    request.use_tls = true;
    CHECK(url_of(request) == "https://server01:5986/wsman");
  }

  TEST_CASE("takes port and application from the request first") {
    EndpointRequest request = named("server01");
    request.port = 8080;
    request.application_name = "other/place";

    CHECK(url_of(request) == "http://server01:8080/other/place");
  }

  TEST_CASE("takes what was not given from the client settings") {
    const EndpointDefaults defaults{80, 443, "prefix"};

    CHECK(url_of(named("a"), defaults) == "http://a:80/prefix");
    EndpointRequest request = named("a");
    request.use_tls = true;
    CHECK(url_of(request, defaults) == "https://a:443/prefix");
  }

  TEST_CASE("has one slash before the path, whoever wrote it") {
    EndpointRequest request = named("a");
    for (const std::string& application : std::vector<std::string>{"wsman", "/wsman", "///wsman"}) {
      request.application_name = application;
      CHECK(url_of(request) == "http://a:5985/wsman");
    }
    request.application_name = "/";
    CHECK(url_of(request) == "http://a:5985/");
  }

  TEST_CASE("of an IPv4 address is the address") {
    CHECK(url_of(named("127.0.0.2")) == "http://127.0.0.2:5985/wsman");
  }

  TEST_CASE("of an IPv6 address has brackets in the URL, with or without them in the name") {
    CHECK(url_of(named("::1")) == "http://[::1]:5985/wsman");
    CHECK(url_of(named("[::1]")) == "http://[::1]:5985/wsman");
    CHECK(make_endpoint(named("[2001:db8::7]"), {}).value().host == "2001:db8::7");
  }

  TEST_CASE("keeps a zone for the socket and leaves it out of the URL") {
    const Result<Endpoint> endpoint = make_endpoint(named("fe80::1%eth0"), {});

    REQUIRE(endpoint.ok());
    CHECK(endpoint.value().host == "fe80::1%eth0");
    CHECK(endpoint.value().host_in_url() == "[fe80::1]");
    CHECK(endpoint.value().url() == "http://[fe80::1]:5985/wsman");
    CHECK(url_of(named("[fe80::1%eth0]")) == "http://[fe80::1]:5985/wsman");
  }

  TEST_CASE("refuses a zone with characters that no zone has") {
    CHECK(is_refused(named("fe80::1%\r\nEvil: yes")));
    CHECK(is_refused(named("fe80::1%a b")));
  }

  TEST_CASE("of a name outside ASCII is left to the resolver") {
    CHECK(make_endpoint(named("b\xC3\xBC"
                              "cher"),
                        {})
              .ok());
  }

  TEST_CASE("names computer and port to people") {
    CHECK(make_endpoint(named("server01"), {}).value().display() == "server01 (port 5985)");
  }

  TEST_CASE("of no name is refused") { CHECK(is_refused(named(""))); }

  TEST_CASE("of a name that could leave its place in a head or a URL is refused") {
    for (const std::string& name : kIntrusions) {
      CAPTURE(name);
      CHECK(is_refused(named(name)));
    }
  }

  TEST_CASE("with an application that could leave its line is refused") {
    for (const std::string& application :
         {std::string("a\r\nb"), std::string("a b"), std::string("a#b"), std::string("a\x7F"),
          std::string("\xC3\xBC"), std::string("a\0b", 3)}) {
      CAPTURE(application);
      EndpointRequest request = named("server01");
      request.application_name = application;
      CHECK(is_refused(request));
    }
  }

  TEST_CASE("with an application that no URL can hold is refused") {
    for (const std::string& application :
         std::vector<std::string>{"a\"b", "a<b", "a{b}", "a^b", "a`b", "a|b", "a\\b"}) {
      CAPTURE(application);
      EndpointRequest request = named("server01");
      request.application_name = application;
      CHECK(is_refused(request));
    }
  }

  TEST_CASE("refused repeats the name, so that a typing error shows") {
    CHECK(contains(url_of(named("a b")), "\"a b\" is not the name of a computer."));
  }
}

TEST_SUITE("endpoint of a connection URI") {
  TEST_CASE("has scheme, host, port and path of the URI") {
    CHECK(url_of(at("https://server01:5986/wsman")) == "https://server01:5986/wsman");
    CHECK(url_of(at("http://server01:80/other")) == "http://server01:80/other");
    CHECK(url_of(at("HTTP://server01/wsman")) == "http://server01:5985/wsman");
  }

  TEST_CASE("keeps the query") {
    CHECK(url_of(at("http://server01:80/wsman?a=b")) == "http://server01:80/wsman?a=b");
  }

  TEST_CASE("takes a missing port from the request, then from the settings") {
    EndpointRequest request = at("https://server01/wsman");
    CHECK(url_of(request) == "https://server01:5986/wsman");
    CHECK(url_of(request, {1, 2, "p"}) == "https://server01:2/wsman");
    request.port = 7000;
    CHECK(url_of(request) == "https://server01:7000/wsman");
    request.connection_uri = "https://server01:443/wsman";
    CHECK(url_of(request) == "https://server01:443/wsman");
  }

  TEST_CASE("without a path gets the prefix of the settings") {
    CHECK(url_of(at("http://server01")) == "http://server01:5985/wsman");
    CHECK(url_of(at("http://server01/"), {5985, 5986, "prefix"}) == "http://server01:5985/prefix");
  }

  TEST_CASE("stands for name, application and scheme") {
    EndpointRequest request = at("http://server01/wsman");
    request.computer_name = "another";
    request.application_name = "another";
    request.use_tls = true;

    CHECK(url_of(request) == "http://server01:5985/wsman");
  }

  TEST_CASE("takes IPv6 in brackets") {
    const Result<Endpoint> endpoint = make_endpoint(at("http://[::1]:5985/wsman"), {});

    REQUIRE(endpoint.ok());
    CHECK(endpoint.value().host == "::1");
    CHECK(endpoint.value().url() == "http://[::1]:5985/wsman");
  }

  TEST_CASE("that is none, or of another scheme, is refused") {
    for (const std::string& uri : std::vector<std::string>{
             "server01", "server01:5985/wsman", "ftp://server01/", "https://", "http:///wsman",
             "http://a b/wsman", "http://a\r\nb/wsman", "http://server01/a\r\nb", "http://a:99999/",
             "http://[::1/wsman", "://", "http://server01:abc/", "file:///etc/passwd"}) {
      CAPTURE(uri);
      CHECK(is_refused(at(uri)));
    }
  }
}

TEST_SUITE("an address literal") {
  TEST_CASE("is IPv4 or IPv6, with or without a zone") {
    for (const std::string& literal :
         std::vector<std::string>{"127.0.0.1", "::1", "fe80::1%eth0", "2001:db8::1"}) {
      CAPTURE(literal);
      CHECK(is_address_literal(literal));
    }
  }

  TEST_CASE("is no name and nothing half") {
    for (const std::string& name :
         std::vector<std::string>{"server01", "127.0.0", "127.0.0.256", "[::1]", "", "1"}) {
      CAPTURE(name);
      CHECK_FALSE(is_address_literal(name));
    }
  }
}

}  // namespace wsman::testing
