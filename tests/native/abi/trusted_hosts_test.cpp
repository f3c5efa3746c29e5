#include "abi/trusted_hosts.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "fakes/bounds.h"

namespace wsman {
namespace {

using testing::contains;

std::string problem_with(const std::string& text) { return problem_with_hosts(split_hosts(text)); }

}  // namespace

TEST_SUITE("trusted hosts") {
  TEST_CASE("are split at commas, and lose the space around them") {
    CHECK(split_hosts("").empty());
    CHECK(split_hosts(" \t").empty());
    CHECK(split_hosts("a") == std::vector<std::string>{"a"});
    CHECK(split_hosts(" a ,\tb") == std::vector<std::string>{"a", "b"});
    CHECK(split_hosts(",a,,b,") == std::vector<std::string>{"", "a", "", "b", ""});
  }

  TEST_CASE("are joined as they were split") {
    for (const char* text : {"", "a", "a,b", ",a,,b,", ",,"}) {
      CHECK(join_hosts(split_hosts(text)) == text);
    }
  }

  TEST_CASE("may be names, addresses, patterns, IPv6 in brackets, and <local>") {
    for (const char* text :
         {"", "*", "server01", "server01,server02.example.com", "*.example.com", "10.0.0.*",
          "srv-*-eu", "a_b", "192.0.2.1", "[2001:db8::1]", "[fe80::1%eth0]", "<local>", "<LOCAL>",
          "m\xC3\xBCnster.example", "<local>,*.example.com,[::1]"}) {
      CAPTURE(text);
      CHECK(problem_with(text).empty());
    }
  }

  TEST_CASE("are refused with the mistake that was made") {
    CHECK(contains(problem_with("a,,b"), "has an empty entry"));
    CHECK(contains(problem_with(",a"), "has an empty entry"));
    CHECK(contains(problem_with("a, "), "has an empty entry"));
    CHECK(contains(problem_with("a,*"), "stands alone"));
    CHECK(contains(problem_with("*,a"), "stands alone"));
    CHECK(contains(problem_with("*,*"), "stands alone"));
    CHECK(contains(problem_with("http://server01"), "\"http://server01\", which is a URL"));
    CHECK(contains(problem_with("https://[::1]:5986/wsman"), "which is a URL"));
    CHECK(contains(problem_with("good,server01:5985"), "\"server01:5985\""));
    CHECK(contains(problem_with("server01:5985"), "without a port"));
    CHECK(contains(problem_with("2001:db8::1"), "in brackets, as [2001:db8::1]"));
  }

  TEST_CASE("are refused where they could be no host") {
    for (const char* text :
         {"a b", "a;b", "[server01]", "[]", "[", "[192.0.2.1]", "[::1]:5985", "[::g]", "<remote>",
          "<local", "a/b", "a\\b", "a?c", "user@host", "\"a\"", "a\nb", "a\x7F"}) {
      CAPTURE(text);
      CHECK(contains(problem_with(text), "which is neither a host name"));
    }
  }

  TEST_CASE("are added once, whatever their case") {
    std::vector<std::string> hosts{"Server01"};

    append_hosts(hosts, {"server02", "SERVER01", "Server02", "<local>", "<LOCAL>"});
    append_hosts(hosts, {"server01"});

    CHECK(hosts == std::vector<std::string>{"Server01", "server02", "<local>"});
  }
}

}  // namespace wsman
