#include "transport/tls/purpose.h"

#include <doctest/doctest.h>
#include <openssl/x509v3.h>

#include <string>
#include <vector>

#include "fakes/client_keys.h"
#include "fakes/tls_connection.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

struct Usages {
  std::string extended_usage;  // Empty: the certificate has none.
  std::string usage;
  bool for_servers;
  bool for_clients;
};

// A certificate with these usages.
struct Used {
  Used(const std::string& extended_usage, const std::string& usage)
      : keys({"someone", extended_usage}) {
    if (!usage.empty()) add_extension(keys.certificate(), NID_key_usage, usage);
  }

  bool allows(tls::Role role) const { return tls::allows_role(keys.certificate(), role, false); }
  std::string fault(tls::Role role) const { return tls::fault_for_role(keys.certificate(), role); }

  ClientKeys keys;
};

}  // namespace

TEST_SUITE("Purpose of a certificate") {
  TEST_CASE("A certificate allows the role that it lists, and each where it lists any or none") {
    for (const Usages& usages :
         std::vector<Usages>{{"", "", true, true},
                             {"serverAuth", "", true, false},
                             {"clientAuth", "", false, true},
                             {"clientAuth,serverAuth", "", true, true},
                             {"anyExtendedKeyUsage", "", true, true},
                             {"anyExtendedKeyUsage,codeSigning", "", true, true},
                             {"codeSigning", "", false, false},
                             {"anyExtendedKeyUsage", "digitalSignature", true, true},
                             {"anyExtendedKeyUsage", "keyEncipherment", true, false},
                             {"anyExtendedKeyUsage", "cRLSign", false, false},
                             {"serverAuth,clientAuth", "cRLSign", false, false}}) {
      CAPTURE(usages.extended_usage);
      CAPTURE(usages.usage);
      const Used used(usages.extended_usage, usages.usage);
      CHECK(used.allows(tls::Role::server) == usages.for_servers);
      CHECK(used.allows(tls::Role::client) == usages.for_clients);
      CHECK(used.fault(tls::Role::server).empty() == usages.for_servers);
      CHECK(used.fault(tls::Role::client).empty() == usages.for_clients);
    }
  }

  TEST_CASE("What is missing is named") {
    CHECK(Used("clientAuth", "").fault(tls::Role::server) ==
          "its extended key usage lacks serverAuth (1.3.6.1.5.5.7.3.1)");
    CHECK(Used("serverAuth", "").fault(tls::Role::client) ==
          "its extended key usage lacks clientAuth (1.3.6.1.5.5.7.3.2)");
    CHECK(Used("serverAuth", "cRLSign").fault(tls::Role::server) ==
          "its key usage lacks each of digitalSignature, keyEncipherment and keyAgreement");
    Used netscape("serverAuth", "");
    add_extension(netscape.keys.certificate(), NID_netscape_cert_type, "objsign");
    CHECK(netscape.fault(tls::Role::server) == "its Netscape certificate type says otherwise");
  }

  TEST_CASE("An authority for any purpose may issue for servers, and what is none may not") {
    const TlsIdentity authority("DNS:a.test", "anyExtendedKeyUsage");
    CHECK(tls::allows_role(authority.certificate(), tls::Role::server, true));
    CHECK_FALSE(tls::allows_role(Used("anyExtendedKeyUsage", "").keys.certificate(),
                                 tls::Role::server, true));
    const TlsIdentity other("DNS:a.test", "clientAuth");
    CHECK_FALSE(tls::allows_role(other.certificate(), tls::Role::server, true));
  }

  TEST_CASE("A server whose certificate is for any purpose is connected to") {
    const TlsIdentity any("IP:127.0.0.1", "anyExtendedKeyUsage");
    TlsConnection client(any, answer_all);
    CHECK(client.exchange().ok());
  }

  TEST_CASE("A server whose certificate is for clients is refused with what is missing") {
    const TlsIdentity wrong("IP:127.0.0.1", "clientAuth");
    TlsConnection client(wrong, answer_all);
    const auto response = client.exchange();
    REQUIRE(code_of(response) == ErrorCode::certificate);
    CHECK_MESSAGE(contains(response.error().message,
                           "it is not meant for servers, since its extended key usage lacks "
                           "serverAuth (1.3.6.1.5.5.7.3.1). Subject: "),
                  response.error().message);
    CHECK(advice_of(response.error()) == "IssueForServers");
  }
}

}  // namespace wsman::testing
