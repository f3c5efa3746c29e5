// What is decided about CredSSP before any traffic, and what a status of a server means.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "support/bounds.h"
#include "transport/authentication/credssp.h"

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

AuthenticationPolicy allowing(const std::vector<std::string>& entries) {
  AuthenticationPolicy policy;
  policy.allow_credssp = true;
  policy.fresh_credentials = entries;
  return policy;
}

bool allows(const std::string& entry, const std::string& host) {
  return check_delegation(options_with_credssp(host), allowing({"wsman/elsewhere", entry})).ok();
}

void check_refused(const Status& status, ErrorCode code, uint32_t wsman_code,
                   const std::string& advice) {
  REQUIRE_FALSE(status.ok());
  CAPTURE(status.error().message);
  CHECK(status.error().code == code);
  CHECK(status.error().wsman_code == wsman_code);
  CHECK(contains(status.error().message, advice));
}

const std::string kEnable = "Enable-WSManCredSSP -Role Client -DelegateComputer server01";

}  // namespace

TEST_SUITE("CredSSP policy") {
  TEST_CASE("allows nobody by default, and says how to") {
    AuthenticationPolicy policy;
    policy.fresh_credentials = {"wsman/*"};
    check_refused(check_authentication(options_with_credssp("server01"), policy),
                  ErrorCode::authentication, 0x803381A2, kEnable);
  }

  TEST_CASE("wants a user name and a password") {
    check_refused(
        check_authentication(options_with_credssp("server01", false), allowing({"wsman/*"})),
        ErrorCode::invalid_argument, 0x803381A1, "-Credential");
    TransportOptions empty = options_with_credssp("server01");
    empty.credential.password.wipe();
    CHECK_FALSE(check_authentication(empty, allowing({"wsman/*"})).ok());
  }

  TEST_CASE("hands nothing to a computer that no entry names") {
    check_refused(
        check_authentication(options_with_credssp("server01"), allowing({"wsman/server02"})),
        ErrorCode::authentication, 0x803381A3, kEnable);
    check_refused(check_authentication(options_with_credssp("server01"), allowing({})),
                  ErrorCode::authentication, 0x803381A3, kEnable);
  }

  TEST_CASE("reads entries with wildcards and without case, of this service alone") {
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

  TEST_CASE("is not asked whether Negotiate is allowed, but keeps its rule for NTLM") {
    AuthenticationPolicy policy = allowing({"wsman/*"});
    policy.allow_negotiate = false;
    TransportOptions options = options_with_credssp("127.0.0.1");
    options.endpoint.tls = false;
    check_refused(check_authentication(options, policy), ErrorCode::authentication, 0x803380E4,
                  "TrustedHosts");
  }
}

TEST_SUITE("CredSSP status") {
  TEST_CASE("becomes the sentence and the code that belong to it") {
    struct Row {
      uint32_t status;
      uint32_t code;
      const char* words;
    };
    for (const Row& row :
         {Row{0xC000006D, 1326, "user name or the password is wrong"},
          Row{0xC0000071, 1330, "expired"}, Row{0xC0000234, 1909, "locked"},
          Row{0x80090346, 0x8033809D, "another certificate"}, Row{0xC00000BB, 5, "0xC00000BB"}}) {
      const Error error = ended_with_status(options_with_credssp("server01"), row.status);
      CAPTURE(error.message);
      CHECK(error.wsman_code == row.code);
      CHECK(contains(error.message, row.words));
      CHECK(contains(error.message, "\"DOMAIN\\user\""));
      CHECK(contains(error.message, "server01"));
    }
  }
}

}  // namespace wsman::testing
