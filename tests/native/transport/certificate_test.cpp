#include "transport/certificate.h"

#include <doctest/doctest.h>
#include <openssl/x509_vfy.h>

#include <string>

#include "fakes/tls_identity.h"
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

TEST_SUITE("certificate failure") {
  TEST_CASE("of the chain is forgiven with SkipCACheck alone") {
    for (const int code :
         {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
          X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
          X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED}) {
      CAPTURE(code);
      CHECK(is_forgiven(code, kSkipCa));
      CHECK(is_forgiven(code, kSkipEach));
      CHECK_FALSE(is_forgiven(code, kAll));
      CHECK_FALSE(is_forgiven(code, kSkipCn));
      CHECK_FALSE(is_forgiven(code, kSkipRevocation));
    }
  }

  TEST_CASE("of the name is forgiven with SkipCNCheck alone") {
    for (const int code : {X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH}) {
      CAPTURE(code);
      CHECK(is_forgiven(code, kSkipCn));
      CHECK(is_forgiven(code, kSkipEach));
      CHECK_FALSE(is_forgiven(code, kAll));
      CHECK_FALSE(is_forgiven(code, kSkipCa));
      CHECK_FALSE(is_forgiven(code, kSkipRevocation));
    }
  }

  TEST_CASE("of revocation is forgiven if it is not to be checked, or if nothing is known") {
    CHECK(is_forgiven(X509_V_ERR_CERT_REVOKED, {false, false, true}));
    CHECK_FALSE(is_forgiven(X509_V_ERR_CERT_REVOKED, {true, true, false}));
    CHECK(is_forgiven(X509_V_ERR_UNABLE_TO_GET_CRL, {}));
    CHECK(is_forgiven(X509_V_ERR_CRL_HAS_EXPIRED, {}));
  }

  TEST_CASE("of any other kind is never forgiven") {
    for (const int code :
         {X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_INVALID_PURPOSE,
          X509_V_ERR_CERT_SIGNATURE_FAILURE, X509_V_ERR_CERT_REJECTED,
          X509_V_ERR_CERT_CHAIN_TOO_LONG, X509_V_ERR_INVALID_CA, X509_V_ERR_UNSPECIFIED,
          X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION}) {
      CAPTURE(code);
      CHECK_FALSE(is_forgiven(code, kSkipEach));
    }
  }
}

TEST_SUITE("certificate error") {
  TEST_CASE("of an unknown authority says so and what helps") {
    const Error error =
        certificate_error(kEndpoint, nullptr, {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT});

    CHECK(error.code == ErrorCode::certificate);
    CHECK(error.wsman_code == 12175);
    CHECK(contains(error.message, "The certificate of server01 (port 5986) was refused"));
    CHECK(contains(error.message, "its certificate authority is not trusted here"));
    CHECK(contains(error.message, "TrustedCAPath"));
    CHECK(contains(error.message, "-SkipCACheck"));
    CHECK_FALSE(contains(error.message, "-SkipCNCheck"));
  }

  TEST_CASE("of another name names host, names and issuer") {
    const TlsIdentity identity("DNS:other.test,IP:127.0.0.9,IP:::1,email:a@b.test");

    const Error error =
        certificate_error(kEndpoint, identity.certificate(), {X509_V_ERR_HOSTNAME_MISMATCH});

    CHECK(contains(error.message, "it is not made out to \"server01\""));
    CHECK(contains(error.message, "Subject: CN=a server of the tests"));
    CHECK(contains(error.message, "names: other.test, 127.0.0.9, ::1;"));
    CHECK(contains(error.message, "issuer: CN=a server of the tests."));
    CHECK(contains(error.message, "-SkipCNCheck"));
    CHECK_FALSE(contains(error.message, "-SkipCACheck"));
  }

  TEST_CASE("of several failures names each once") {
    const Error error = certificate_error(
        kEndpoint, nullptr,
        {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_CERT_HAS_EXPIRED,
         X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_HOSTNAME_MISMATCH});

    CHECK(count(error.message, "is not trusted here") == 1);
    CHECK(contains(error.message, "it has expired"));
    CHECK(contains(error.message, "it is not made out to"));
    CHECK(contains(error.message, "-SkipCACheck"));
    CHECK(contains(error.message, "-SkipCNCheck"));
  }

  TEST_CASE("of what no option mends advises no option") {
    const Error error = certificate_error(kEndpoint, nullptr, {X509_V_ERR_CERT_HAS_EXPIRED});

    CHECK_FALSE(contains(error.message, "New-WSManSessionOption"));
  }

  TEST_CASE("shows twelve names of a certificate that has many") {
    std::string names = "DNS:n0.test";
    for (int i = 1; i < 40; ++i) names += ",DNS:n" + std::to_string(i) + ".test";
    const TlsIdentity identity(names);

    const Error error =
        certificate_error(kEndpoint, identity.certificate(), {X509_V_ERR_HOSTNAME_MISMATCH});

    CHECK(count(error.message, ".test") == 12);
  }
}

}  // namespace wsman::testing
