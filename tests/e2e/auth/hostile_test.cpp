// Acceptors that err or lie, at every step.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "auth/client.h"
#include "auth/realm.h"

namespace wsman::testing {
namespace {

Asked tickets() {
  Asked asked;
  asked.kind = AuthenticationKind::negotiate;
  return asked;
}

struct Row {
  const char* what;
  std::vector<ErrorCode> codes;
};

void check_all(const std::vector<Row>& rows, bool tls) {
  for (const Row& row : rows) {
    for (Asked asked : {ntlm(tls), tickets()}) {
      asked.tls = tls;
      asked.path = std::string("/gss/") + row.what + "/wsman";
      CAPTURE(row.what);
      CAPTURE(asked.user);
      Client client(asked);
      const auto response = ask_repeatedly(client);
      CAPTURE(sentence(response));
      REQUIRE_FALSE(response.ok());
      CHECK(std::count(row.codes.begin(), row.codes.end(), code(response)) == 1);
      CHECK(client.transport().connections() == 0);
      CHECK(client.close().secrets_wiped);
    }
  }
}

}  // namespace

TEST_SUITE("Hostile GSSAPI acceptor") {
  TEST_CASE("An acceptor that sends invalid tokens ends the authentication") {
    const std::vector<Row> rows = {
        {"only-basic", {ErrorCode::access_denied}},
        {"garbage-token", {ErrorCode::authentication, ErrorCode::access_denied}},
        {"no-base64", {ErrorCode::authentication, ErrorCode::access_denied}},
        {"oversized-token", {ErrorCode::limit}},
        {"garbage-last-token", {ErrorCode::authentication, ErrorCode::access_denied}},
        {"changed-last-token", {ErrorCode::authentication}},
        {"endless", {ErrorCode::authentication, ErrorCode::access_denied}},
        {"endless-offer", {ErrorCode::access_denied}},
        {"token-hangs-up", {ErrorCode::connection_lost}},
    };
    check_all(rows, false);
    check_all(rows, true);
  }

  TEST_CASE("A server that does not prove itself to Kerberos is told from a wrong password") {
    Asked asked = tickets();
    asked.kind = AuthenticationKind::kerberos;
    asked.path = "/gss/changed-last-token/wsman";
    Client client(asked);
    const auto response = client.identify();
    REQUIRE_FALSE(response.ok());
    CAPTURE(response.error().message);
    CHECK(response.error().code == ErrorCode::authentication);
    CHECK(response.error().wsman_code == 0x803381F0);
    CHECK(contains(sentence(response), "VerifyServer"));
  }

  TEST_CASE("A message that was changed, replayed or left unsealed is refused") {
    check_all({{"plain-answer", {ErrorCode::protocol}},
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
              false);
  }

  TEST_CASE("A second token that reaches another connection is told from a wrong password") {
    Asked asked = ntlm();
    asked.path = "/gss/other-connection/wsman";
    Client client(asked);
    const auto response = client.identify();
    REQUIRE_FALSE(response.ok());
    CHECK(response.error().code == ErrorCode::access_denied);
    CHECK(contains(sentence(response), "CheckOneConnection(Negotiate)"));
  }

  TEST_CASE("An acceptor that closes or changes its certificate midway gets no request") {
    for (const char* what : {"token-closes", "swap-certificate"}) {
      CAPTURE(what);
      Asked asked = ntlm(true);
      asked.path = std::string("/gss/") + what + "/wsman";
      Acceptor strict({"--channel-binding", "strict"});
      Client client(asked, strict);
      const auto response = client.identify();
      REQUIRE_FALSE(response.ok());
      CAPTURE(response.error().message);
      CHECK(response.error().code == ErrorCode::connection_lost);
      CHECK(strict.security().at("contexts") == 0);
    }
  }

  TEST_CASE("NTLM follows on another connection if the refusal of a ticket closes one") {
    for (const bool tls : {false, true}) {
      CAPTURE(tls);
      Acceptor strict({"--gss-mechs", "ntlm", "--channel-binding", "strict"});
      Asked asked = ntlm(tls);
      asked.user = kUser;
      asked.path = "/gss/refusal-closes/wsman";
      Client client(asked, strict);
      const auto response = client.identify();
      REQUIRE_MESSAGE(is_identity(response), sentence(response), client.said());
      CHECK(contains(client.said(), "did not accept the Kerberos ticket. Trying NTLM."));
      CHECK(strict.security().at("ntlm") == 1);
      CHECK(strict.security().at("bound") == (tls ? 1 : 0));
      CHECK(client.transport().connections() == 1);
    }
  }

  TEST_CASE("An acceptor that changed its certificate midway is authenticated to anew") {
    Asked asked = ntlm(true);
    asked.path = "/gss/swap-certificate/wsman";
    Acceptor strict({"--channel-binding", "strict"});
    Client client(asked, strict);
    REQUIRE(code(client.identify()) == ErrorCode::connection_lost);
    REQUIRE(strict.security().at("bound") == 0);

    CHECK_MESSAGE(is_identity(client.identify()), client.said());
    CHECK(strict.security().at("contexts") == 1);
    CHECK(strict.security().at("bound") == 1);
    CHECK(client.transport().connections() == 1);
  }

  TEST_CASE("Harmless variations of a message are accepted") {
    for (const char* what : {"no-tab", "exchange-boundary", "omi-padding"}) {
      for (Asked asked : {ntlm(), tickets()}) {
        asked.path = std::string("/gss/") + what + "/wsman";
        CAPTURE(what);
        Client client(asked);
        for (int i = 0; i < 3; ++i) CHECK_MESSAGE(is_identity(client.identify()), client.said());
      }
    }
  }
}

}  // namespace wsman::testing
