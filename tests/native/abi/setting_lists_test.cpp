#include "abi/setting_lists.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/bounds.h"

namespace wsman::testing {
TEST_SUITE("lists") {
  TEST_CASE("are split at commas, and lose the space around them") {
    CHECK(split_list("").empty());
    CHECK(split_list(" \t").empty());
    CHECK(split_list("a") == std::vector<std::string>{"a"});
    CHECK(split_list(" a ,\tb") == std::vector<std::string>{"a", "b"});
    CHECK(split_list(",a,,b,") == std::vector<std::string>{"", "a", "", "b", ""});
  }

  TEST_CASE("are joined as they were split") {
    for (const char* text : {"", "a", "a,b", ",a,,b,", ",,"}) {
      CHECK(join_list(split_list(text)) == text);
    }
  }

  TEST_CASE("are added once, whatever their case") {
    std::vector<std::string> hosts{"Server01"};

    append_entries(hosts, {"server02", "SERVER01", "Server02", "<local>", "<LOCAL>"});
    append_entries(hosts, {"server01"});

    CHECK(hosts == std::vector<std::string>{"Server01", "server02", "<local>"});
  }
}

TEST_SUITE("trusted hosts") {
  TEST_CASE("may be names, addresses, patterns, IPv6 in brackets, and <local>") {
    for (const char* text :
         {"", "*", "server01", "server01,server02.example.com", "*.example.com", "10.0.0.*",
          "srv-*-eu", "a_b", "192.0.2.1", "[2001:db8::1]", "[fe80::1%eth0]", "<local>", "<LOCAL>",
          "m\xC3\xBCnster.example", "<local>,*.example.com,[::1]"}) {
      CAPTURE(text);
      CHECK(problem_with_hosts(text).empty());
    }
  }

  TEST_CASE("are refused with the mistake that was made") {
    CHECK(contains(problem_with_hosts("a,,b"), "has an empty entry"));
    CHECK(contains(problem_with_hosts(",a"), "has an empty entry"));
    CHECK(contains(problem_with_hosts("a, "), "has an empty entry"));
    CHECK(contains(problem_with_hosts("a,*"), "stands alone"));
    CHECK(contains(problem_with_hosts("*,a"), "stands alone"));
    CHECK(contains(problem_with_hosts("*,*"), "stands alone"));
    CHECK(contains(problem_with_hosts("http://server01"), "\"http://server01\", which is a URL"));
    CHECK(contains(problem_with_hosts("https://[::1]:5986/wsman"), "which is a URL"));
    CHECK(contains(problem_with_hosts("good,server01:5985"), "\"server01:5985\""));
    CHECK(contains(problem_with_hosts("server01:5985"), "without a port"));
    CHECK(contains(problem_with_hosts("2001:db8::1"), "in brackets, as [2001:db8::1]"));
  }

  TEST_CASE("are refused where they could be no host") {
    for (const char* text :
         {"a b", "a;b", "[server01]", "[]", "[", "[192.0.2.1]", "[::1]:5985", "[::g]", "<remote>",
          "<local", "a/b", "a\\b", "a?c", "user@host", "\"a\"", "a\nb", "a\x7F"}) {
      CAPTURE(text);
      CHECK(contains(problem_with_hosts(text), "which is neither a host name"));
    }
  }
}

TEST_SUITE("computers that may get fresh credentials") {
  TEST_CASE("are services on names, addresses and patterns") {
    for (const char* text :
         {"", "wsman/*", "wsman/server01", "WSMAN/Server01.example.com", "wsman/*.example.com",
          "wsman/10.0.0.*", "wsman/[2001:db8::1]", "wsman/a, wsman/b", "TERMSRV/*,wsman/a"}) {
      CAPTURE(text);
      CHECK(problem_with_fresh_credentials(text).empty());
    }
  }

  TEST_CASE("are refused with what they should have been") {
    CHECK(problem_with_fresh_credentials("server01") == "holds \"server01\"; write wsman/server01");
    CHECK(problem_with_fresh_credentials("wsman/a,*") == "holds \"*\"; write wsman/*");
    CHECK(problem_with_fresh_credentials("[::1]") == "holds \"[::1]\"; write wsman/[::1]");
    for (const char* text : {"wsman/a,,wsman/b", ",wsman/a", "wsman/a,"}) {
      CAPTURE(text);
      CHECK(contains(problem_with_fresh_credentials(text), "has an empty entry"));
    }
  }

  TEST_CASE("are refused where they could be no computer") {
    for (const char* text : {"wsman/", "/server01", "*/server01", "wsman/a/b", "wsman/a:5985",
                             "wsman/::1", "wsman/<local>", "<local>", "wsman/a b", "ws man/a",
                             "http://server01", "wsman\\a", "wsman/a?", "wsman/a\nb"}) {
      CAPTURE(text);
      CHECK(contains(problem_with_fresh_credentials(text), "which is not wsman/ and a computer"));
    }
  }
}

}  // namespace wsman::testing
