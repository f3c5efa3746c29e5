// CredSSP as a user meets it: with Kerberos and NTLM inside, over http and https, in each version.
#include <doctest/doctest.h>

#include <string>

#include "auth/client.h"
#include "auth/credssp_asking.h"
#include "auth/realm.h"

namespace wsman::testing {
namespace {

void check_works(const Asked& asked, Acceptor& service, const char* proof) {
  Growth grown(service);
  Client client(asked, service);
  for (int i = 0; i < 3; ++i) {
    const auto response = client.identify();
    REQUIRE_MESSAGE(is_identity(response), sentence(response), client.said(),
                    service.security().at("lastRefusal"));
  }
  CHECK(grown("credssp") == 1);
  CHECK(grown("told") == 1);
  CHECK(grown("sealed") == (asked.tls ? 0 : 3));
  CHECK(contains(client.said(), std::string("with CredSSP (") + proof + ")"));
  CHECK(client.close().secrets_wiped);
}

const std::string kEcho = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/Loopback_Echo";

// Asks for the same text back.
std::string echo_of(const std::string& text) {
  return "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
         "xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
         "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><s:Header><a:Action>" +
         kEcho + "/Echo</a:Action><w:ResourceURI>" + kEcho +
         "</w:ResourceURI><a:MessageID>uuid:7</a:MessageID>"
         "<w:MaxEnvelopeSize>1500000</w:MaxEnvelopeSize></s:Header><s:Body>"
         "<p:Echo_INPUT xmlns:p=\"" +
         kEcho + "\"><p:Text>" + text + "</p:Text></p:Echo_INPUT></s:Body></s:Envelope>";
}

}  // namespace

TEST_SUITE("CredSSP") {
  TEST_CASE("The credential is delegated with Kerberos and NTLM, over http and https") {
    const Variable none("KRB5CCNAME", kNoTickets);
    for (const char* tls_13 : {"yes", "no"}) {
      CAPTURE(tls_13);
      Acceptor service(offering({"--credssp-tls-13", tls_13}));
      for (const bool tls : {false, true}) {
        check_works(handing_over("WSMAN\\tester", tls), service, "NTLM");
        check_works(handing_over("tester@WSMAN.TEST", tls), service, "Kerberos");
        check_works(handing_over("WSMAN.TEST\\tester", tls), service, "Kerberos");
      }
    }
  }

  TEST_CASE("The handshake goes on if TLS 1.3 of the server sends no session tickets") {
    Acceptor service(offering({"--credssp-tickets", "no"}));
    check_works(handing_over(), service, "NTLM");
  }

  TEST_CASE("Versions 5 and 6 are used, and version 6 with a newer server") {
    for (const char* version : {"6", "5", "7"}) {
      CAPTURE(version);
      Acceptor service(offering({"--credssp-version", version}));
      check_works(handing_over(), service, "NTLM");
      check_works(handing_over("tester@WSMAN.TEST"), service, "Kerberos");
    }
  }

  TEST_CASE("Versions 2 to 4 are used only if the setting allows them") {
    for (const char* version : {"2", "3", "4"}) {
      CAPTURE(version);
      Acceptor service(offering({"--credssp-version", version}));
      for (const char* user : {"WSMAN\\tester", "tester@WSMAN.TEST"}) {
        Asked asked = handing_over(user);
        Client client(asked, service);
        const auto response = client.identify();
        REQUIRE_FALSE(response.ok());
        CAPTURE(response.error().message);
        CHECK(response.error().code == ErrorCode::authentication);
        CHECK(contains(response.error().message, "CVE-2018-0886"));
        CHECK(contains(response.error().message, "CredSSPMinimumVersion"));
        CHECK(service.security().at("told") == 0);
      }
      Asked lax = handing_over();
      lax.credssp_minimum_version = 2;
      check_works(lax, service, "NTLM");
      lax.user = "tester@WSMAN.TEST";
      check_works(lax, service, "Kerberos");
    }
  }

  TEST_CASE("A version below the configured minimum is refused") {
    Acceptor service(offering({"--credssp-version", "5"}));
    Asked asked = handing_over();
    asked.credssp_minimum_version = 6;
    Client client(asked, service);
    const std::string said = sentence(client.identify());
    CAPTURE(said);
    CHECK(contains(said, "version 5, and the client setting CredSSPMinimumVersion wants 6"));
    CHECK_FALSE(contains(said, "CVE"));
    CHECK(service.security().at("told") == 0);
  }

  TEST_CASE("User names and passwords outside ASCII are delegated") {
    const std::string user = "j\xC3\xBCrgen";
    Acceptor service(offering({"--user", user, "--password", password_of(user)}));
    Asked asked = handing_over(user + "@WSMAN.TEST");
    asked.password = password_of(user);
    check_works(asked, service, "Kerberos");
  }

  TEST_CASE("Messages of a megabyte are sealed and unsealed") {
    for (const char* tls_13 : {"yes", "no"}) {
      CAPTURE(tls_13);
      Acceptor service(offering({"--credssp-tls-13", tls_13, "--max-envelope-kb", "2000"}));
      Client client(handing_over(), service);
      std::string text;
      while (text.size() < 950000) text += "--Encrypted Boundary--\n";
      const HttpRequest request{"application/soap+xml;charset=UTF-8", echo_of(text)};
      for (int i = 0; i < 2; ++i) {
        const auto response = client.ask(request);
        REQUIRE_MESSAGE(response.ok(), sentence(response));
        CHECK(response.value().status == 200);
        CHECK(response.value().body.size() > text.size());
        CHECK(contains(response.value().body, text.substr(0, 100000)));
      }
      CHECK(service.security().at("sealed") == 2);
    }
  }

  TEST_CASE("CredSSP leaves messages in clear text only if client and server allow it") {
    Acceptor lax(offering({"--allow-unencrypted", "yes"}));
    Asked asked = handing_over();
    asked.no_encryption = true;
    Client client(asked, lax);
    CHECK_MESSAGE(is_identity(client.identify()), client.said());
    CHECK(lax.security().at("credssp") == 1);
    CHECK(lax.security().at("sealed") == 0);

    Client refused(asked, offering_service());
    const auto response = refused.identify();
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::unencrypted);
  }

