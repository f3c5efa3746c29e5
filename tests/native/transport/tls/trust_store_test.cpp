#include "transport/tls/trust_store.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
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

TEST_SUITE("Trust store") {
  TEST_CASE("A trust store is loaded once for all connections") {
    const auto first = tls::trusted_context(trusted_server().file());
    const auto second = tls::trusted_context(trusted_server().file());

    REQUIRE(first.ok());
    REQUIRE(second.ok());
    CHECK(first.value().context == second.value().context);
  }

  TEST_CASE("The system's trust store is used without a path") {
    const auto without = tls::trusted_context("");

    REQUIRE(without.ok());
    const auto with = tls::trusted_context(trusted_server().file());
    REQUIRE(with.ok());
    CHECK(without.value().context != with.value().context);
  }

  TEST_CASE("A folder is accepted if one of its files has a certificate") {
    const ScratchFolder folder;
    copy_certificate(folder.file("a.crt"));
    folder.write("notes.txt", "no certificate");

    CHECK(tls::trusted_context(folder.path()).ok());
  }

  TEST_CASE("A trust store is loaded again when its file has changed") {
    const ScratchFolder folder;
    const std::string file = folder.file("ca.pem");
    copy_certificate(file);
    const auto before = tls::trusted_context(file);

    copy_certificate(folder.file("next"));
    std::filesystem::rename(folder.file("next"), file);
    const auto after = tls::trusted_context(file);

    REQUIRE(before.ok());
    REQUIRE(after.ok());
    CHECK(before.value().context != after.value().context);
  }

  TEST_CASE("The error for a missing path names the path") {
    const ScratchFolder folder;

    const auto context = tls::trusted_context(folder.file("absent.pem"));

    REQUIRE_FALSE(context.ok());
    CHECK(context.error().code == ErrorCode::certificate);
    CHECK(contains(context.error().message, folder.file("absent.pem")));
    CHECK(contains(context.error().message, "TrustedCAPath"));
  }

  TEST_CASE("The error for a file without a certificate names the file") {
    const ScratchFolder folder;
    const std::string file = folder.write("ca.pem", "no certificate");

    const auto context = tls::trusted_context(file);

    REQUIRE_FALSE(context.ok());
    CHECK(contains(context.error().message, file));
  }

  TEST_CASE("What is no file is refused at once and by name, alone and in a folder") {
    const ScratchFolder folder;
    const std::string pipe = folder.file("ca.pem");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    for (const std::string& path : {pipe, folder.path(), std::string("/dev/zero")}) {
      CAPTURE(path);
      const Clock::time_point start = Clock::now();
      const auto context = tls::trusted_context(path);
      REQUIRE_FALSE(context.ok());
      CHECK(since(start) < bound(kPromptly));
      const std::string& named = path == folder.path() ? pipe : path;
      CHECK(contains(context.error().message, "\"" + named + "\" is no regular file"));
    }
  }

  TEST_CASE("What the environment names for a bundle and is no file is no bundle") {
    const ScratchFolder folder;
    const std::string pipe = folder.file("bundle.pem");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    const char* const before = std::getenv("SSL_CERT_FILE");
    const std::string kept = before != nullptr ? before : "";
    setenv("SSL_CERT_FILE", pipe.c_str(), 1);
    const auto context = tls::trusted_context("");
    if (before != nullptr) setenv("SSL_CERT_FILE", kept.c_str(), 1);
    if (before == nullptr) unsetenv("SSL_CERT_FILE");
    CHECK(context.ok());
  }

  TEST_CASE("The error for a folder without certificates names the folder") {
    const ScratchFolder folder;

    const auto context = tls::trusted_context(folder.path());

    REQUIRE_FALSE(context.ok());
    CHECK(contains(context.error().message, folder.path()));
  }
}

}  // namespace wsman::testing
