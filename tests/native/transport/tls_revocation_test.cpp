// What revocation lists do, and what a user who asks is told of a certificate's revocation. Stapled
// answers are met in tests/e2e/hostile.

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "fakes/tls_lane.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

// Trusts the server, with that list beside its certificate.
struct Listed {
  explicit Listed(const std::string& list) {
    std::filesystem::copy_file(identity().file(), folder.file("ca.pem"));
    folder.write("ca.crl", list);
    lane.options.trusted_ca_path = folder.path();
  }

  ScratchFolder folder;
  TlsLane lane{identity(), [](Peer& peer) {
                 (void)peer.read_request();
                 (void)peer.send(http_answer("200 OK", "<ok/>", "Connection: close\r\n"));
                 (void)peer.wait_for_end();
               }};
};

// What was said, a line each.
std::string told_by(TlsLane& lane) {
  Trace trace(Trace::Level::verbose);
  const auto response = lane.exchange(trace);
  CHECK_MESSAGE(response.ok(), (response.ok() ? std::string() : response.error().message));
  std::string texts;
  for (const Trace::Line& line : trace.take()) texts += line.text + "\n";
  return texts;
}

std::string where(const TlsLane& lane) {
  return "127.0.0.1:" + std::to_string(lane.options.endpoint.port);
}

std::string connected(const TlsLane& lane) {
  return "Connected to " + where(lane) + " (127.0.0.1), TLS 1.3.\n";
}

std::string connected_without_knowing(const TlsLane& lane) {
  return connected(lane) + "The revocation status of the certificate of " + where(lane) +
         " is unknown: it sent no valid OCSP answer, and no CRL in TrustedCAPath covers it.\n";
}

}  // namespace

TEST_SUITE("revocation") {
  TEST_CASE("that is unknown is said once for each connection") {
    TlsLane lane(identity(), answer_all);

    CHECK(told_by(lane) == connected_without_knowing(lane));
    CHECK(told_by(lane).empty());
  }

  TEST_CASE("that is not asked for is not spoken of") {
    TlsLane lane(identity(), answer_all);
    lane.options.checks.skip_revocation = true;

    CHECK(told_by(lane) == connected(lane));
  }

  TEST_CASE("is known from a list that does not name the certificate, also when resumed") {
    Listed listed(identity().revocation_list(false));

    CHECK(told_by(listed.lane) == connected(listed.lane));
    CHECK(told_by(listed.lane) == connected(listed.lane));
  }

  TEST_CASE("stays unknown when a session is resumed") {
    Listed listed(identity().revocation_list(false, -1));

    CHECK(told_by(listed.lane) == connected_without_knowing(listed.lane));
    CHECK(told_by(listed.lane) == connected_without_knowing(listed.lane));
  }

  TEST_CASE("by a list that names the certificate refuses it, unless left out") {
    Listed listed(identity().revocation_list(true));

    const auto refused = listed.lane.exchange();
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::certificate);
    CHECK(contains(refused.error().message, "it was revoked"));

    Listed unasked(identity().revocation_list(true));
    unasked.lane.options.checks.skip_revocation = true;
    CHECK(told_by(unasked.lane) == connected(unasked.lane));
  }
}

}  // namespace wsman::testing