  TEST_CASE("CredSSP authenticates each connection once and keeps it") {
    for (const char* user : {"WSMAN\\tester", "tester@WSMAN.TEST"}) {
      Acceptor& service = offering_service();
      Growth grown(service);
      Client client(handing_over(user), service);
      for (int round = 0; round < 3; ++round) CHECK(identified_at_once(client) == 8);
      CHECK(grown("credssp") <= 4);
      CHECK(grown("credssp") == client.transport().connections());
      CHECK(grown("sealed") == 24);
      CHECK(client.close().secrets_wiped);
    }
  }

  TEST_CASE("NTLM is tried without a Kerberos ticket if the host is trusted") {
    Acceptor& service = offering_service();
    Asked asked = handing_over("tester");
    asked.spn_port = true;  // The KDC knows no service of that name.
    Growth grown(service);
    Client client(asked, service);
    REQUIRE_MESSAGE(is_identity(client.identify()), client.said());
    CHECK(grown("ntlm") == 1);

    asked.trusted_hosts = {"elsewhere"};
    Client strict(asked, service);
    const auto response = strict.identify();
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().wsman_code == 0x803380E4);
    CHECK(grown("told") == 1);
  }

  TEST_CASE("NTLM is tried in a new handshake if the server refuses the ticket") {
    for (const char* path : {"/wsman", "/gss/refusal-closes/wsman"}) {
      CAPTURE(path);
      Acceptor service(offering({"--gss-mechs", "ntlm"}));
      Asked asked = handing_over("tester");
      asked.path = path;
      Client client(asked, service);
      const auto response = client.identify();
      REQUIRE_MESSAGE(is_identity(response), sentence(response), client.said());
      CHECK(contains(client.said(), "Trying NTLM"));
      CHECK(service.security().at("credssp") == 1);
      CHECK(service.security().at("ntlm") == 1);
    }
  }
}

}  // namespace wsman::testing
