#include "transport/authentication/authentication.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "support/bounds.h"

namespace wsman::testing {
namespace {

// One row of the policy table: what is asked for, and what it comes to.
struct Row {
  const char* situation;
  AuthenticationKind kind;
  bool tls;
  std::optional<std::string> user_name;
  AuthenticationPolicy policy;
  std::optional<ErrorCode> outcome;
  uint32_t wsman_code = 0;
};

const AuthenticationPolicy kDefaults{};
const AuthenticationPolicy kUnencrypted{true, true};
const AuthenticationPolicy kNoBasic{false, false};

const std::vector<Row> kTable = {
    {"nobody", AuthenticationKind::none, false, {}, kDefaults, {}},
    {"nobody over TLS", AuthenticationKind::none, true, {}, kDefaults, {}},
    {"None with a credential", AuthenticationKind::none, true, "user", kDefaults,
     ErrorCode::invalid_argument},
    {"Basic over https", AuthenticationKind::basic, true, "user", kDefaults, {}},
    {"Basic with an empty name", AuthenticationKind::basic, true, "", kDefaults, {}},
    {"Basic over http", AuthenticationKind::basic, false, "user", kDefaults, ErrorCode::unencrypted,
     0x803380DE},
    {"Basic over http, allowed", AuthenticationKind::basic, false, "user", kUnencrypted, {}},
    {"Basic turned off", AuthenticationKind::basic, true, "user", kNoBasic,
     ErrorCode::authentication, 0x803380DF},
    {"Basic without a credential",
     AuthenticationKind::basic,
     true,
     {},
     kDefaults,
     ErrorCode::invalid_argument,
     0x803380B2},
    {"Basic with a colon in the name", AuthenticationKind::basic, true, "a:b", kDefaults,
     ErrorCode::invalid_argument},
};

TransportOptions options_of(const Row& row) {
  TransportOptions options;
  options.endpoint = {row.tls, "server01", 5986, "/wsman"};
  options.authentication = row.kind;
  options.credential.given = row.user_name.has_value();
  options.credential.user_name = row.user_name.value_or("");
  return options;
}

}  // namespace

TEST_SUITE("authentication policy") {
  TEST_CASE("decides before any traffic") {
    for (const Row& row : kTable) {
      CAPTURE(row.situation);
      const Status status = check_authentication(options_of(row), row.policy);
      CHECK(status.ok() == !row.outcome);
      if (status.ok() || !row.outcome) continue;
      CHECK(status.error().code == *row.outcome);
      CHECK(status.error().wsman_code == row.wsman_code);
    }
  }

  TEST_CASE("gives the command that turns a mechanism on") {
    const Row row{"", AuthenticationKind::basic, true, "user", kNoBasic, {}};

    const Status status = check_authentication(options_of(row), row.policy);

    CHECK(contains(status.error().message,
                   "Set-Item WSMan:\\localhost\\Client\\Auth\\Basic -Value $true"));
  }

  TEST_CASE("gives the command that allows clear text") {
    const Row row{"", AuthenticationKind::basic, false, "user", kDefaults, {}};

    const Status status = check_authentication(options_of(row), row.policy);

    CHECK(contains(status.error().message,
                   "Set-Item WSMan:\\localhost\\Client\\AllowUnencrypted -Value $true"));
    CHECK(contains(status.error().message, "-UseSSL"));
  }
}

TEST_SUITE("authentication") {
  TEST_CASE("has PowerShell's names") {
    CHECK(std::string(name_of(AuthenticationKind::none)) == "None");
    CHECK(std::string(name_of(AuthenticationKind::default_)) == "Default");
    CHECK(std::string(name_of(AuthenticationKind::basic)) == "Basic");
    CHECK(std::string(name_of(AuthenticationKind::negotiate)) == "Negotiate");
    CHECK(std::string(name_of(AuthenticationKind::kerberos)) == "Kerberos");
    CHECK(std::string(name_of(AuthenticationKind::digest)) == "Digest");
    CHECK(std::string(name_of(AuthenticationKind::credssp)) == "Credssp");
    CHECK(std::string(name_of(AuthenticationKind::client_certificate)) == "ClientCertificate");
  }

  TEST_CASE("None writes no line") {
    TransportOptions nobody;
    nobody.authentication = AuthenticationKind::none;
    Secret head("before");

    make_mechanism(nobody, {}, {})->begin("")->append_authorization(head, {"POST", "/wsman"});

    CHECK(head.view() == "before");
  }

  TEST_CASE("Basic writes its line") {
    Credential credential{true, "user", Secret("word")};
    Secret head;

    TransportOptions options;
    options.authentication = AuthenticationKind::basic;
    const std::unique_ptr<Mechanism> mechanism = make_mechanism(options, std::move(credential), {});
    mechanism->begin("")->append_authorization(head, {"POST", "/wsman"});

    CHECK(head.view() == "Authorization: Basic dXNlcjp3b3Jk\r\n");
  }
}

}  // namespace wsman::testing
