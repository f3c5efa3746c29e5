// Each mechanism as a user meets it, in good order.
#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>
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

TEST_SUITE("mechanisms") {
  TEST_CASE("Kerberos and Negotiate take one round trip with a ticket, and seal over http") {
    for (const AuthenticationKind kind :
         {AuthenticationKind::kerberos, AuthenticationKind::negotiate,
          AuthenticationKind::default_}) {
      CAPTURE(name_of(kind));
      Growth grown;
      Client client(kerberos(kind));

      for (int i = 0; i < 3; ++i) REQUIRE_MESSAGE(is_identity(client.identify()), client.said());

      CHECK(grown("kerberos") == 1);
      CHECK(grown("legs") == 1);
      CHECK(grown("sealed") == 3);
      CHECK(contains(client.said(), "with Kerberos in 1 round trip; messages are encrypted."));
      CHECK(client.close().secrets_wiped);
    }
  }

  TEST_CASE("Kerberos takes a password, and each form of a name") {
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

  TEST_CASE("NTLM takes two round trips and seals over http, to a trusted host") {
    Growth grown;
    Client client(ntlm());

    for (int i = 0; i < 100; ++i) REQUIRE_MESSAGE(is_identity(client.identify()), client.said());

    CHECK(grown("ntlm") == 1);
    CHECK(grown("legs") == 2);
    CHECK(grown("sealed") == 100);
    CHECK(contains(client.said(), "with NTLM in 2 round trips; messages are encrypted."));
    CHECK(client.close().secrets_wiped);
  }

  TEST_CASE("NTLM goes to an address without asking a KDC") {
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

  TEST_CASE("NTLM takes names and passwords of any letters, and accounts of the server") {
    std::string longest;
    for (int i = 0; i < 127; ++i) longest += "\xC3\xB6";
    const std::string german = password_of("j\xC3\xBCrgen");
    const Variable users("NTLM_USER_FILE", user_file({"WSMAN:j\xC3\xBCrgen:" + german,
                                                      "WSMAN:long:" + longest, ".:local:here"}));
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

  TEST_CASE("Kerberos takes names and passwords of any letters") {
    const Variable none("KRB5CCNAME", kNoTickets);
    Asked asked = kerberos(AuthenticationKind::kerberos);
    asked.user = "j\xC3\xBCrgen@WSMAN.TEST";
    asked.password = password_of("j\xC3\xBCrgen");
    Client client(asked);
    CHECK(is_identity(client.identify()));
  }

  TEST_CASE("are bound to the channel over https, and do not seal there") {
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

  TEST_CASE("leave messages in clear text over http only where both sides allow it") {
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

  TEST_CASE("authenticate each lane once and keep it") {
    for (const Asked& asked : {ntlm(), kerberos(AuthenticationKind::negotiate)}) {
      Growth grown;
      Client client(asked);
      for (int round = 0; round < 3; ++round) {
        std::vector<std::thread> threads;
        threads.reserve(8);
        std::atomic<int> answered{0};
        for (int i = 0; i < 8; ++i) {
          threads.emplace_back([&] { answered += is_identity(client.identify()) ? 1 : 0; });
        }
        for (std::thread& thread : threads) thread.join();
        CHECK(answered.load() == 8);
      }
      CHECK(grown("contexts") <= 4);
      CHECK(grown("contexts") == client.transport().connections());
      CHECK(grown("sealed") == 24);
      CHECK(client.close().secrets_wiped);
    }
  }

  TEST_CASE("name the port in the service's name where that is wanted") {
    Acceptor& service = Acceptor::instance();
    command_realm("service HTTP/localhost:" + std::to_string(service.port(false)));
    Asked asked = kerberos(AuthenticationKind::kerberos);
    asked.spn_port = true;
    Client client(asked);
    CHECK_MESSAGE(is_identity(client.identify()), client.said());
  }

  TEST_CASE("speak the ciphers that old and new services have") {
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

  TEST_CASE("hand a ticket on only where the KDC approves") {
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
