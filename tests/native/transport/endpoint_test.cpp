#include "transport/endpoint.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/advice.h"
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

const std::string kMunich = "m\xC3\xBCnchen.example";
const std::string kMunichInAscii = "xn--mnchen-3ya.example";

// With characters that end a line, a host, a path or a text.
const std::vector<std::string> kIntrusions = {
    "a\r\nb", "a\nHost: b", "a b",      "a\tb",      "a/b",
    "a\\b",   "a?b",        "a#b",      "user@host", "a:b",
    "a:80",   "<a>",        "\"a\"",    "a\x7F",     "[::1",
    "::1]",   "[]",         "[server]", " ",         std::string("a\0b", 3)};

}  // namespace

TEST_SUITE("Endpoint") {
  TEST_CASE("A computer name gets the ports and the path of WS-Management") {
    CHECK(url_of(named("server01")) == "http://server01:5985/wsman");

    EndpointRequest request = named("server01");
    request.use_tls = true;
    CHECK(url_of(request) == "https://server01:5986/wsman");
  }

  TEST_CASE("The port and the application name of the request come first") {
    EndpointRequest request = named("server01");
    request.port = 8080;
    request.application_name = "other/place";

    CHECK(url_of(request) == "http://server01:8080/other/place");
  }

  TEST_CASE("The client settings supply what the request does not give") {
    const EndpointDefaults defaults{80, 443, "prefix"};

    CHECK(url_of(named("a"), defaults) == "http://a:80/prefix");
    EndpointRequest request = named("a");
    request.use_tls = true;
    CHECK(url_of(request, defaults) == "https://a:443/prefix");
  }

  TEST_CASE("The path begins with one slash, however the application name begins") {
    EndpointRequest request = named("a");
    for (const std::string& application : std::vector<std::string>{"wsman", "/wsman", "///wsman"}) {
      request.application_name = application;
      CHECK(url_of(request) == "http://a:5985/wsman");
    }
    request.application_name = "/";
    CHECK(url_of(request) == "http://a:5985/");
  }

  TEST_CASE("An IPv4 address stands in the URL as it is") {
    CHECK(url_of(named("127.0.0.2")) == "http://127.0.0.2:5985/wsman");
  }

  TEST_CASE("An IPv6 address stands in brackets in the URL") {
    CHECK(url_of(named("::1")) == "http://[::1]:5985/wsman");
    CHECK(url_of(named("[::1]")) == "http://[::1]:5985/wsman");
    CHECK(make_endpoint(named("[2001:db8::7]"), {}).value().host == "2001:db8::7");
  }

  TEST_CASE("The zone of an IPv6 address is kept for the socket and left out of the URL") {
    const Result<Endpoint> endpoint = make_endpoint(named("fe80::1%eth0"), {});

    REQUIRE(endpoint.ok());
    CHECK(endpoint.value().host == "fe80::1%eth0");
    CHECK(endpoint.value().host_in_url() == "[fe80::1]");
    CHECK(endpoint.value().url() == "http://[fe80::1]:5985/wsman");
    CHECK(url_of(named("[fe80::1%eth0]")) == "http://[fe80::1]:5985/wsman");
  }

  TEST_CASE("The lists of the settings have an IPv6 address in brackets, and a name in ASCII") {
    const auto entry = [](const EndpointRequest& request) {
      return make_endpoint(request, {}).value().host_in_list();
    };
    CHECK(entry(named("::1")) == "[::1]");
    CHECK(entry(named("[fe80::1%eth0]")) == "[fe80::1%eth0]");
    CHECK(entry(named("127.0.0.2")) == "127.0.0.2");
    EndpointRequest request = named(kMunich);
    request.host = kMunichInAscii;
    CHECK(entry(request) == kMunichInAscii);
  }

  TEST_CASE("A zone with invalid characters is refused") {
    CHECK(is_refused(named("fe80::1%\r\nEvil: yes")));
    CHECK(is_refused(named("fe80::1%a b")));
  }

  TEST_CASE("A name outside ASCII without its A-labels is refused, and says that it needs them") {
    CHECK(url_of(named(kMunich)) ==
          "\"m\xC3\xBCnchen.example\" is not the name of a computer: "
          "letters outside ASCII have to be given as A-labels (RFC 5891).");
  }

  // The A-label is that of RFC 3492 for the letters.
  TEST_CASE("A name outside ASCII is sent as its A-labels and shown as typed") {
    EndpointRequest request = named(kMunich);
    request.host = kMunichInAscii;
    const Result<Endpoint> endpoint = make_endpoint(request, {});

    REQUIRE(endpoint.ok());
    CHECK(endpoint.value().host == kMunichInAscii);
    CHECK(endpoint.value().host_for_tls() == kMunichInAscii);
    CHECK(endpoint.value().url() == "http://xn--mnchen-3ya.example:5985/wsman");
    CHECK(endpoint.value().called() == kMunich);
    CHECK(endpoint.value().display() == kMunich + " (port 5985)");
  }

  TEST_CASE(
      "A host in ASCII that could inject text is refused, and the name that was typed quoted") {
    for (const std::string& host : kIntrusions) {
      CAPTURE(host);
      EndpointRequest by_name = named(kMunich);
      by_name.host = host;
      CHECK(contains(url_of(by_name), kMunich + "\" is not the name of a computer: "));
      EndpointRequest by_uri = at("https://" + kMunich + "/wsman");
      by_uri.host = host;
      CHECK(is_refused(by_uri));
    }
  }

  TEST_CASE("A name has 254 characters at most, with the dot of the root") {
    const std::string longest(253, 'a');
    CHECK(make_endpoint(named(longest + "."), {}).ok());
    CHECK(contains(url_of(named(longest + "aa")), "it has more than 254 characters"));
  }

  TEST_CASE("The display text has the computer name and the port") {
    CHECK(make_endpoint(named("server01"), {}).value().display() == "server01 (port 5985)");
  }

  TEST_CASE("An empty computer name is refused") { CHECK(is_refused(named(""))); }

  TEST_CASE("A name that could inject text into a header or a URL is refused") {
    for (const std::string& name : kIntrusions) {
      CAPTURE(name);
      CHECK(is_refused(named(name)));
    }
  }

  TEST_CASE("An application name that could inject text into a header is refused") {
    for (const std::string& application :
         {std::string("a\r\nb"), std::string("a b"), std::string("a#b"), std::string("a\x7F"),
          std::string("\xC3\xBC"), std::string("a\0b", 3)}) {
      CAPTURE(application);
      EndpointRequest request = named("server01");
      request.application_name = application;
      CHECK(is_refused(request));
    }
  }

  TEST_CASE("An application name that no URL can hold is refused") {
    for (const std::string& application :
         std::vector<std::string>{"a\"b", "a<b", "a{b}", "a^b", "a`b", "a|b", "a\\b"}) {
      CAPTURE(application);
      EndpointRequest request = named("server01");
      request.application_name = application;
      CHECK(is_refused(request));
    }
  }

  TEST_CASE(
      "A name that begins with a dot is refused, which certificates of many names would fit") {
    for (const char* name : {".", "..", ".example", ".good.example"}) {
      CAPTURE(name);
      CHECK(is_refused(named(name)));
    }
  }

  TEST_CASE("The error for an invalid name quotes the name") {
    CHECK(url_of(named("a^b")) ==
          "\"a^b\" is not the name of a computer: it has \"^\" in it, and a name has letters, "
          "digits, "
          "hyphens, underscores and dots.");
    CHECK(url_of(named("")) == "\"\" is not the name of a computer: it is empty.");
    CHECK(contains(url_of(named(".a")), "it begins with a dot."));
  }

  TEST_CASE("Who types more than the name is told where the rest belongs") {
    const auto advice = [](const EndpointRequest& request) {
      return advice_of(make_endpoint(request, {}).error());
    };
    for (const char* name :
         {"server01:5986", "[::1]:5986", "https://server01", "server01/wsman", "127.0.0.2:80"}) {
      CAPTURE(name);
      CHECK(advice(named(name)) == "GiveNameAlone");
    }
    for (const char* name : {"a^b", "\\\\server01", "fe80::g", "[::1", ""}) {
      CAPTURE(name);
      CHECK(advice(named(name)).empty());
    }
  }
}

