#include "transport/tls/verification.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <memory>
#include <random>
#include <string>

namespace wsman::testing {
namespace {

// What a handshake would verify.
struct Expected {
  std::string host;
  std::string address;
  std::string indication;  // Server Name Indication.
};

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

Expected expected_of(const Endpoint& endpoint) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                  SSL_CTX_free);
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
  const CertificateChecks checks;
  tls::Verification verification(checks, {});
  REQUIRE(verification.begin(ssl.get(), endpoint).ok());
  const std::unique_ptr<X509_VERIFY_PARAM, decltype(&X509_VERIFY_PARAM_free)> parameters(
      X509_VERIFY_PARAM_new(), X509_VERIFY_PARAM_free);
  REQUIRE(verification.expect(parameters.get()));
  Expected expected;
  expected.host = text_or_empty(X509_VERIFY_PARAM_get0_host(parameters.get(), 0));
  CHECK(X509_VERIFY_PARAM_get0_host(parameters.get(), 1) == nullptr);
  char* address = X509_VERIFY_PARAM_get1_ip_asc(parameters.get());
  expected.address = text_or_empty(address);
  OPENSSL_free(address);
  expected.indication = text_or_empty(SSL_get_servername(ssl.get(), TLSEXT_NAMETYPE_host_name));
  return expected;
}

Result<Endpoint> typed(const std::string& name) {
  EndpointRequest request;
  request.computer_name = name;
  request.use_tls = true;
  return make_endpoint(request, {});
}

// Text of the characters that matter in names, of one to twelve of them.
std::string random_name(std::mt19937& random) {
  static const std::string_view characters("abcXYZ019.-_%:[]@/\\ \0\n\x7F\xC3\xBC", 26);
  std::string name(1 + random() % 12, ' ');
  for (char& c : name) c = characters[random() % characters.size()];
  return name;
}

bool is_same_address(const std::string& one, const std::string& other) {
  for (const int family : {AF_INET, AF_INET6}) {
    std::array<unsigned char, 16> a{};
    std::array<unsigned char, 16> b{};
    if (inet_pton(family, one.c_str(), a.data()) == 1)
      return inet_pton(family, other.c_str(), b.data()) == 1 && a == b;
  }
  return false;
}

}  // namespace

TEST_SUITE("Verification") {
  TEST_CASE("A handshake verifies the name that was typed, whatever name gets that far") {
    std::mt19937 random(20261129);  // NOLINT(cert-msc51-cpp): a failure has to come again.
    int tried = 0;
    for (int round = 0; round < 20000; ++round) {
      const std::string name = random_name(random);
      const Result<Endpoint> endpoint = typed(name);
      if (!endpoint.ok()) continue;
      CAPTURE(name);
      ++tried;
      const Expected expected = expected_of(endpoint.value());
      if (is_address_literal(name)) {
        CHECK(is_same_address(expected.address, name.substr(0, name.find('%'))));
        CHECK(expected.host.empty());
        CHECK(expected.indication.empty());
        continue;
      }
      const std::string host =
          name.size() > 1 && name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
      CHECK(expected.host == host);
      CHECK(expected.indication == host);
      CHECK(expected.address.empty());
    }
    CHECK(tried > 100);
  }

  TEST_CASE("A handshake verifies the A-labels of a name outside ASCII, and indicates them") {
    EndpointRequest request;
    request.computer_name = "m\xC3\xBCnchen.example";
    request.host = "xn--mnchen-3ya.example";
    const Expected expected = expected_of(make_endpoint(request, {}).value());
    CHECK(expected.host == "xn--mnchen-3ya.example");
    CHECK(expected.indication == "xn--mnchen-3ya.example");
  }

  TEST_CASE("The zone of an IPv6 address is no part of what is verified") {
    const Expected expected = expected_of(typed("fe80::1%eth0").value());
    CHECK(is_same_address(expected.address, "fe80::1"));
    CHECK(expected.host.empty());
  }

  TEST_CASE("The dot of the root is no part of what is verified") {
    const Expected expected = expected_of(typed("localhost.").value());
    CHECK(expected.host == "localhost");
    CHECK(expected.indication == "localhost");
  }

  TEST_CASE("No handshake begins without a name to verify") {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), SSL_free);
    const CertificateChecks checks;
    tls::Verification verification(checks, {});
    Endpoint endpoint;
    endpoint.tls = true;
    CHECK_FALSE(verification.begin(ssl.get(), endpoint).ok());
    endpoint.host = std::string("good\0.evil", 10);
    CHECK_FALSE(verification.begin(ssl.get(), endpoint).ok());
  }
}

}  // namespace wsman::testing
