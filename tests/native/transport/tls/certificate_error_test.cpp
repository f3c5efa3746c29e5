#include "transport/tls/certificate_error.h"

#include <doctest/doctest.h>
#include <openssl/x509_vfy.h>

#include <string>
#include <vector>

#include "fakes/tls_identity.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

const Endpoint kEndpoint{true, "server01", 5986, "/wsman"};
const CertificateChecks kAll{};
const CertificateChecks kSkipCa{true, false, false};
const CertificateChecks kSkipCn{false, true, false};
const CertificateChecks kSkipRevocation{false, false, true};
const CertificateChecks kSkipEach{true, true, true};

size_t count(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_SUITE("Certificate check") {
  TEST_CASE("An untrusted chain is accepted with SkipCACheck alone") {
    for (const int code :
         {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
          X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
          X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED}) {
      CAPTURE(code);
      CHECK(tls::is_forgiven(code, kSkipCa));
      CHECK(tls::is_forgiven(code, kSkipEach));
      CHECK_FALSE(tls::is_forgiven(code, kAll));
      CHECK_FALSE(tls::is_forgiven(code, kSkipCn));
      CHECK_FALSE(tls::is_forgiven(code, kSkipRevocation));
    }
  }

  TEST_CASE("A wrong name is accepted with SkipCNCheck alone") {
    for (const int code : {X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH}) {
      CAPTURE(code);
      CHECK(tls::is_forgiven(code, kSkipCn));
      CHECK(tls::is_forgiven(code, kSkipEach));
      CHECK_FALSE(tls::is_forgiven(code, kAll));
      CHECK_FALSE(tls::is_forgiven(code, kSkipCa));
      CHECK_FALSE(tls::is_forgiven(code, kSkipRevocation));
    }
  }

  TEST_CASE("A revocation is accepted if it is not checked, or if its status is unknown") {
    CHECK(tls::is_forgiven(X509_V_ERR_CERT_REVOKED, {false, false, true}));
    CHECK_FALSE(tls::is_forgiven(X509_V_ERR_CERT_REVOKED, {true, true, false}));
    CHECK(tls::is_forgiven(X509_V_ERR_UNABLE_TO_GET_CRL, {}));
    CHECK(tls::is_forgiven(X509_V_ERR_CRL_HAS_EXPIRED, {}));
  }

  TEST_CASE("Any other certificate error is never accepted") {
    for (const int code :
         {X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_INVALID_PURPOSE,
          X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_CERT_REJECTED,
          X509_V_ERR_CERT_CHAIN_TOO_LONG, X509_V_ERR_INVALID_CA, X509_V_ERR_UNSPECIFIED,
          X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION}) {
      CAPTURE(code);
      CHECK_FALSE(tls::is_forgiven(code, kSkipEach));
    }
  }
}

TEST_SUITE("Certificate error") {
  TEST_CASE("The error for an unknown authority says so and gives advice") {
    const Error error =
        tls::certificate_error(kEndpoint, nullptr, {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT});

    CHECK(error.code == ErrorCode::certificate);
    CHECK(error.wsman_code == 12175);
    CHECK(contains(error.message, "The certificate of server01 (port 5986) was refused"));
    CHECK(contains(error.message, "it is signed by an unknown certificate authority"));
    CHECK(advice_of(error) == "TrustAuthority");
  }

  TEST_CASE("The error for a wrong name has the host, the certificate's names and its issuer") {
    const TlsIdentity identity("DNS:other.test,IP:127.0.0.9,IP:::1,email:a@b.test");

    const Error error =
        tls::certificate_error(kEndpoint, identity.certificate(), {X509_V_ERR_HOSTNAME_MISMATCH});

    CHECK(contains(error.message, "it is not made out to \"server01\""));
    CHECK(contains(error.message, "Subject: CN=a server of the tests"));
    CHECK(contains(error.message, "names: other.test, 127.0.0.9, ::1;"));
    CHECK(contains(error.message, "issuer: CN=a server of the tests."));
    CHECK(advice_of(error) == "ConnectByCertifiedName");
  }

  TEST_CASE("The error for an address that is only a name in the certificate says so") {
    const Endpoint address{true, "192.0.2.1", 5986, "/wsman"};
    for (const char* names : {"DNS:192.0.2.1,DNS:other.test", "DNS:other.test,IP:192.0.2.2"}) {
      CAPTURE(names);
      const TlsIdentity identity(names);
      const bool as_name = contains(names, "DNS:192.0.2.1");

      const Error error =
          tls::certificate_error(address, identity.certificate(), {X509_V_ERR_IP_ADDRESS_MISMATCH});

      CHECK(contains(error.message, "it is not made out to \"192.0.2.1\""));
      CHECK(contains(error.message,
                     "the address stands in it as a name and not as an IP address") == as_name);
      CHECK(advice_of(error) == (as_name ? "IssueForAddress" : "ConnectByCertifiedName"));
    }
  }

  TEST_CASE("A flaw is told in words of our own") {
    const auto told = [](int code) {
      return tls::certificate_error(kEndpoint, nullptr, {code}).message;
    };
    CHECK(
        contains(told(X509_V_ERR_EE_KEY_TOO_SMALL), "refused (0x00002F8F): its key is too weak."));
    CHECK(contains(told(X509_V_ERR_INVALID_CA), "one above it is not the certificate of"));
    CHECK(contains(told(X509_V_ERR_SUBTREE_MINMAX), "OpenSSL does not accept it ("));
  }

  TEST_CASE("What is too old is named in the command as LegacyTLSHosts takes it") {
    const Endpoint endpoint{true, "2001:db8::7", 5986, "/wsman"};

    const Error error = tls::certificate_error(endpoint, nullptr, {X509_V_ERR_EE_KEY_TOO_SMALL});

    REQUIRE(error.advice.size() == 1);
    CHECK(error.advice[0].key == AdviceKey::allow_legacy_tls);
    CHECK(error.advice[0].arguments == std::vector<std::string>{"[2001:db8::7]"});
  }

  TEST_CASE("An error with several causes names each cause once") {
    const Error error = tls::certificate_error(
        kEndpoint, nullptr,
        {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_CERT_HAS_EXPIRED,
         X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_HOSTNAME_MISMATCH});

    CHECK(count(error.message, "unknown certificate authority") == 1);
    CHECK(contains(error.message, "it has expired"));
    CHECK(contains(error.message, "it is not made out to"));
    CHECK(advice_of(error) ==
          "TrustAuthority ConnectByCertifiedName RenewServerCertificate CheckClock");
  }

  TEST_CASE("A certificate that is not valid yet may be one of a clock that is wrong") {
    const Error error = tls::certificate_error(kEndpoint, nullptr, {X509_V_ERR_CERT_NOT_YET_VALID});

    CHECK(advice_of(error) == "CheckClock");
  }

  TEST_CASE("An error that no option can skip advises no option") {
    const Error error = tls::certificate_error(kEndpoint, nullptr, {X509_V_ERR_CERT_HAS_EXPIRED});

    CHECK_FALSE(contains(error.message, "New-WSManSessionOption"));
  }

  TEST_CASE("An error shows at most twelve names of a certificate") {
    std::string names = "DNS:n0.test";
    for (int i = 1; i < 40; ++i) names += ",DNS:n" + std::to_string(i) + ".test";
    const TlsIdentity identity(names);

    const Error error =
        tls::certificate_error(kEndpoint, identity.certificate(), {X509_V_ERR_HOSTNAME_MISMATCH});

    CHECK(count(error.message, ".test") == 12);
  }
}

}  // namespace wsman::testing
