// NTLM against code of another make (python3-ntlm-auth), which was written for clients.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "auth/client.h"
#include "auth/realm.h"
#include "support/child.h"

namespace wsman::testing {
namespace {

struct Foreign {
  Foreign(const std::string& form, const std::string& user, const std::string& password)
      : acceptor({WSMAN_NTLM_ACCEPTOR_PROGRAM, "--parts", WSMAN_REALM_PARTS, "--domain", "Domain",
                  "--user", user, "--password", password, "--form", form}),
        port(nlohmann::json::parse(acceptor.line()).at("http")) {}

  Asked login(const std::string& user, const std::string& password) const {
    Asked asked = ntlm();
    asked.user = "Domain\\" + user;
    asked.password = password;
    asked.port = port;
    return asked;
  }

  Child acceptor;
  std::uint16_t port;
};

}  // namespace

TEST_SUITE("NTLM of another make") {
  TEST_CASE("It verifies the proof, opens what is sealed and is opened, in SPNEGO and without") {
    struct Row {
      const char* form;
      const char* user;
      const char* password;
    };
    for (const Row& row :
         {Row{"spnego", "tester", "a Password"}, Row{"bare", "tester", "a Password"},
          Row{"spnego", "j\xC3\xBCrgen", "\xF0\x9F\x94\x91 o\xCC\x88"}}) {
      CAPTURE(row.form);
      CAPTURE(row.user);
      Foreign foreign(row.form, row.user, row.password);
      Client client(foreign.login(row.user, row.password));
      for (int i = 0; i < 5; ++i) {
        const auto response = client.identify();
        REQUIRE_MESSAGE(is_identity(response), sentence(response), client.said());
      }
      CHECK(contains(client.said(), "with NTLM in 2 round trips; messages are encrypted."));

      Client wrong(foreign.login(row.user, "another"));
      const auto refused = wrong.identify();
      CHECK(code(refused) == ErrorCode::access_denied);
      CHECK(contains(sentence(refused), "CheckCredential"));
      CHECK(foreign.acceptor.stop());
    }
  }
}

}  // namespace wsman::testing
