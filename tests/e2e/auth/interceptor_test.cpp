// Somebody who stands between the client and the service, with a certificate that both would trust.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "auth/client.h"
#include "auth/realm.h"
#include "support/child.h"

namespace wsman::testing {
namespace {

// Each way to prove oneself, over https.
std::vector<Asked> everybody() {
  std::vector<Asked> all{ntlm(true)};
  for (const AuthenticationKind kind :
       {AuthenticationKind::kerberos, AuthenticationKind::negotiate}) {
    Asked asked;
    asked.kind = kind;
    asked.tls = true;
    all.push_back(asked);
  }
  return all;
}

struct Intercepted {
  explicit Intercepted(const std::string& binding)
      : service({"--channel-binding", binding}),
        between({WSMAN_INTERCEPTOR_PROGRAM, "--backend", std::to_string(service.port(true)),
                 "--ca-directory", service.folder().path()}),
        port(nlohmann::json::parse(between.line()).at("https")) {}

  Acceptor service;
  Child between;
  std::uint16_t port;
};

}  // namespace

TEST_SUITE("Man in the middle") {
  TEST_CASE("Channel binding detects the interceptor, and the server denies access") {
    for (const char* binding : {"relaxed", "strict"}) {
      Intercepted to(binding);
      for (Asked asked : everybody()) {
        CAPTURE(binding);
        CAPTURE(name_of(asked.kind));
        CAPTURE(asked.user);
        Client straight(asked, to.service);
        CHECK_MESSAGE(is_identity(straight.identify()), straight.said());
        const auto before = to.service.security();

        asked.port = to.port;
        Client client(asked, to.service);
        const auto response = client.identify();
        CAPTURE(sentence(response));
        CHECK(code(response) == ErrorCode::access_denied);
        CHECK(contains(sentence(response), "LookForOtherCertificate"));
        CHECK(to.service.security().at("contexts") == before.at("contexts"));
      }
      CHECK(to.between.stop());
    }
  }

  TEST_CASE("The interceptor stays undetected if the service does not check channel binding") {
    Intercepted to("none");
    for (Asked asked : everybody()) {
      CAPTURE(name_of(asked.kind));
      asked.port = to.port;
      Client client(asked, to.service);
      for (int i = 0; i < 3; ++i) CHECK_MESSAGE(is_identity(client.identify()), client.said());
    }
    CHECK(to.service.security().at("bound") == 0);
    CHECK(to.between.stop());
  }
}

}  // namespace wsman::testing
