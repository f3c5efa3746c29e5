#include "transport/tls/session_cache.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "fakes/tls_connection.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

// A server that answers once a connection and notes which of them were resumed.
struct Notes {
  // A connection whose every exchange needs a new connection.
  TlsConnection client() {
    return TlsConnection(identity(), [this](Peer& peer) {
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

TEST_SUITE("TLS session cache") {
  TEST_CASE("The next connection of the same transport resumes the TLS session") {
    Notes notes;
    TlsConnection client = notes.client();

    for (int i = 0; i < 3; ++i) REQUIRE(client.exchange().ok());

    CHECK(notes.all() == std::vector<bool>{false, true, true});
  }

  TEST_CASE("Another transport does not resume the TLS session") {
    Notes notes;
    TlsConnection client = notes.client();
    TlsConnection other([](Peer&) {});
    other.options = {};
    other.options.endpoint = client.options.endpoint;
    other.options.trusted_ca_path = client.options.trusted_ca_path;

    REQUIRE(client.exchange().ok());
    REQUIRE(other.exchange().ok());

    CHECK(notes.all() == std::vector<bool>{false, false});
  }

  TEST_CASE("A TLS session with a skipped check is not resumed") {
    for (const CertificateChecks& checks :
         {CertificateChecks{true, false, false}, CertificateChecks{false, true, false},
          CertificateChecks{false, false, true}}) {
      Notes notes;
      TlsConnection client = notes.client();
      client.options.checks = checks;

      for (int i = 0; i < 2; ++i) REQUIRE(client.exchange().ok());

      CHECK(notes.all() == std::vector<bool>{false, false});
    }
  }

  TEST_CASE("A TLS session is not resumed after the trusted authorities have changed") {
    const ScratchFolder folder;
    std::filesystem::copy_file(identity().file(), folder.file("ca.pem"));
    Notes notes;
    TlsConnection client = notes.client();
    client.options.trusted_ca_path = folder.path();
    REQUIRE(client.exchange().ok());

    std::filesystem::copy_file(identity().file(), folder.file("another.pem"));
    REQUIRE(client.exchange().ok());

    CHECK(notes.all() == std::vector<bool>{false, false});
  }
}

}  // namespace wsman::testing