TEST_SUITE("Endpoint of a connection URI") {
  TEST_CASE("Scheme, host, port and path come from the connection URI") {
    CHECK(url_of(at("https://server01:5986/wsman")) == "https://server01:5986/wsman");
    CHECK(url_of(at("http://server01:80/other")) == "http://server01:80/other");
    CHECK(url_of(at("HTTP://server01/wsman")) == "http://server01:5985/wsman");
  }

  TEST_CASE("The query of the connection URI is kept") {
    CHECK(url_of(at("http://server01:80/wsman?a=b")) == "http://server01:80/wsman?a=b");
  }

  TEST_CASE("A missing port comes from the request or else from the settings") {
    EndpointRequest request = at("https://server01/wsman");
    CHECK(url_of(request) == "https://server01:5986/wsman");
    CHECK(url_of(request, {1, 2, "p"}) == "https://server01:2/wsman");
    request.port = 7000;
    CHECK(url_of(request) == "https://server01:7000/wsman");
    request.connection_uri = "https://server01:443/wsman";
    CHECK(url_of(request) == "https://server01:443/wsman");
  }

  TEST_CASE("A missing path is replaced by the URL prefix of the settings") {
    CHECK(url_of(at("http://server01")) == "http://server01:5985/wsman");
    CHECK(url_of(at("http://server01/"), {5985, 5986, "prefix"}) == "http://server01:5985/prefix");
  }

  TEST_CASE("The connection URI overrides computer name, application name and scheme") {
    EndpointRequest request = at("http://server01/wsman");
    request.computer_name = "another";
    request.application_name = "another";
    request.use_tls = true;

    CHECK(url_of(request) == "http://server01:5985/wsman");
  }

  TEST_CASE("An IPv6 address in brackets is accepted") {
    const Result<Endpoint> endpoint = make_endpoint(at("http://[::1]:5985/wsman"), {});

    REQUIRE(endpoint.ok());
    CHECK(endpoint.value().host == "::1");
    CHECK(endpoint.value().url() == "http://[::1]:5985/wsman");
  }

  TEST_CASE("A host outside ASCII is replaced by its A-labels, and nothing else of the URI") {
    const std::vector<std::pair<std::string, std::string>> uris{
        {"https://" + kMunich, "https://xn--mnchen-3ya.example:5986/wsman"},
        {"https://" + kMunich + "/a/b?c=//d", "https://xn--mnchen-3ya.example:5986/a/b?c=//d"},
        {"http://" + kMunich + ":80/a:b", "http://xn--mnchen-3ya.example:80/a:b"},
        {"http://" + kMunich + "?a=b", "http://xn--mnchen-3ya.example:5985/wsman?a=b"}};
    for (const auto& uri : uris) {
      EndpointRequest request = at(uri.first);
      request.host = kMunichInAscii;
      CHECK(url_of(request) == uri.second);
      CHECK(make_endpoint(request, {}).value().called() == kMunich);
    }
    CHECK(contains(url_of(at("https://" + kMunich)), "is not a URI"));
  }

  // RFC 6874 2, and RFC 9844, which has withdrawn it.
  TEST_CASE("The zone of an IPv6 address stands behind %25 or a percent sign") {
    const auto host = [](const std::string& uri) {
      return make_endpoint(at(uri), {}).value().host;
    };
    CHECK(host("http://[fe80::1%25eth0]:5985/wsman") == "fe80::1%eth0");
    CHECK(host("http://[fe80::1%eth0]:5985/wsman") == "fe80::1%eth0");
    CHECK(host("http://[fe80::1%251]/") == "fe80::1%1");
    CHECK(host("http://[fe80::1%25]/") == "fe80::1%25");
    CHECK(is_refused(at("http://[fe80::1%2525eth%30]/")));
    CHECK(is_refused(at("http://server%25eth0/")));
  }

  TEST_CASE("An invalid connection URI and an unknown scheme are refused") {
    for (const std::string& uri : std::vector<std::string>{
             "server01", "server01:5985/wsman", "ftp://server01/", "https://", "http:///wsman",
             "http://a b/wsman", "http://a\r\nb/wsman", "http://server01/a\r\nb", "http://a:99999/",
             "http://a:99999999999999999999/", "http://a^b/", "http://a|b/wsman",
             "http://[::1/wsman", "://", "http://server01:abc/", "file:///etc/passwd"}) {
      CAPTURE(uri);
      CHECK(is_refused(at(uri)));
    }
  }
}

