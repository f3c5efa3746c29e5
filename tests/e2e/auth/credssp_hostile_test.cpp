// Servers of CredSSP that refuse, err or lie, at every step: what the user is told, and what they
// never get.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "auth/client.h"
#include "auth/credssp_asking.h"
#include "auth/realm.h"

namespace wsman::testing {
namespace {

struct CredsspRow {
  const char* what;
  std::vector<ErrorCode> codes;
  const char* words = "";
};

// `told` is how many credentials a client may hand over on the way.
void check_credssp(const std::vector<CredsspRow>& rows, bool tls, int told) {
  for (const CredsspRow& row : rows) {
    for (const char* user : {"WSMAN\\tester", "tester@WSMAN.TEST"}) {
      Acceptor& service = offering_service();
      Asked asked = handing_over(user, tls);
      asked.path = std::string("/gss/") + row.what + "/wsman";
      CAPTURE(row.what);
      CAPTURE(asked.user);
      const Growth grown(service);
      Client client(asked, service);
      const auto response = ask_repeatedly(client);
      CAPTURE(sentence(response));
      REQUIRE_FALSE(response.ok());
      CHECK(std::count(row.codes.begin(), row.codes.end(), code(response)) == 1);
      CHECK(contains(sentence(response), row.words));
      CHECK(grown("told") == told);
      CHECK(client.transport().connections() == 0);
      CHECK(client.close().secrets_wiped);
    }
  }
}

void check_refused(const Asked& asked, Acceptor& service, std::uint32_t wsman_code,
                   const std::vector<std::string>& parts) {
  Client client(asked, service);
  const auto response = client.identify();
  REQUIRE_FALSE(response.ok());
  CAPTURE(response.error().message);
  CHECK(response.error().wsman_code == wsman_code);
  for (const std::string& part : parts) CHECK(contains(sentence(response), part));
}

}  // namespace

TEST_SUITE("CredSSP access denied") {
  TEST_CASE("A wrong password is reported and no credential is delegated") {
    Asked asked = handing_over();
    asked.password = "wrong";
    Acceptor& service = offering_service();
    const Growth grown(service);
    check_refused(asked, service, 1326, {"0xC000006D", "\"WSMAN\\tester\"", "user name"});
    CHECK(grown("told") == 0);

    // Version 5 has no field for the reason.
    Acceptor terse(offering({"--credssp-version", "5"}));
    check_refused(asked, terse, 5, {"Access is denied", "\"WSMAN\\tester\"", "CheckCredential"});
    CHECK(terse.security().at("told") == 0);
    // Nothing inside is bound to the TLS outside.
    asked.tls = true;
    Client over_tls(asked, terse);
    CHECK_FALSE(contains(sentence(over_tls.identify()), "LookForOtherCertificate"));
    asked.tls = false;

    const Variable none("KRB5CCNAME", kNoTickets);
    asked.user = "tester@WSMAN.TEST";
    check_refused(asked, service, 1326, {"refused the password"});
    CHECK(grown("told") == 0);
  }

  TEST_CASE("A credential that the server cannot use is refused after it was delegated") {
    Acceptor service(offering({"--password", "another"}));
    check_refused(handing_over(), service, 5, {"Access is denied"});
    CHECK(service.security().at("told") == 1);
    CHECK(service.security().at("credssp") == 0);
  }

  TEST_CASE("Client settings that forbid CredSSP refuse it before any traffic") {
    Acceptor& service = offering_service();
    const auto before = service.security();
    Asked other = handing_over();
    other.fresh_credentials = {"wsman/elsewhere"};
    check_refused(other, service, 0x803381A3, {"AllowCredSsp(localhost)"});
    Asked off = handing_over();
    off.fresh_credentials = {};
    check_refused(off, service, 0x803381A2, {"AllowCredSsp(localhost)"});
    Asked nobody = handing_over();
    nobody.user.clear();
    check_refused(nobody, service, 0x803381A1, {"AddCredentialForCredSsp"});
    Asked address = handing_over();
    address.host = "127.0.0.1";
    address.fresh_credentials = {"wsman/*"};
    address.trusted_hosts = {"elsewhere"};
    check_refused(address, service, 0x803380E4, {"TrustedHosts"});
    CHECK(service.security().at("tokens") == before.at("tokens"));
  }

  TEST_CASE("The error names the mechanisms of a server without CredSSP") {
    check_refused(handing_over(), Acceptor::instance(), 5, {"does not offer", "Negotiate"});
  }
}

TEST_SUITE("Hostile CredSSP server") {
  TEST_CASE("A server that cannot prove its public key gets no credential") {
    const std::vector<CredsspRow> rows = {
        {"credssp-wrong-key", {ErrorCode::authentication}, "0x803381F0"},
        {"credssp-other-certificate", {ErrorCode::authentication}, "0x803381F0"},
        {"credssp-downgrade", {ErrorCode::authentication}, "CVE-2018-0886"},
    };
    check_credssp(rows, false, 0);
    check_credssp(rows, true, 0);
  }

  TEST_CASE("A server that breaks off or sends invalid data gets no credential") {
    const std::vector<CredsspRow> rows = {
        {"credssp-garbage", {ErrorCode::authentication}, "not CredSSP"},
        {"credssp-oversized-token", {ErrorCode::limit}},
        {"credssp-error", {ErrorCode::access_denied}, "0xC000006D"},
        {"credssp-ends-shaking", {ErrorCode::connection_lost}},
        {"credssp-ends-proving", {ErrorCode::connection_lost}},
        {"credssp-ends-binding", {ErrorCode::connection_lost}},
        {"only-basic", {ErrorCode::access_denied}},
        {"garbage-token", {ErrorCode::authentication}, "TLS handshake"},
        {"no-base64", {ErrorCode::authentication, ErrorCode::access_denied}},
        {"oversized-token", {ErrorCode::limit}},
        {"endless", {ErrorCode::authentication}},
        {"endless-offer", {ErrorCode::access_denied}},
        {"token-hangs-up", {ErrorCode::connection_lost}},
    };
    check_credssp(rows, false, 0);
    check_credssp(rows, true, 0);
  }

  TEST_CASE("A credential is not delegated again to a server that hangs up on it") {
    check_credssp({{"credssp-ends-delegating", {ErrorCode::connection_lost}}}, false, 1);
  }

  TEST_CASE("A CredSSP message that was changed, replayed or left unsealed is refused") {
    check_credssp({{"plain-answer", {ErrorCode::protocol}},
                   {"stop-sealing", {ErrorCode::protocol}},
                   {"bad-signature", {ErrorCode::protocol}},
                   {"bit-flip", {ErrorCode::protocol}},
                   {"truncated", {ErrorCode::protocol, ErrorCode::connection_lost}},
                   {"replay", {ErrorCode::protocol}},
                   {"reorder", {ErrorCode::protocol}},
                   {"wrong-protocol", {ErrorCode::protocol}},
                   {"wrong-length", {ErrorCode::protocol}},
                   {"short-length", {ErrorCode::protocol}},
                   {"wild-signature-length", {ErrorCode::protocol}}},
                  false, 1);
  }

  TEST_CASE("Harmless variations of a CredSSP message are accepted") {
    for (const char* what : {"no-tab", "exchange-boundary", "credssp-closes-each"}) {
      CAPTURE(what);
      Asked asked = handing_over();
      asked.path = std::string("/gss/") + what + "/wsman";
      Client client(asked, offering_service());
      for (int i = 0; i < 3; ++i) CHECK_MESSAGE(is_identity(client.identify()), client.said());
    }
  }
}

}  // namespace wsman::testing
