#include "transport/authentication/gss/failure.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

constexpr uint32_t kFailure = 13U << 16;

// A code of libkrb5, by its place in the table.
uint32_t kerberos(int code) { return static_cast<uint32_t>(-1765328384 + code); }

TransportOptions options() {
  TransportOptions options;
  options.endpoint = {false, "server01", 5985, "/wsman"};
  options.credential.given = true;
  options.credential.user_name = "someone";
  return options;
}

}  // namespace

TEST_SUITE("GSSAPI failure") {
  TEST_CASE("The reason of a failure comes from the Kerberos code") {
    struct Row {
      int code;
      gss::Reason reason;
    };
    for (const Row& row : std::vector<Row>{{6, gss::Reason::user_unknown},
                                           {7, gss::Reason::service_unknown},
                                           {18, gss::Reason::account_locked},
                                           {23, gss::Reason::password_expired},
                                           {24, gss::Reason::wrong_password},
                                           {31, gss::Reason::wrong_password},
                                           {32, gss::Reason::ticket_expired},
                                           {37, gss::Reason::clock_skew},
                                           {41, gss::Reason::wrong_key},
                                           {46, gss::Reason::unproved},
                                           {148, gss::Reason::clock_skew},
                                           {154, gss::Reason::no_realm},
                                           {156, gss::Reason::kdc_unreachable},
                                           {195, gss::Reason::no_ticket},
                                           {210, gss::Reason::wrong_password},
                                           {224, gss::Reason::no_realm},
                                           {60, gss::Reason::other}}) {
      CAPTURE(row.code);
      CHECK(gss::reason_for({kFailure, kerberos(row.code)}) == row.reason);
    }
  }

  TEST_CASE("The reason of a failure comes from the GSSAPI status if Kerberos gave none") {
    CHECK(gss::reason_for({gss::kNoCredential, 0}) == gss::Reason::no_ticket);
    CHECK(gss::reason_for({gss::kCredentialExpired, 100001}) == gss::Reason::ticket_expired);
    CHECK(gss::reason_for({gss::kBadBindings, 0}) == gss::Reason::bindings);
    CHECK(gss::reason_for({kFailure, 0}) == gss::Reason::other);
    CHECK(gss::reason_for({kFailure, 22}) == gss::Reason::other);
  }

  TEST_CASE("The error of each reason gives advice") {
    struct Row {
      gss::Reason reason;
      ErrorCode code;
      uint32_t wsman_code;
      const char* advice;
    };
    for (const Row& row : std::vector<Row>{
             {gss::Reason::wrong_password, ErrorCode::access_denied, 1326, "CheckCredential"},
             {gss::Reason::password_expired, ErrorCode::access_denied, 1326,
              "ChangeKerberosPassword"},
             {gss::Reason::account_locked, ErrorCode::access_denied, 1326, "AskAdministrator"},
             {gss::Reason::user_unknown, ErrorCode::access_denied, 1326, "CheckUserAndRealm"},
             {gss::Reason::no_realm, ErrorCode::authentication, 1311, "ConfigureRealm"},
             {gss::Reason::kdc_unreachable, ErrorCode::authentication, 1311, "CheckKdc"},
             {gss::Reason::no_ticket, ErrorCode::authentication, 1312, "GetTicket"},
             {gss::Reason::ticket_expired, ErrorCode::authentication, 0x8033809D, "RenewTicket"},
             {gss::Reason::clock_skew, ErrorCode::authentication, 0x8033809D, "SetClocks"},
             {gss::Reason::service_unknown, ErrorCode::authentication, 0x8033809D,
              "RegisterServiceName"},
             {gss::Reason::wrong_key, ErrorCode::authentication, 0x8033809D, "CorrectServiceName"},
             {gss::Reason::unproved, ErrorCode::authentication, 0x803381F0, "VerifyServer"},
             {gss::Reason::bindings, ErrorCode::authentication, 0x8033809D, "LookForTlsProxy"},
             {gss::Reason::other, ErrorCode::authentication, 0x8033809D,
              "UseOtherAuthentication"}}) {
      const Error error =
          gss::kerberos_error({row.reason, "its words"}, options(), "HTTP/server01");
      CAPTURE(error.message);
      CHECK(error.code == row.code);
      CHECK(error.wsman_code == row.wsman_code);
      CHECK(contains(error.message, "server01 (port 5985)"));
      CHECK(contains(error.message, "its words"));
      CHECK(advice_of(error) == row.advice);
    }
  }

  TEST_CASE("The error has the words by which scripts know the failure on Windows") {
    for (const auto& [reason, words] : std::vector<std::pair<gss::Reason, const char*>>{
             {gss::Reason::wrong_password, "The user name or password is incorrect"},
             {gss::Reason::user_unknown, "The user name or password is incorrect"},
             {gss::Reason::account_locked, "currently locked"},
             {gss::Reason::no_realm, "no logon servers available"},
             {gss::Reason::kdc_unreachable, "no logon servers available"},
             {gss::Reason::service_unknown, "cannot find the computer"},
             {gss::Reason::other, "WinRM cannot process the request"}}) {
      CHECK(contains(gss::kerberos_error({reason, ""}, options(), "HTTP/server01").message, words));
    }
  }

  TEST_CASE("The error for a missing GSSAPI library names it") {
    const Result<gss::Library> missing = gss::load("libno-such-gssapi.so.9");

    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code == ErrorCode::authentication);
    CHECK(contains(missing.error().message, "libno-such-gssapi.so.9"));
    CHECK(advice_of(missing.error()) == "InstallKerberos");
  }

  TEST_CASE("The error for a wrong library names the missing function") {
    const Result<gss::Library> other = gss::load("libc.so.6");

    REQUIRE_FALSE(other.ok());
    CHECK(contains(other.error().message, "gss_import_name"));
  }
}

}  // namespace wsman::testing
