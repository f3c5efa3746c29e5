// What is decided about CredSSP before any traffic, and what a status of a server means.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/advice.h"
#include "support/bounds.h"
#include "transport/authentication/credssp/mechanism.h"

namespace wsman::testing {
namespace {

TransportOptions options_with_credssp(const std::string& host, bool given = true) {
  TransportOptions options;
  options.endpoint = {true, host, 5986, "/wsman"};
  options.authentication = AuthenticationKind::credssp;
  options.credential.given = given;
  options.credential.user_name = "DOMAIN\\user";
  options.credential.password.append("word");
  return options;
}

authentication::Policy allowing(const std::vector<std::string>& entries) {
  authentication::Policy policy;
  policy.allow_credssp = true;
  policy.fresh_credentials = entries;
  return policy;
}

bool allows(const std::string& entry, const std::string& host) {
  return credssp::check_delegation(options_with_credssp(host), allowing({"wsman/elsewhere", entry}))
      .ok();
}

void check_refused(const Status& status, ErrorCode code, uint32_t wsman_code,
                   const std::string& advice) {
  REQUIRE_FALSE(status.ok());
  CAPTURE(status.error().message);
  CHECK(status.error().code == code);
  CHECK(status.error().wsman_code == wsman_code);
  CHECK(advice_of(status.error()) == advice);
}

const std::string kEnable = "AllowCredSsp(server01)";

}  // namespace

TEST_SUITE("CredSSP policy") {
  TEST_CASE("CredSSP is refused by default, and the error says how to allow it") {
    authentication::Policy policy;
    policy.fresh_credentials = {"wsman/*"};
    check_refused(authentication::check_authentication(options_with_credssp("server01"), policy),
                  ErrorCode::authentication, 0x803381A2, kEnable);
  }

  TEST_CASE("CredSSP without a user name and a password is refused") {
    check_refused(authentication::check_authentication(options_with_credssp("server01", false),
                                                       allowing({"wsman/*"})),
                  ErrorCode::invalid_argument, 0x803381A1, "AddCredentialForCredSsp");
    TransportOptions empty = options_with_credssp("server01");
    empty.credential.password.wipe();
    CHECK_FALSE(authentication::check_authentication(empty, allowing({"wsman/*"})).ok());
  }

  TEST_CASE("A computer that no entry names is refused") {
    check_refused(authentication::check_authentication(options_with_credssp("server01"),
                                                       allowing({"wsman/server02"})),
                  ErrorCode::authentication, 0x803381A3, kEnable);
    check_refused(
        authentication::check_authentication(options_with_credssp("server01"), allowing({})),
        ErrorCode::authentication, 0x803381A3, kEnable);
  }

  TEST_CASE("Entries match with wildcards and without case, for WSMAN only") {
    CHECK(allows("wsman/server01", "server01"));
    CHECK(allows("WSMAN/SERVER01", "server01"));
    CHECK(allows(" wsman/*.example.com ", "a.b.example.COM"));
    CHECK(allows("wsman/*", "server01"));
    CHECK(allows("wsman/s*1", "server01"));
    CHECK_FALSE(allows("wsman/server0", "server01"));
    CHECK_FALSE(allows("wsman/*.example.com", "example.com"));
    CHECK_FALSE(allows("server01", "server01"));
    CHECK_FALSE(allows("*", "server01"));
    CHECK_FALSE(allows("termsrv/server01", "server01"));
    CHECK_FALSE(allows("wsman/", "server01"));
    CHECK_FALSE(allows("", "server01"));
  }

  TEST_CASE("CredSSP works with Negotiate disabled, but NTLM still needs a trusted host") {
    authentication::Policy policy = allowing({"wsman/*"});
    policy.allow_negotiate = false;
    TransportOptions options = options_with_credssp("127.0.0.1");
    options.endpoint.tls = false;
    check_refused(authentication::check_authentication(options, policy), ErrorCode::authentication,
                  0x803380E4, "TrustHost(127.0.0.1)");
  }

  TEST_CASE("An IPv6 address is advised in the brackets that the lists want") {
    TransportOptions options = options_with_credssp("2001:db8::7");
    check_refused(authentication::check_authentication(options, allowing({})),
                  ErrorCode::authentication, 0x803381A3, "AllowCredSsp([2001:db8::7])");
    options.endpoint.tls = false;
    check_refused(authentication::check_authentication(options, allowing({"wsman/*"})),
                  ErrorCode::authentication, 0x803380E4, "TrustHost([2001:db8::7])");
  }
}

TEST_SUITE("CredSSP status") {
  TEST_CASE("Each status of a server has its own error code and message") {
    struct Row {
      uint32_t status;
      uint32_t code;
      const char* words;
    };
    for (const Row& row :
         {Row{0xC000006D, 1326, "the user name or password is incorrect"},
          Row{0xC0000071, 1330, "expired"}, Row{0xC0000234, 1909, "locked"},
          Row{0x80090346, 0x8033809D, "another certificate"}, Row{0xC00000BB, 5, "0xC00000BB"}}) {
      const Error error = credssp::ended_with_status(options_with_credssp("server01"), row.status);
      CAPTURE(error.message);
      CHECK(error.wsman_code == row.code);
      CHECK(contains(error.message, row.words));
      CHECK(contains(error.message, "\"DOMAIN\\user\""));
      CHECK(contains(error.message, "server01"));
    }
  }
}

}  // namespace wsman::testing
