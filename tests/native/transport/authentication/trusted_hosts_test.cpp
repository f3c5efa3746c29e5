#include "transport/authentication/trusted_hosts.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace wsman::testing {
namespace {

struct HostRow {
  std::vector<std::string> hosts;
  const char* host;
  bool trusted;
};

const std::vector<HostRow> kHosts = {
    {{}, "server01", false},
    {{"server01"}, "", false},
    {{"*"}, "", false},
    {{"server01"}, "server01", true},
    {{"SERVER01"}, "server01", true},
    {{"server01"}, "server011", false},
    {{"server01"}, "server01.example.com", false},
    {{"server02", " server01 ", "server03"}, "server01", true},
    {{"", "", " ", ""}, "server01", false},
    {{"*"}, "server01", true},
    {{"*"}, "192.0.2.7", true},
    {{"*"}, "2001:db8::7", true},
    {{"*.example.com"}, "server01.example.com", true},
    {{"*.example.com"}, "example.com", false},
    {{"*.example.com"}, "server01.example.com.evil.test", false},
    {{"server*"}, "server01", true},
    {{"s*r*1"}, "server01", true},
    {{"s*r*2"}, "server01", false},
    {{"192.0.2.*"}, "192.0.2.7", true},
    {{"192.0.2.*"}, "192.0.20.7", false},
    {{"**"}, "server01", true},
    {{"<local>"}, "server01", true},
    {{"<LOCAL>"}, "server01", true},
    {{"<local>"}, "server01.example.com", false},
    {{"<local>"}, "192.0.2.7", false},
    {{"<local>"}, "::1", false},
    {{"[2001:db8::7]"}, "2001:db8::7", true},
    {{"2001:db8::7"}, "2001:db8::7", true},
    {{"[2001:DB8:0:0::7]"}, "2001:db8::7", true},
    {{"[2001:db8::8]"}, "2001:db8::7", false},
    {{"[fe80::1]"}, "fe80::1%eth0", true},
    {{"[2001:db8::*]"}, "2001:db8::7", true},
    {{"::1"}, "server01", false},
    {{"[]"}, "server01", false},
    {{"server?1"}, "server01", false},
};

}  // namespace

TEST_SUITE("Trusted hosts") {
  TEST_CASE("A trusted host is found by name, wildcard, address and <local>") {
    for (const HostRow& row : kHosts) {
      CAPTURE(row.hosts.empty() ? "" : row.hosts.front());
      CAPTURE(row.host);
      CHECK(authentication::is_trusted_host(row.hosts, row.host) == row.trusted);
    }
  }

  TEST_CASE("A pattern with many wildcards is matched without exponential time") {
    std::string stars;
    for (int i = 0; i < 2000; ++i) stars += "*a";
    CHECK_FALSE(authentication::is_trusted_host({stars + "b"}, std::string(4000, 'a')));
  }
}

}  // namespace wsman::testing
