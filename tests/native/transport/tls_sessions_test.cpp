#include "transport/tls_sessions.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "fakes/tls_lane.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

// A server that answers once a connection and notes which of them were resumed.
struct Notes {
  // A lane whose every exchange needs a new connection.
  TlsLane lane() {
    return TlsLane(identity(), [this](Peer& peer) {
      {
        const std::lock_guard<std::mutex> lock(mutex);
        resumed.push_back(peer.has_resumed());
      }
      (void)peer.read_request();
      (void)peer.send(http_answer("200 OK", "<ok/>", "Connection: close\r\n"));
      (void)peer.wait_for_end();
    });
  }

  std::vector<bool> all() {
    const std::lock_guard<std::mutex> lock(mutex);
    return resumed;
  }

  std::mutex mutex;
  std::vector<bool> resumed;
};

}  // namespace

TEST_SUITE("tls session") {
  TEST_CASE("is resumed by the next connection of the same transport") {
    Notes notes;
    TlsLane lane = notes.lane();

    for (int i = 0; i < 3; ++i) REQUIRE(lane.exchange().ok());

    CHECK(notes.all() == std::vector<bool>{false, true, true});
  }

  TEST_CASE("is not resumed by another transport") {
    Notes notes;
    TlsLane lane = notes.lane();
    TlsLane other([](Peer&) {});
    other.options = {};
    other.options.endpoint = lane.options.endpoint;
    other.options.trusted_ca_path = lane.options.trusted_ca_path;

    REQUIRE(lane.exchange().ok());
    REQUIRE(other.exchange().ok());

    CHECK(notes.all() == std::vector<bool>{false, false});
  }

  TEST_CASE("is not kept from a handshake that left a check out") {
    for (const CertificateChecks& checks :
         {CertificateChecks{true, false, false}, CertificateChecks{false, true, false},
          CertificateChecks{false, false, true}}) {
      Notes notes;
      TlsLane lane = notes.lane();
      lane.options.checks = checks;

      for (int i = 0; i < 2; ++i) REQUIRE(lane.exchange().ok());

      CHECK(notes.all() == std::vector<bool>{false, false});
    }
  }

  TEST_CASE("is not resumed once the trusted authorities have changed") {
    const ScratchFolder folder;
    std::filesystem::copy_file(identity().file(), folder.file("ca.pem"));
    Notes notes;
    TlsLane lane = notes.lane();
    lane.options.trusted_ca_path = folder.path();
    REQUIRE(lane.exchange().ok());

    std::filesystem::copy_file(identity().file(), folder.file("another.pem"));
    REQUIRE(lane.exchange().ok());

    CHECK(notes.all() == std::vector<bool>{false, false});
  }
}

}  // namespace wsman::testing
