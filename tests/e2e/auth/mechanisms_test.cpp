// Each mechanism as a user meets it, in good order.
#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

#include "auth/client.h"
#include "auth/realm.h"

namespace wsman::testing {
namespace {

Asked kerberos(AuthenticationKind kind) {
  Asked asked;
  asked.kind = kind;
  return asked;
}

// A service that knows these as well, each "DOMAIN:user:password".
std::string user_file(const std::vector<std::string>& lines) {
  std::string name = realm().at("folder").get<std::string>() + "/more-users";
  std::ofstream file(name);
  for (const std::string& line : lines) file << line << "\n";
  return name;
}

}  // namespace

TEST_SUITE("Authentication mechanisms") {
  TEST_CASE("Kerberos and Negotiate with a ticket take one round trip and seal over http") {
    for (const AuthenticationKind kind :
         {AuthenticationKind::kerberos, AuthenticationKind::negotiate,
          AuthenticationKind::default_}) {
      CAPTURE(name_of(kind));
      Growth grown;
      Client client(kerberos(kind));

      for (int i = 0; i < 3; ++i) REQUIRE_MESSAGE(is_identity(client.identify()), client.said());

      CHECK(grown("kerberos") == 1);
      CHECK(grown("tokens") == 1);
      CHECK(grown("sealed") == 3);
      CHECK(contains(client.said(), "with Kerberos in 1 round trip; messages are encrypted."));
      CHECK(client.close().secrets_wiped);
    }
  }

  TEST_CASE("Kerberos accepts a password and each form of a user name") {
    const Variable none("KRB5CCNAME", kNoTickets);
    for (const AuthenticationKind kind :
         {AuthenticationKind::kerberos, AuthenticationKind::negotiate,
          AuthenticationKind::default_}) {
      for (const char* name : {"tester", "tester@WSMAN.TEST", "tester@wsman.test",
                               "WSMAN.TEST\\tester", "wsman.test\\tester"}) {
        CAPTURE(name);
        Growth grown;
        Asked asked = kerberos(kind);
        asked.user = name;
        asked.password = password_of(kUser);
        Client client(asked);
        CHECK_MESSAGE(is_identity(client.identify()), client.said());
        CHECK(grown("kerberos") == 1);
        CHECK(client.close().secrets_wiped);
      }
    }
  }

  TEST_CASE("NTLM to a trusted host takes two round trips and seals over http") {
    Growth grown;
    Client client(ntlm());

    for (int i = 0; i < 100; ++i) REQUIRE_MESSAGE(is_identity(client.identify()), client.said());

    CHECK(grown("ntlm") == 1);
    CHECK(grown("tokens") == 2);
    CHECK(grown("sealed") == 100);
    CHECK(contains(client.said(), "with NTLM in 2 round trips; messages are encrypted."));
    CHECK(client.close().secrets_wiped);
  }

  TEST_CASE("NTLM to an IP address does not ask a KDC") {
    Asked asked = ntlm();
    asked.host = "127.0.0.1";
    asked.user = "WSMAN\\tester";
    for (const AuthenticationKind kind :
         {AuthenticationKind::negotiate, AuthenticationKind::default_}) {
      asked.kind = kind;
      Client client(asked);
      CHECK(is_identity(client.identify()));
      CHECK_FALSE(contains(client.said(), "Kerberos"));
    }
  }

  TEST_CASE("NTLM accepts names and passwords outside ASCII, and accounts of the server") {
    std::string longest;
    for (int i = 0; i < 127; ++i) longest += "\xC3\xB6";
    const std::string german = password_of("j\xC3\xBCrgen");
    const Variable users("NTLM_USER_FILE", user_file({"WSMAN:j\xC3\xBCrgen:" + german,
                                                      "WSMAN:long:" + longest, ":local:here"}));
    Acceptor service;
    struct Row {
      std::string user;
      std::string password;
    };
    for (const Row& row : std::vector<Row>{
             {"WSMAN\\j\xC3\xBCrgen", german}, {"WSMAN\\long", longest}, {".\\local", "here"}}) {
      CAPTURE(row.user);
      Asked asked = ntlm();
      asked.user = row.user;
      asked.password = row.password;
      Client client(asked, service);
      CHECK_MESSAGE(is_identity(client.identify()), client.said());
    }
  }

  TEST_CASE("Kerberos accepts names and passwords outside ASCII") {
    const Variable none("KRB5CCNAME", kNoTickets);
    Asked asked = kerberos(AuthenticationKind::kerberos);
    asked.user = "j\xC3\xBCrgen@WSMAN.TEST";
    asked.password = password_of("j\xC3\xBCrgen");
    Client client(asked);
    CHECK(is_identity(client.identify()));
  }

  TEST_CASE("Authentication over https is bound to the channel and does not seal") {
    Acceptor strict({"--channel-binding", "strict"});
    Growth grown(strict);
    Asked tickets = kerberos(AuthenticationKind::negotiate);
    tickets.tls = true;
    for (const Asked& asked : {ntlm(true), tickets}) {
      Client client(asked, strict);
      CHECK_MESSAGE(is_identity(client.identify()), client.said());
    }
    CHECK(grown("bound") == 2);
    CHECK(grown("sealed") == 0);
  }

  TEST_CASE("Clear text over http is used only if client and server allow it") {
    Acceptor lax({"--allow-unencrypted", "yes"});
    Growth grown(lax);
    Asked tickets = kerberos(AuthenticationKind::kerberos);
    Asked password = ntlm();
    tickets.no_encryption = password.no_encryption = true;
    for (const Asked& asked : {tickets, password}) {
      Client client(asked, lax);
      CHECK_MESSAGE(is_identity(client.identify()), client.said());
      CHECK_FALSE(contains(client.said(), "encrypted"));
    }
    CHECK(grown("sealed") == 0);
  }

  TEST_CASE("Each connection is authenticated once and kept") {
    for (const Asked& asked : {ntlm(), kerberos(AuthenticationKind::negotiate)}) {
      Growth grown;
      Client client(asked);
      for (int round = 0; round < 3; ++round) CHECK(identified_at_once(client) == 8);
      CHECK(grown("contexts") <= 4);
      CHECK(grown("contexts") == client.transport().connections());
      CHECK(grown("sealed") == 24);
      CHECK(client.close().secrets_wiped);
    }
  }

  TEST_CASE("The service principal name has the port if the session asks for it") {
    Acceptor& service = Acceptor::instance();
    command_realm("service HTTP/localhost:" + std::to_string(service.port(false)));
    Asked asked = kerberos(AuthenticationKind::kerberos);
    asked.spn_port = true;
    Client client(asked);
    CHECK_MESSAGE(is_identity(client.identify()), client.said());
  }

  TEST_CASE("Old and new Kerberos encryption types are supported") {
    for (const char* cipher :
         {"arcfour-hmac", "aes128-cts-hmac-sha1-96", "aes256-cts-hmac-sha384-192"}) {
      CAPTURE(cipher);
      Acceptor service;
      command_realm("service HTTP/localhost:" + std::to_string(service.port(false)) + " " + cipher);
      Asked asked = kerberos(AuthenticationKind::negotiate);
      asked.spn_port = true;
      Client client(asked, service);
      for (int i = 0; i < 3; ++i) CHECK_MESSAGE(is_identity(client.identify()), client.said());
    }
  }

  TEST_CASE("A ticket is delegated only if the KDC approves") {
    Acceptor service;
    command_realm("service HTTP/localhost:" + std::to_string(service.port(false)) + " delegate");
    for (const AuthenticationKind kind :
         {AuthenticationKind::kerberos, AuthenticationKind::negotiate}) {
      CAPTURE(name_of(kind));
      Growth grown;
      Client plain(kerberos(kind));
      REQUIRE(is_identity(plain.identify()));
      CHECK(grown("delegated") == 0);

      Growth approved(service);
      Asked asked = kerberos(kind);
      asked.spn_port = true;
      Client client(asked, service);
      REQUIRE_MESSAGE(is_identity(client.identify()), client.said());
      CHECK(approved("delegated") == 1);
    }
  }
}

}  // namespace wsman::testing
