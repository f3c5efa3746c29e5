#include "transport/authentication/gss_failure.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

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

TEST_SUITE("gss failure") {
  TEST_CASE("is told apart by the code of Kerberos") {
    struct Row {
      int code;
      GssReason reason;
    };
    for (const Row& row : std::vector<Row>{{6, GssReason::user_unknown},
                                           {7, GssReason::service_unknown},
                                           {18, GssReason::account_locked},
                                           {23, GssReason::password_expired},
                                           {24, GssReason::wrong_password},
                                           {31, GssReason::wrong_password},
                                           {32, GssReason::ticket_expired},
                                           {37, GssReason::clock_skew},
                                           {41, GssReason::wrong_key},
                                           {148, GssReason::clock_skew},
                                           {154, GssReason::no_realm},
                                           {156, GssReason::kdc_unreachable},
                                           {195, GssReason::no_ticket},
                                           {210, GssReason::wrong_password},
                                           {224, GssReason::no_realm},
                                           {60, GssReason::other}}) {
      CAPTURE(row.code);
      CHECK(reason_for(kFailure, kerberos(row.code)) == row.reason);
    }
  }

  TEST_CASE("is told apart by the status of GSSAPI where Kerberos says nothing") {
    CHECK(reason_for(gss::kNoCredential, 0) == GssReason::no_ticket);
    CHECK(reason_for(gss::kCredentialExpired, 100001) == GssReason::ticket_expired);
    CHECK(reason_for(gss::kBadBindings, 0) == GssReason::bindings);
    CHECK(reason_for(kFailure, 0) == GssReason::other);
    CHECK(reason_for(kFailure, 22) == GssReason::other);
  }

  TEST_CASE("is a sentence that says what to do") {
    struct Row {
      GssReason reason;
      ErrorCode code;
      uint32_t wsman_code;
      const char* advice;
    };
    for (const Row& row : std::vector<Row>{
             {GssReason::wrong_password, ErrorCode::access_denied, 1326, "Check the user name"},
             {GssReason::password_expired, ErrorCode::access_denied, 1326, "kpasswd"},
             {GssReason::account_locked, ErrorCode::access_denied, 1326, "administrator"},
             {GssReason::user_unknown, ErrorCode::access_denied, 1326, "user@REALM"},
             {GssReason::no_realm, ErrorCode::authentication, 1311, "/etc/krb5.conf"},
             {GssReason::kdc_unreachable, ErrorCode::authentication, 1311, "network"},
             {GssReason::no_ticket, ErrorCode::authentication, 1312, "kinit"},
             {GssReason::ticket_expired, ErrorCode::authentication, 0x8033809D, "kinit"},
             {GssReason::clock_skew, ErrorCode::authentication, 0x8033809D, "Set them right"},
             {GssReason::service_unknown, ErrorCode::authentication, 0x8033809D, "setspn"},
             {GssReason::wrong_key, ErrorCode::authentication, 0x8033809D, "-SPNPort"},
             {GssReason::bindings, ErrorCode::authentication, 0x8033809D, "proxy"},
             {GssReason::other, ErrorCode::authentication, 0x8033809D, "-Authentication"}}) {
      const Error error = kerberos_error({row.reason, "its words"}, options(), "HTTP/server01");
      CAPTURE(error.message);
      CHECK(error.code == row.code);
      CHECK(error.wsman_code == row.wsman_code);
      CHECK(contains(error.message, "server01 (port 5985)"));
      CHECK(contains(error.message, "its words"));
      CHECK(contains(error.message, row.advice));
    }
  }

  TEST_CASE("of a library that is not there names the packages") {
    const Result<gss::Library> missing = gss::load("libno-such-gssapi.so.9");

    REQUIRE_FALSE(missing.ok());
    CHECK(missing.error().code == ErrorCode::authentication);
    for (const char* part : {"libno-such-gssapi.so.9", "apt install libgssapi-krb5-2",
                             "dnf install krb5-libs", "apk add krb5-libs", "-UseSSL"}) {
      CHECK(contains(missing.error().message, part));
    }
  }

  TEST_CASE("of another library in its place names what it lacks") {
    const Result<gss::Library> other = gss::load("libc.so.6");

    REQUIRE_FALSE(other.ok());
    CHECK(contains(other.error().message, "gss_import_name"));
  }

  TEST_CASE("of a missing plug-in names its packages") {
    CHECK(contains(gss::ntlm_missing().message, "apt install gss-ntlmssp"));
    CHECK(contains(gss::ntlm_missing().message, "dnf install gssntlmssp"));
  }
}

}  // namespace wsman::testing
