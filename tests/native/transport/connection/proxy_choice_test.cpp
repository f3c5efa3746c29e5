// Which proxy is taken, if any.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/bounds.h"
#include "transport/connection/proxy.h"
#include "transport/connection/proxy_tunnel.h"

namespace wsman::testing {
namespace {

TransportOptions with_proxy(const std::string& address) {
  TransportOptions options;
  options.endpoint = {true, "server01.example.com", 5986, "/wsman"};
  options.proxy.emplace();
  options.proxy->authentication = AuthenticationKind::basic;
  options.proxy->credential = {true, "gate", Secret("open sesame")};
  options.proxy->address = address;
  return options;
}

std::string chosen(const std::string& address, const std::string& bypass = "",
                   const std::string& host = "server01.example.com") {
  TransportOptions options = with_proxy(address);
  options.endpoint.host = host;
  options.proxy->bypass = bypass;
  const auto proxy = connection::proxy_for(options);
  if (!proxy.ok()) return "error: " + proxy.error().message;
  return proxy.value() ? proxy.value()->url() : "none";
}

}  // namespace

TEST_SUITE("Proxy") {
  TEST_CASE("A proxy is read from its address") {
    CHECK(chosen("http://proxy:3128") == "http://proxy:3128/");
    CHECK(chosen("http://proxy:3128/") == "http://proxy:3128/");
    CHECK(chosen("proxy:3128") == "http://proxy:3128/");
    CHECK(chosen("HTTP://proxy") == "http://proxy:80/");
    CHECK(chosen(" http://[fe80::7]:3128 ") == "http://[fe80::7]:3128/");
    CHECK(chosen("") == "none");
    for (const char* bad : {"https://proxy:3128", "socks5://proxy", "http://user:secret@proxy:3128",
                            "http://", "http://proxy:99999", "proxy:secret"}) {
      CAPTURE(bad);
      const std::string said = chosen(bad);
      CHECK(contains(said, "error: The environment variable https_proxy"));
      CHECK_FALSE(contains(said, "secret"));
    }
  }

  TEST_CASE("Connections to this computer use no proxy") {
    for (const char* host : {"localhost", "LOCALHOST", "here.localhost", "localhost.", "127.0.0.1",
                             "127.1.2.3", "::1", "::1%lo"}) {
      CAPTURE(host);
      CHECK(chosen("http://proxy:3128", "", host) == "none");
    }
    CHECK(chosen("http://proxy:3128", "", "127.example.com") != "none");
  }

  TEST_CASE("Computers on the bypass list use no proxy") {
    struct Row {
      const char* bypass;
      const char* host;
      bool left_out;
    };
    for (const Row& row : std::vector<Row>{{"server01", "SERVER01", true},
                                           {"other, server01", "server01", true},
                                           {"other server01", "server01", true},
                                           {"server01", "server011", false},
                                           {"erver01", "server01", false},
                                           {"example.com", "a.example.com", true},
                                           {".example.com", "a.EXAMPLE.com", true},
                                           {"example.com", "anexample.com", false},
                                           {"server01:5986", "server01", true},
                                           {"server01:443", "server01", false},
                                           {"server01:x", "server01", false},
                                           {"10.0.0.1", "10.0.0.1", true},
                                           {"0.0.1", "10.0.0.1", false},
                                           {"[fe80::1]:5986", "fe80::1", true},
                                           {"fe80::1", "fe80::1", true},
                                           {"*", "anything", true},
                                           {" ,, .", "server01", false},
                                           {"", "server01", false}}) {
      CAPTURE(row.bypass);
      CAPTURE(row.host);
      CHECK(connection::is_bypassed(row.bypass, row.host, 5986) == row.left_out);
    }
  }

  TEST_CASE("The dot of the root names the same computer") {
    CHECK(chosen("http://proxy:3128", "example.com", "server01.example.com.") == "none");
    CHECK(chosen("http://proxy:3128", "example.com.", "server01.example.com") == "none");
    CHECK(chosen("http://proxy:3128", "example.com", "server01.example.org.") != "none");
  }

  TEST_CASE("Proxies that Windows refuses are refused with its codes") {
    const auto code = [](AuthenticationKind kind, bool tls) {
      TransportOptions options = with_proxy("");
      options.endpoint.tls = tls;
      options.authentication = kind;
      const Status status = connection::check_proxy(options);
      return status.ok() ? 0 : status.error().wsman_code;
    };
    CHECK(code(AuthenticationKind::negotiate, false) == 0x803381B1);
    CHECK(code(AuthenticationKind::kerberos, true) == 0x803381B2);
    CHECK(code(AuthenticationKind::credssp, true) == 0x803381B3);
    CHECK(code(AuthenticationKind::negotiate, true) == 0);
    TransportOptions proxy = with_proxy("");
    proxy.authentication = AuthenticationKind::basic;
    CHECK(connection::check_proxy_authentication(proxy, {}).error().wsman_code == 0x8033819B);
    proxy.authentication = AuthenticationKind::kerberos;
    CHECK(connection::check_proxy_authentication(proxy, {}).error().wsman_code == 0x8033819A);
  }

  TEST_CASE("A user name that would end a header field or a hash is refused") {
    for (const AuthenticationKind kind : {AuthenticationKind::basic, AuthenticationKind::digest}) {
      for (const char* user : {"a:b", "a\r\nX: y", "a\nGET / HTTP/1.1", "a\tb", "a\x7F"}) {
        CAPTURE(user);
        TransportOptions proxy = with_proxy("");
        proxy.authentication = kind;
        proxy.credential = {true, user, Secret("open sesame")};
        const Status usable = connection::check_proxy_authentication(proxy, {});
        REQUIRE_FALSE(usable.ok());
        CHECK(contains(usable.error().message, "A user name for the proxy cannot hold a"));
      }
    }
  }

  TEST_CASE("The password of a proxy that leads nowhere is wiped") {
    TransportOptions options = with_proxy("");
    const auto tunnel = connection::ProxyTunnel::make(options, {});
    REQUIRE(tunnel.ok());
    CHECK_FALSE(tunnel.value());
    CHECK(options.proxy->credential.password.empty());
  }
}

}  // namespace wsman::testing
