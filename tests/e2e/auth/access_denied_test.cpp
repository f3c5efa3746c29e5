// What is refused, here or by the server, and what the user is told.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "auth/client.h"
#include "auth/realm.h"

namespace wsman::testing {
namespace {

struct Expected {
  ErrorCode code;
  std::uint32_t wsman_code;
  std::vector<std::string> parts;
};

void check(const Result<HttpResponse>& response, const Expected& expected) {
  REQUIRE_FALSE(response.ok());
  CAPTURE(response.error().message);
  CHECK(response.error().code == expected.code);
  CHECK(response.error().wsman_code == expected.wsman_code);
  for (const std::string& part : expected.parts) {
    CAPTURE(part);
    CHECK(contains(sentence(response), part));
  }
}

void check(const Asked& asked, const Expected& expected, Acceptor& service = Acceptor::instance()) {
  Client client(asked, service);
  check(client.identify(), expected);
}

Asked with_password(const std::string& user, const std::string& password) {
  Asked asked;
  asked.user = user;
  asked.password = password;
  return asked;
}

Asked with_tickets(AuthenticationKind kind = AuthenticationKind::kerberos) {
  Asked asked;
  asked.kind = kind;
  return asked;
}

}  // namespace

TEST_SUITE("Access denied") {
  TEST_CASE("A wrong Kerberos password is refused by the KDC and sent no further") {
    const Variable none("KRB5CCNAME", kNoTickets);
    const auto before = Acceptor::instance().security();
    check(with_password("tester@WSMAN.TEST", "wrong"),
          {ErrorCode::access_denied, 1326, {"refused the password", "\"tester@WSMAN.TEST\""}});
    check(with_password("nobody@WSMAN.TEST", "wrong"),
          {ErrorCode::access_denied, 5, {"\"nobody@WSMAN.TEST\"", "CheckCredential"}});
    CHECK(Acceptor::instance().security().at("kerberos") == before.at("kerberos"));
  }

  TEST_CASE("A wrong NTLM password is refused by the server") {
    Asked asked = ntlm();
    asked.password = "wrong";
    check(asked, {ErrorCode::access_denied, 5, {"\"WSMAN\\tester\"", "CheckCredential"}});
    check(asked, {ErrorCode::access_denied, 5, {"UseTlsIfBound"}});
    asked.user = "WSMAN\\nobody";
    check(asked, {ErrorCode::access_denied, 5, {"\"WSMAN\\nobody\"", "CheckCredential"}});
    asked.tls = true;
    check(asked, {ErrorCode::access_denied, 5, {"CheckCredential", "LookForOtherCertificate"}});
    Client client(asked);
    CHECK_FALSE(contains(sentence(client.identify()), "clock"));
    CHECK_FALSE(contains(sentence(client.identify()), "UseTlsIfBound"));
  }

  TEST_CASE("A server that takes Kerberos alone is told from a wrong password") {
    Acceptor service({"--gss-mechs", "kerberos"});
    check(ntlm(), {ErrorCode::access_denied, 5, {"does not accept NTLM", "UseAuthentication"}},
          service);
    Client client(ntlm(), service);
    CHECK_FALSE(contains(sentence(client.identify()), "CheckCredential"));
    CHECK_FALSE(contains(sentence(client.identify()), "Negotiate."));
  }

  TEST_CASE("NTLM to a server that is not trusted is refused before anything is sent") {
    const auto before = Acceptor::instance().security();
    Asked address = ntlm();
    address.host = "127.0.0.1";
    Asked local = with_password(".\\tester", password_of(kUser));
    Asked domain = ntlm();
    address.trusted_hosts = local.trusted_hosts = domain.trusted_hosts = {"elsewhere"};

    check(address, {ErrorCode::authentication, 0x803380E4, {"TrustHost(127.0.0.1)"}});
    check(local, {ErrorCode::authentication, 0x803380E4, {"TrustHost(localhost)"}});
    check(domain, {ErrorCode::authentication, 0x803380E4, {"WSMAN", "TrustHost(localhost)"}});

    address.kind = AuthenticationKind::default_;
    check(address, {ErrorCode::authentication, 0x803381BB, {"TrustHost(127.0.0.1)"}});
    CHECK(Acceptor::instance().security().at("tokens") == before.at("tokens"));
  }

  TEST_CASE("Kerberos with an IP address is refused before any traffic") {
    Asked asked = with_tickets();
    asked.host = "127.0.0.1";
    check(asked, {ErrorCode::authentication, 0x8033810B, {"UseComputerName"}});
    asked.kind = AuthenticationKind::default_;
    check(asked, {ErrorCode::authentication, 0x803381BB, {"AddCredentialOrName"}});
  }

  TEST_CASE("A password that no mechanism can carry is refused before any traffic") {
    const ErrorCode bad = ErrorCode::invalid_argument;
    check(with_password("WSMAN\\tester", ""), {bad, 0, {"password is empty"}});
    check(with_password("WSMAN\\tester", std::string("a\0b", 3)), {bad, 0, {"NUL"}});
    check(with_password(std::string("a\0b", 3), "word"), {bad, 0, {"NUL"}});
  }

  TEST_CASE("The error for a missing ticket says how to get one") {
    const Variable none("KRB5CCNAME", kNoTickets);
    check(with_tickets(), {ErrorCode::authentication, 1312, {"GetTicket"}});
  }

  TEST_CASE("The error for an expired ticket says so") {
    const auto made = command_realm("expired tester old");
    const Variable old("KRB5CCNAME", "FILE:" + made.at("ccache").get<std::string>());
    for (const AuthenticationKind kind :
         {AuthenticationKind::kerberos, AuthenticationKind::negotiate}) {
      Asked asked = with_tickets(kind);
      check(asked, {ErrorCode::authentication, 0x8033809D, {"expired", "RenewTicket"}});
    }
  }

  TEST_CASE("The error for a service that the KDC does not know names the service") {
    Acceptor service;
    Asked asked = with_tickets();
    asked.spn_port = true;
    const std::string name = "HTTP/localhost:" + std::to_string(service.port(false));
    check(asked, {ErrorCode::authentication, 0x8033809D, {name, "RegisterServiceName"}}, service);
  }

  TEST_CASE("The error names the mechanisms of a server without the requested one") {
    for (const Asked& asked :
         {ntlm(), with_tickets(), with_tickets(AuthenticationKind::negotiate)}) {
      Asked elsewhere = asked;
      elsewhere.path = "/gss/only-basic/wsman";
      check(elsewhere, {ErrorCode::access_denied, 5, {"does not offer", "Basic"}});
    }
  }

  TEST_CASE("The error says so if the service refuses clear text") {
    Asked tickets = with_tickets();
    Asked password = ntlm();
    tickets.no_encryption = password.no_encryption = true;
    for (const Asked& asked : {tickets, password}) {
      check(asked, {ErrorCode::unencrypted, 5, {"clear text", "EncryptMessages"}});
    }
  }

  TEST_CASE("The server denies access if the channel binding does not match") {
    Acceptor strict({"--channel-binding", "strict"});
    for (Asked asked : {ntlm(true), with_tickets(AuthenticationKind::negotiate)}) {
      asked.tls = true;
      asked.path = "/gss/other-certificate/wsman";
      check(asked, {ErrorCode::access_denied, 5, {"LookForOtherCertificate"}}, strict);
    }
  }

  TEST_CASE("The error for a KDC that is not found says where it is configured") {
    const Variable none("KRB5CCNAME", kNoTickets);
    Asked asked = with_password("someone@ELSEWHERE.TEST", "word");
    asked.kind = AuthenticationKind::kerberos;
    check(asked, {ErrorCode::authentication, 1311, {"ELSEWHERE.TEST", "ConfigureRealm"}});
  }
}

}  // namespace wsman::testing
