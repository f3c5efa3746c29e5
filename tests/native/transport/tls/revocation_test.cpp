// What revocation lists do, and what a user who asks is told of a certificate's revocation. Stapled
// answers are met in tests/e2e/hostile.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "fakes/tls_connection.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

// Trusts the server, with that list beside its certificate.
struct Listed {
  explicit Listed(const std::string& list) {
    std::filesystem::copy_file(identity().file(), folder.file("ca.pem"));
    folder.write("ca.crl", list);
    client.options.trusted_ca_path = folder.path();
  }

  ScratchFolder folder;
  TlsConnection client{identity(), [](Peer& peer) {
                         (void)peer.read_request();
                         (void)peer.send(http_answer("200 OK", "<ok/>", "Connection: close\r\n"));
                         (void)peer.wait_for_end();
                       }};
};

// What was said, a line each.
std::string told_by(TlsConnection& client) {
  Trace trace(Trace::Level::verbose);
  const auto response = client.exchange(trace);
  CHECK_MESSAGE(response.ok(), (response.ok() ? std::string() : response.error().message));
  std::string texts;
  for (const Trace::Line& line : trace.take()) texts += line.text + "\n";
  return texts;
}

std::string where(const TlsConnection& client) {
  return "127.0.0.1:" + std::to_string(client.options.endpoint.port);
}

std::string connected(const TlsConnection& client) {
  return "Connected to " + where(client) + " (127.0.0.1), TLS 1.3.\n";
}

std::string connected_without_knowing(const TlsConnection& client) {
  return connected(client) + "The revocation status of the certificate of " + where(client) +
         " is unknown: it sent no valid OCSP answer, and no CRL in TrustedCAPath covers it.\n";
}

}  // namespace

TEST_SUITE("Revocation") {
  TEST_CASE("An unknown revocation status is traced once for each connection") {
    TlsConnection client(identity(), answer_all);

    CHECK(told_by(client) == connected_without_knowing(client));
    CHECK(told_by(client).empty());
  }

  TEST_CASE("A revocation check that is skipped is not traced") {
    TlsConnection client(identity(), answer_all);
    client.options.checks.skip_revocation = true;

    CHECK(told_by(client) == connected(client));
  }

  TEST_CASE("A CRL that does not list the certificate settles its status, resumption included") {
    Listed listed(identity().revocation_list(false));

    CHECK(told_by(listed.client) == connected(listed.client));
    CHECK(told_by(listed.client) == connected(listed.client));
  }

  TEST_CASE("An unknown revocation status stays unknown when the TLS session is resumed") {
    Listed listed(identity().revocation_list(false, -1));

    CHECK(told_by(listed.client) == connected_without_knowing(listed.client));
    CHECK(told_by(listed.client) == connected_without_knowing(listed.client));
  }

  TEST_CASE("A certificate that a CRL lists is refused unless the check is skipped") {
    Listed listed(identity().revocation_list(true));

    const auto refused = listed.client.exchange();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::certificate);
    CHECK(contains(refused.error().message, "it was revoked"));

    Listed unasked(identity().revocation_list(true));
    unasked.client.options.checks.skip_revocation = true;
    CHECK(told_by(unasked.client) == connected(unasked.client));
  }
}

}  // namespace wsman::testing
