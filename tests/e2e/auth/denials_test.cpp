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
    CHECK(contains(response.error().message, part));
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

TEST_SUITE("denials") {
  TEST_CASE("of a wrong password come from the KDC, and the password goes no further") {
    const Variable none("KRB5CCNAME", kNoTickets);
    const auto before = Acceptor::instance().security();
    check(with_password("tester@WSMAN.TEST", "wrong"),
          {ErrorCode::access_denied, 1326, {"refused the password", "\"tester@WSMAN.TEST\""}});
    check(with_password("nobody@WSMAN.TEST", "wrong"),
          {ErrorCode::access_denied, 5, {"\"nobody@WSMAN.TEST\"", "Check the user name"}});
    CHECK(Acceptor::instance().security().at("kerberos") == before.at("kerberos"));
  }

  TEST_CASE("of a wrong password come from the server with NTLM") {
    Asked asked = ntlm();
    asked.password = "wrong";
    check(asked, {ErrorCode::access_denied, 5, {"\"WSMAN\\tester\"", "Check the user name"}});
    asked.tls = true;
    check(asked, {ErrorCode::access_denied, 5, {"Check the user name", "channel binding"}});
    Client client(asked);
    CHECK_FALSE(contains(sentence(client.identify()), "clock"));
  }

  TEST_CASE("of NTLM to a server that nobody vouches for come before anything is sent") {
    const auto before = Acceptor::instance().security();
    Asked address = ntlm();
    address.host = "127.0.0.1";
    Asked local = with_password(".\\tester", password_of(kUser));
    Asked domain = ntlm();
    address.trusted_hosts = local.trusted_hosts = domain.trusted_hosts = {"elsewhere"};

    check(address, {ErrorCode::authentication,
                    0x803380E4,
                    {"Set-Item WSMan:\\localhost\\Client\\TrustedHosts -Value '127.0.0.1' "
                     "-Concatenate",
                     "-UseSSL"}});
    check(local, {ErrorCode::authentication, 0x803380E4, {"-Value 'localhost' -Concatenate"}});
    check(domain,
          {ErrorCode::authentication, 0x803380E4, {"WSMAN", "-Value 'localhost' -Concatenate"}});

    address.kind = AuthenticationKind::default_;
    check(address, {ErrorCode::authentication, 0x803381BB, {"-Value '127.0.0.1' -Concatenate"}});
    CHECK(Acceptor::instance().security().at("legs") == before.at("legs"));
  }

  TEST_CASE("of Kerberos with an address come before any traffic") {
    Asked asked = with_tickets();
    asked.host = "127.0.0.1";
    check(asked, {ErrorCode::authentication, 0x8033810B, {"computer's name"}});
    asked.kind = AuthenticationKind::default_;
    check(asked, {ErrorCode::authentication, 0x803381BB, {"-Credential"}});
  }

  TEST_CASE("of passwords that no mechanism carries come before any traffic") {
    const ErrorCode bad = ErrorCode::invalid_argument;
    check(with_password("WSMAN\\tester", ""), {bad, 0, {"password is empty"}});
    check(with_password("WSMAN\\tester", std::string("a\0b", 3)), {bad, 0, {"NUL"}});
    check(with_password(std::string("a\0b", 3), "word"), {bad, 0, {"NUL"}});
  }

  TEST_CASE("without a ticket say how to get one") {
    const Variable none("KRB5CCNAME", kNoTickets);
    check(with_tickets(), {ErrorCode::authentication, 1312, {"kinit", "-Credential"}});
  }

  TEST_CASE("with an expired ticket say so") {
    const auto made = command_realm("expired tester old");
    const Variable old("KRB5CCNAME", "FILE:" + made.at("ccache").get<std::string>());
    for (const AuthenticationKind kind :
         {AuthenticationKind::kerberos, AuthenticationKind::negotiate}) {
      Asked asked = with_tickets(kind);
      asked.trusted_hosts = {};  // Else NTLM steps in, with the user of NTLM_USER_FILE.
      check(asked, {ErrorCode::authentication, 0x8033809D, {"expired", "kinit"}});
    }
  }

  TEST_CASE("of a service that the KDC does not know name it") {
    Acceptor service;
    Asked asked = with_tickets();
    asked.spn_port = true;
    const std::string name = "HTTP/localhost:" + std::to_string(service.port(false));
    check(asked, {ErrorCode::authentication, 0x8033809D, {name, "setspn"}}, service);
  }

  TEST_CASE("name what is offered where the mechanism is not") {
    for (const Asked& asked :
         {ntlm(), with_tickets(), with_tickets(AuthenticationKind::negotiate)}) {
      Asked elsewhere = asked;
      elsewhere.path = "/gss/only-basic/wsman";
      check(elsewhere, {ErrorCode::access_denied, 5, {"does not offer", "Basic"}});
    }
  }

  TEST_CASE("of clear text say that the service wants none") {
    Asked tickets = with_tickets();
    Asked password = ntlm();
    tickets.no_encryption = password.no_encryption = true;
    for (const Asked& asked : {tickets, password}) {
      check(asked, {ErrorCode::unencrypted, 5, {"clear text", "-NoEncryption"}});
    }
  }

  TEST_CASE("of a channel that is not the same come from the server") {
    Acceptor strict({"--channel-binding", "strict"});
    for (Asked asked : {ntlm(true), with_tickets(AuthenticationKind::negotiate)}) {
      asked.tls = true;
      asked.path = "/gss/other-certificate/wsman";
      check(asked, {ErrorCode::access_denied, 5, {"channel binding", "proxy"}}, strict);
    }
  }

  TEST_CASE("of a KDC that is not there, or of no realm, say where it is looked for") {
    const Variable none("KRB5CCNAME", kNoTickets);
    Asked asked = with_password("someone@ELSEWHERE.TEST", "word");
    asked.kind = AuthenticationKind::kerberos;
    check(asked, {ErrorCode::authentication, 1311, {"ELSEWHERE.TEST", "/etc/krb5.conf"}});
  }
}

}  // namespace wsman::testing