TEST_SUITE("Host") {
  TEST_CASE("A percent sign belongs to the zone of an IPv6 address and to no name") {
    for (const std::string& name : std::vector<std::string>{
             "%evil", "localhost%.good.example", "127.0.0.1%lo", "server%", "%", "a%41"}) {
      CAPTURE(name);
      CHECK(is_refused(named(name)));
      CHECK(is_refused(at("https://" + name + "/wsman")));
    }
  }

  TEST_CASE("What follows a NUL in an address does not reach a head") {
    using namespace std::string_literals;
    for (const std::string& name :
         std::vector<std::string>{"::1\0\r\nX: y"s, "127.0.0.1\0.example"s, "::1\0"s, "\0"s}) {
      CHECK(is_refused(named(name)));
      CHECK(is_refused(named("[" + name + "]")));
    }
  }

  TEST_CASE("An IPv4 address in a form of the resolver's is refused, and the usual one named") {
    const auto message = [](const std::string& name) {
      const Result<Endpoint> endpoint = make_endpoint(named(name), {});
      return endpoint.ok() ? "" : endpoint.error().message;
    };
    CHECK(message("127.1") ==
          "\"127.1\" is the address 127.0.0.1 in another form: write 127.0.0.1.");
    CHECK(message("0x7f000001").ends_with("write 127.0.0.1."));
    CHECK(message("2130706433").ends_with("write 127.0.0.1."));
    CHECK(message("010.0.0.1").ends_with("write 8.0.0.1."));
    CHECK(message("127.0.0.1").empty());
    CHECK(message("1.server.example").empty());
    CHECK(message("server01").empty());
  }
}

TEST_SUITE("Address literal") {
  TEST_CASE("IPv4 and IPv6 addresses are literals, with a zone or without") {
    for (const std::string& literal :
         std::vector<std::string>{"127.0.0.1", "::1", "fe80::1%eth0", "2001:db8::1"}) {
      CAPTURE(literal);
      CHECK(is_address_literal(literal));
    }
  }

  TEST_CASE("Names and incomplete addresses are not literals") {
    for (const std::string& name :
         std::vector<std::string>{"server01", "127.0.0", "127.0.0.256", "[::1]", "", "1"}) {
      CAPTURE(name);
      CHECK_FALSE(is_address_literal(name));
    }
  }
}

}  // namespace wsman::testing
