#include "abi/settings/setting_lists.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/bounds.h"

namespace wsman::testing {
TEST_SUITE("Setting list") {
  TEST_CASE("A list is split at commas, and blanks around its entries are removed") {
    CHECK(abi::split_list("").empty());
    CHECK(abi::split_list(" \t").empty());
    CHECK(abi::split_list("a") == std::vector<std::string>{"a"});
    CHECK(abi::split_list(" a ,\tb") == std::vector<std::string>{"a", "b"});
    CHECK(abi::split_list(",a,,b,") == std::vector<std::string>{"", "a", "", "b", ""});
  }

  TEST_CASE("A split list is joined to the same text again") {
    for (const char* text : {"", "a", "a,b", ",a,,b,", ",,"}) {
      CHECK(abi::join_list(abi::split_list(text)) == text);
    }
  }

  TEST_CASE("An entry is appended once, compared without case") {
    std::vector<std::string> hosts{"Server01"};

    abi::append_entries(hosts, {"server02", "SERVER01", "Server02", "<local>", "<LOCAL>"});
    abi::append_entries(hosts, {"server01"});

    CHECK(hosts == std::vector<std::string>{"Server01", "server02", "<local>"});
  }
}

TEST_SUITE("Trusted hosts") {
  TEST_CASE("Names, addresses, patterns, bracketed IPv6 and <local> are valid entries") {
    for (const char* text :
         {"", "*", "server01", "server01,server02.example.com", "*.example.com", "10.0.0.*",
          "srv-*-eu", "a_b", "192.0.2.1", "[2001:db8::1]", "[fe80::1%eth0]", "<local>", "<LOCAL>",
          "xn--mnchen-3ya.example", "<local>,*.example.com,[::1]"}) {
      CAPTURE(text);
      CHECK(abi::problem_with_hosts(text).empty());
    }
  }

  TEST_CASE("An invalid trusted host is refused with the kind of mistake") {
    CHECK(contains(abi::problem_with_hosts("a,,b"), "has an empty entry"));
    CHECK(contains(abi::problem_with_hosts(",a"), "has an empty entry"));
    CHECK(contains(abi::problem_with_hosts("a, "), "has an empty entry"));
    CHECK(contains(abi::problem_with_hosts("a,*"), "stands alone"));
    CHECK(contains(abi::problem_with_hosts("*,a"), "stands alone"));
    CHECK(contains(abi::problem_with_hosts("*,*"), "stands alone"));
    CHECK(contains(abi::problem_with_hosts("http://server01"),
                   "\"http://server01\", which is a URL"));
    CHECK(contains(abi::problem_with_hosts("https://[::1]:5986/wsman"), "which is a URL"));
    CHECK(contains(abi::problem_with_hosts("good,server01:5985"), "\"server01:5985\""));
    CHECK(contains(abi::problem_with_hosts("server01:5985"), "without a port"));
    CHECK(contains(abi::problem_with_hosts("2001:db8::1"), "in brackets, as [2001:db8::1]"));
  }

  TEST_CASE("A host outside ASCII, which is compared with none, has to be written as A-labels") {
    CHECK(contains(abi::problem_with_hosts("a,m\xC3\xBCnster.example"),
                   "holds \"m\xC3\xBCnster.example\"; write letters outside ASCII as A-labels"));
    CHECK(contains(abi::problem_with_fresh_credentials("wsman/m\xC3\xBCnster"), "as A-labels"));
  }

  TEST_CASE("A text that cannot be a host is refused as a trusted host") {
    for (const char* text :
         {"a b", "a;b", "[server01]", "[]", "[", "[192.0.2.1]", "[::1]:5985", "[::g]", "<remote>",
          "<local", "a/b", "a\\b", "a?c", "user@host", "\"a\"", "a\nb", "a\x7F"}) {
      CAPTURE(text);
      CHECK(contains(abi::problem_with_hosts(text), "which is neither a host name"));
    }
  }
}

TEST_SUITE("Fresh credential targets") {
  TEST_CASE("A service on a name, an address or a pattern is a valid target") {
    for (const char* text :
         {"", "wsman/*", "wsman/server01", "WSMAN/Server01.example.com", "wsman/*.example.com",
          "wsman/10.0.0.*", "wsman/[2001:db8::1]", "wsman/a, wsman/b", "TERMSRV/*,wsman/a"}) {
      CAPTURE(text);
      CHECK(abi::problem_with_fresh_credentials(text).empty());
    }
  }

  TEST_CASE("An invalid target is refused with the correct form") {
    CHECK(abi::problem_with_fresh_credentials("server01") ==
          "holds \"server01\"; write wsman/server01");
    CHECK(abi::problem_with_fresh_credentials("wsman/a,*") == "holds \"*\"; write wsman/*");
    CHECK(abi::problem_with_fresh_credentials("[::1]") == "holds \"[::1]\"; write wsman/[::1]");
    for (const char* text : {"wsman/a,,wsman/b", ",wsman/a", "wsman/a,"}) {
      CAPTURE(text);
      CHECK(contains(abi::problem_with_fresh_credentials(text), "has an empty entry"));
    }
  }

  TEST_CASE("A text that cannot be a target is refused") {
    for (const char* text : {"wsman/", "/server01", "*/server01", "wsman/a/b", "wsman/a:5985",
                             "wsman/::1", "wsman/<local>", "<local>", "wsman/a b", "ws man/a",
                             "http://server01", "wsman\\a", "wsman/a?", "wsman/a\nb"}) {
      CAPTURE(text);
      CHECK(contains(abi::problem_with_fresh_credentials(text),
                     "which is not wsman/ and a computer"));
    }
  }
}

}  // namespace wsman::testing
