// Digest against the loopback service: as AMT and openwsman ask for it, and as nobody should.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "auth/client.h"
#include "auth/realm.h"

namespace wsman::testing {
namespace {

Asked digest(const std::string& what = "") {
  Asked asked;
  asked.kind = AuthenticationKind::digest;
  asked.tls = true;
  asked.user = kUser;
  asked.password = password_of(kUser);
  if (!what.empty()) asked.path = "/digest/" + what + "/wsman";
  return asked;
}

int let_in(const Acceptor& service) { return service.security().at("digest").get<int>(); }

}  // namespace

TEST_SUITE("Digest") {
  TEST_CASE("Every algorithm authenticates the user on a connection that is kept") {
    for (const char* algorithm :
         {"MD5", "SHA-256", "MD5-sess", "SHA-256-sess", "SHA-256,MD5", "MD5,SHA-256"}) {
      CAPTURE(algorithm);
      Acceptor service({"--offer", "digest", "--digest-algorithms", algorithm});
      Client client(digest(), service);
      for (int i = 0; i < 20; ++i) REQUIRE_MESSAGE(is_identity(client.identify()), client.said());
      CHECK(let_in(service) == 20);
      CHECK(client.transport().connections() == 1);
      CHECK(client.close().secrets_wiped);
    }
  }

  TEST_CASE("Digest over http is used only if clear text is allowed") {
    Acceptor service({"--offer", "digest"});
    Asked asked = digest();
    asked.tls = false;
    Client refused(asked, service);
    CHECK(code(refused.identify()) == ErrorCode::unencrypted);
    CHECK(contains(sentence(refused.identify()), "every message in clear text"));
    asked.allow_unencrypted = true;
    Client client(asked, service);
    CHECK(is_identity(client.identify()));
  }

  TEST_CASE("A stale nonce is replaced, with the stale parameter or without") {
    Acceptor stale({"--offer", "digest", "--digest-uses", "3"});
    Client client(digest(), stale);
    for (int i = 0; i < 10; ++i) REQUIRE_MESSAGE(is_identity(client.identify()), client.said());
    CHECK(let_in(stale) == 10);

    Client unsaid(digest("silent-change"), stale);
    for (int i = 0; i < 10; ++i) REQUIRE_MESSAGE(is_identity(unsaid.identify()), unsaid.said());
  }

  TEST_CASE("The nonce count is in order on each of several connections") {
    Acceptor service({"--offer", "digest"});
    Client client(digest(), service);
    CHECK(identified_at_once(client, 10) == 80);
  }

  TEST_CASE("A quoted realm, unknown algorithms and a closed connection are handled") {
    Acceptor service({"--offer", "digest"});
    for (const char* what : {"quoted-realm", "unknown-first", "closing"}) {
      CAPTURE(what);
      Client client(digest(what), service);
      for (int i = 0; i < 3; ++i) CHECK_MESSAGE(is_identity(client.identify()), client.said());
    }
  }

  TEST_CASE("A challenge without qop, as old devices send it, is answered") {
    Acceptor service({"--offer", "digest"});
    Asked in_clear = digest("no-qop");
    in_clear.tls = false;
    in_clear.allow_unencrypted = true;
    for (const Asked& asked : {digest("no-qop"), in_clear}) {
      CAPTURE(asked.tls);
      Client client(asked, service);
      for (int i = 0; i < 3; ++i) REQUIRE_MESSAGE(is_identity(client.identify()), client.said());
      CHECK(client.transport().connections() == 1);
    }
    CHECK(let_in(service) == 6);
  }

  TEST_CASE("A challenge that cannot be answered is refused with the reason") {
    Acceptor service({"--offer", "digest"});
    struct Row {
      const char* what;
      ErrorCode code;
      const char* part;
    };
    for (const Row& row :
         std::vector<Row>{{"unknown-algorithm", ErrorCode::authentication, "SHA-3000"},
                          {"only-integrity", ErrorCode::authentication, "auth-int"},
                          {"no-nonce", ErrorCode::authentication, "no nonce"},
                          {"endless-stale", ErrorCode::access_denied, "Access is denied"}}) {
      CAPTURE(row.what);
      Client client(digest(row.what), service);
      const auto response = client.identify();
      CHECK(code(response) == row.code);
      CHECK_MESSAGE(contains(sentence(response), row.part), sentence(response));
      CHECK(client.transport().connections() == 0);
    }
    CHECK(let_in(service) == 0);
  }

  TEST_CASE("A wrong password is sent once, and the error names the user") {
    Acceptor service({"--offer", "digest"});
    Asked asked = digest();
    asked.password = "wrong";
    Client client(asked, service);
    const auto response = client.identify();
    CHECK(code(response) == ErrorCode::access_denied);
    CHECK(response.error().wsman_code == 5);
    CHECK_MESSAGE(contains(sentence(response), "\"tester\""), sentence(response));
    CHECK(contains(sentence(response), "CheckCredential"));
    CHECK(service.count("refused") == 2);  // The question, and the answer.
  }

  TEST_CASE("The error names the mechanisms of a server without Digest") {
    Acceptor service({"--offer", "basic"});
    Client client(digest(), service);
    const auto response = client.identify();
    CHECK(code(response) == ErrorCode::access_denied);
    CHECK(contains(sentence(response), "does not offer the authentication Digest"));
    CHECK(contains(sentence(response), "Basic"));
  }
}

}  // namespace wsman::testing
