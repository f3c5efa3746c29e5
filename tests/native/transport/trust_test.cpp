#include "transport/trust.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "fakes/tls_identity.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"

namespace wsman::testing {
namespace {

const TlsIdentity& trusted_server() {
  static const TlsIdentity made("DNS:server01");
  return made;
}

void copy_certificate(const std::string& to) {
  std::filesystem::copy_file(trusted_server().file(), to,
                             std::filesystem::copy_options::overwrite_existing);
}

}  // namespace

TEST_SUITE("trust") {
  TEST_CASE("is loaded once for all connections") {
    const auto first = trusted_context(trusted_server().file());
    const auto second = trusted_context(trusted_server().file());

    REQUIRE(first.ok());
    REQUIRE(second.ok());
    CHECK(first.value().context == second.value().context);
  }

  TEST_CASE("without a path is the system's alone, and another store") {
    const auto without = trusted_context("");

    REQUIRE(without.ok());
    const auto with = trusted_context(trusted_server().file());
    REQUIRE(with.ok());
    CHECK(without.value().context != with.value().context);
  }

  TEST_CASE("takes a folder, and of its files those with certificates") {
    const ScratchFolder folder;
    copy_certificate(folder.file("a.crt"));
    folder.write("notes.txt", "no certificate");

    CHECK(trusted_context(folder.path()).ok());
  }

  TEST_CASE("is loaded anew when its file changed") {
    const ScratchFolder folder;
    const std::string file = folder.file("ca.pem");
    copy_certificate(file);
    const auto before = trusted_context(file);

    copy_certificate(folder.file("next"));
    std::filesystem::rename(folder.file("next"), file);
    const auto after = trusted_context(file);

    REQUIRE(before.ok());
    REQUIRE(after.ok());
    CHECK(before.value().context != after.value().context);
  }

  TEST_CASE("names a path that is not there") {
    const ScratchFolder folder;

    const auto context = trusted_context(folder.file("absent.pem"));

    REQUIRE_FALSE(context.ok());
    CHECK(context.error().code == ErrorCode::certificate);
    CHECK(contains(context.error().message, folder.file("absent.pem")));
    CHECK(contains(context.error().message, "TrustedCAPath"));
  }

  TEST_CASE("names a file without a certificate") {
    const ScratchFolder folder;
    const std::string file = folder.write("ca.pem", "no certificate");

    const auto context = trusted_context(file);

    REQUIRE_FALSE(context.ok());
    CHECK(contains(context.error().message, file));
  }

  TEST_CASE("names a folder without certificates") {
    const ScratchFolder folder;

    const auto context = trusted_context(folder.path());

    REQUIRE_FALSE(context.ok());
    CHECK(contains(context.error().message, folder.path()));
  }
}

}  // namespace wsman::testing
