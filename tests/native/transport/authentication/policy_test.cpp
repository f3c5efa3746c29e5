#include "transport/authentication/policy.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "support/advice.h"
#include "support/bounds.h"
#include "transport/authentication/mechanism.h"
#include "transport/authentication/mechanisms.h"

namespace wsman::testing {
namespace {

// One row of the policy table: what is asked for, and what it comes to.
struct Row {
  const char* situation;
  AuthenticationKind kind;
  bool tls;
  std::optional<std::string> user_name;
  authentication::Policy policy;
  std::optional<ErrorCode> outcome;
  uint32_t wsman_code = 0;
};

const authentication::Policy kDefaults{};
const authentication::Policy kUnencrypted{true, true};
const authentication::Policy kNoBasic{false, false};

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
    {"Basic with a line end in the name", AuthenticationKind::basic, true, "a\r\nX: y", kDefaults,
     ErrorCode::invalid_argument},
    {"Digest with a line end in the name", AuthenticationKind::digest, true, "a\r\nX: y", kDefaults,
     ErrorCode::invalid_argument},
    {"Digest with a DEL in the name", AuthenticationKind::digest, true, "a\x7F", kDefaults,
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

TEST_SUITE("Authentication policy") {
  TEST_CASE("The policy refuses a combination before any traffic") {
    for (const Row& row : kTable) {
      CAPTURE(row.situation);
      const Status status = authentication::check_authentication(options_of(row), row.policy);
      CHECK(status.ok() == !row.outcome);
      if (status.ok() || !row.outcome) continue;
      CHECK(status.error().code == *row.outcome);
      CHECK(status.error().wsman_code == row.wsman_code);
    }
  }

  TEST_CASE("The error for a disabled mechanism names the setting that enables it") {
    const Row row{"", AuthenticationKind::basic, true, "user", kNoBasic, {}};

    const Status status = authentication::check_authentication(options_of(row), row.policy);

    CHECK(advice_of(status.error()) == "TurnOnSetting(Auth/Basic)");
  }

  TEST_CASE("The error for clear text names the setting that allows it") {
    const Row row{"", AuthenticationKind::basic, false, "user", kDefaults, {}};

    const Status status = authentication::check_authentication(options_of(row), row.policy);

    CHECK(advice_of(status.error()) == "UseTls AllowBySetting(AllowUnencrypted)");
  }
}

TEST_SUITE("Authentication mechanism") {
  TEST_CASE("The mechanisms have PowerShell's names") {
    CHECK(std::string(name_of(AuthenticationKind::none)) == "None");
    CHECK(std::string(name_of(AuthenticationKind::default_)) == "Default");
    CHECK(std::string(name_of(AuthenticationKind::basic)) == "Basic");
    CHECK(std::string(name_of(AuthenticationKind::negotiate)) == "Negotiate");
    CHECK(std::string(name_of(AuthenticationKind::kerberos)) == "Kerberos");
    CHECK(std::string(name_of(AuthenticationKind::digest)) == "Digest");
    CHECK(std::string(name_of(AuthenticationKind::credssp)) == "Credssp");
    CHECK(std::string(name_of(AuthenticationKind::client_certificate)) == "ClientCertificate");
  }

  TEST_CASE("None writes no header") {
    TransportOptions nobody;
    nobody.authentication = AuthenticationKind::none;
    Secret head("before");

    authentication::make_mechanism(nobody, {}, {})
        ->begin("")
        ->append_authorization(head, {"POST", "/wsman"});

    CHECK(head.view() == "before");
  }

  TEST_CASE("Basic writes its header") {
    Credential credential{true, "user", Secret("word")};
    Secret head;

    TransportOptions options;
    options.authentication = AuthenticationKind::basic;
    const std::unique_ptr<authentication::Mechanism> mechanism =
        authentication::make_mechanism(options, std::move(credential), {});
    mechanism->begin("")->append_authorization(head, {"POST", "/wsman"});

    CHECK(head.view() == "Authorization: Basic dXNlcjp3b3Jk\r\n");
  }
}

}  // namespace wsman::testing
