#include "transport/authentication/user_name.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace wsman::testing {

TEST_SUITE("User name") {
  TEST_CASE("A user name is converted to the forms for Kerberos and NTLM") {
    struct Row {
      const char* typed;
      const char* kerberos;
      const char* domain;
      const char* user;
    };
    for (const Row& row : std::vector<Row>{
             {"user@EXAMPLE.COM", "user@EXAMPLE.COM", "", "user@EXAMPLE.COM"},
             {"user@example.com", "user@EXAMPLE.COM", "", "user@example.com"},
             {"user@Example.com", "user@Example.com", "", "user@Example.com"},
             {"EXAMPLE\\user", "user@EXAMPLE", "EXAMPLE", "user"},
             {"example.com\\user", "user@EXAMPLE.COM", "example.com", "user"},
             {".\\user", "", "", "user"},
             {"\\user", "user", "", "user"},
             {"user", "user", "", "user"},
             {"j\xC3\xBCrgen", "j\xC3\xBCrgen", "", "j\xC3\xBCrgen"},
             {"a@b@EXAMPLE.COM", "a@b@EXAMPLE.COM", "", "a@b@EXAMPLE.COM"},
             {"", "", "", ""},
         }) {
      CAPTURE(row.typed);
      const authentication::UserName name = authentication::read_user_name(row.typed);
      CHECK(name.kerberos == row.kerberos);
      CHECK(name.domain == row.domain);
      CHECK(name.user == row.user);
    }
  }
}

}  // namespace wsman::testing
