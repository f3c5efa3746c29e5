#include "transport/tls/trust_store.h"

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "fakes/tls_identity.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"
#include "transport/tls/openssl.h"

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

template <typename T>
std::string der_of(int (*write)(const T*, unsigned char**), const T* object) {
  std::string der(static_cast<size_t>(write(object, nullptr)), '\0');
  auto* at = reinterpret_cast<unsigned char*>(der.data());
  (void)write(object, &at);
  return der;
}

// As Windows exports certificates together: signed by nobody.
tls::Owned<PKCS7, PKCS7_free> container_of(X509* certificate) {
  tls::Owned<PKCS7, PKCS7_free> container(PKCS7_new());
  REQUIRE(PKCS7_set_type(container.get(), NID_pkcs7_signed) == 1);
  REQUIRE(PKCS7_content_new(container.get(), NID_pkcs7_data) == 1);
  REQUIRE(PKCS7_add_certificate(container.get(), certificate) == 1);
  return container;
}

std::string pem_of(const PKCS7* container) {
  const tls::Bio bio(BIO_new(BIO_s_mem()));
  REQUIRE(PEM_write_bio_PKCS7(bio.get(), container) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<size_t>(size)};
}

bool is_trusted(const tls::Trust& trust, X509* certificate) {
  const STACK_OF(X509_OBJECT)* objects =
      X509_STORE_get0_objects(SSL_CTX_get_cert_store(trust.context.get()));
  for (int i = 0; i < sk_X509_OBJECT_num(objects); ++i) {
    const X509* known = X509_OBJECT_get0_X509(sk_X509_OBJECT_value(objects, i));
    if (known != nullptr && X509_cmp(known, certificate) == 0) return true;
  }
  return false;
}

Result<tls::Trust> trusted_by(const std::string& path) {
  Cancellation never;
  return tls::trusted_context(path, {never, Clock::now() + kPatience});
}

}  // namespace

TEST_SUITE("Trust store") {
  TEST_CASE("A trust store is loaded once for all connections") {
    const auto first = trusted_by(trusted_server().file());
    const auto second = trusted_by(trusted_server().file());

    REQUIRE(first.ok());
    REQUIRE(second.ok());
    CHECK(first.value().context == second.value().context);
  }

  TEST_CASE("The system's trust store is used without a path") {
    const auto without = trusted_by("");

    REQUIRE(without.ok());
    const auto with = trusted_by(trusted_server().file());
    REQUIRE(with.ok());
    CHECK(without.value().context != with.value().context);
  }

  TEST_CASE("A folder is accepted if one of its files has a certificate") {
    const ScratchFolder folder;
    copy_certificate(folder.file("a.crt"));
    folder.write("notes.txt", "no certificate");

    CHECK(trusted_by(folder.path()).ok());
  }

  TEST_CASE("A trust store is loaded again when its file has changed") {
    const ScratchFolder folder;
    const std::string file = folder.file("ca.pem");
    copy_certificate(file);
    const auto before = trusted_by(file);

    copy_certificate(folder.file("next"));
    std::filesystem::rename(folder.file("next"), file);
    const auto after = trusted_by(file);

    REQUIRE(before.ok());
    REQUIRE(after.ok());
    CHECK(before.value().context != after.value().context);
  }

  TEST_CASE("The error for a missing path names the path") {
    const ScratchFolder folder;

    const auto context = trusted_by(folder.file("absent.pem"));

    REQUIRE_FALSE(context.ok());
    CHECK(context.error().code == ErrorCode::certificate);
    CHECK(contains(context.error().message, folder.file("absent.pem")));
    CHECK(contains(context.error().message, "TrustedCAPath"));
  }

  TEST_CASE("The error for a file without a certificate names the file") {
    const ScratchFolder folder;
    const std::string file = folder.write("ca.pem", "no certificate");

    const auto context = trusted_by(file);

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
      const auto context = trusted_by(path);
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
    const auto context = trusted_by("");
    if (before != nullptr) setenv("SSL_CERT_FILE", kept.c_str(), 1);
    if (before == nullptr) unsetenv("SSL_CERT_FILE");
    CHECK(context.ok());
  }

  TEST_CASE("A bundle with a revocation list is read at once") {
    const ScratchFolder folder;
    std::ifstream certificate(trusted_server().file());
    const std::string pem{std::istreambuf_iterator<char>(certificate), {}};
    for (const bool has_list : {true, false}) {
      CAPTURE(has_list);
      const std::string list = has_list ? trusted_server().revocation_list(true) : "";
      const std::string bundle = folder.write("bundle.pem", pem + list);
      setenv("SSL_CERT_FILE", bundle.c_str(), 1);
      const auto context = trusted_by("");
      unsetenv("SSL_CERT_FILE");
      REQUIRE(context.ok());
      CHECK(context.value().has_crls == has_list);
      CHECK((context.value().bundle == nullptr) == has_list);
      CHECK(is_trusted(context.value(), trusted_server().certificate()) == has_list);
    }
  }

  TEST_CASE("Certificates and lists are read in each form in which they are handed out") {
    const ScratchFolder folder;
    X509* const certificate = trusted_server().certificate();
    const tls::Owned<PKCS7, PKCS7_free> container = container_of(certificate);
    const std::string list = trusted_server().revocation_list(false);
    const tls::Owned<X509_CRL, X509_CRL_free> parsed(
        PEM_read_bio_X509_CRL(tls::bio_over(list).get(), nullptr, nullptr, nullptr));
    REQUIRE(parsed);
    for (const auto& row : std::vector<std::pair<std::string, std::string>>{
             {"windows.cer", der_of(i2d_X509, certificate)},
             {"some.p7b", der_of(i2d_PKCS7, container.get())},
             {"armoured.p7b", pem_of(container.get())}}) {
      CAPTURE(row.first);
      const auto context = trusted_by(folder.write(row.first, row.second));
      REQUIRE(context.ok());
      CHECK(is_trusted(context.value(), certificate));
      CHECK_FALSE(context.value().has_crls);
    }
    const auto lists = trusted_by(folder.write("a.crl", der_of(i2d_X509_CRL, parsed.get())));
    REQUIRE(lists.ok());
    CHECK(lists.value().has_crls);
  }

  TEST_CASE("Bytes behind a certificate in DER make the file none") {
    const ScratchFolder folder;
    const std::string der = der_of(i2d_X509, trusted_server().certificate());
    CHECK_FALSE(trusted_by(folder.write("longer.cer", der + "x")).ok());
    CHECK_FALSE(trusted_by(folder.write("shorter.cer", der.substr(0, 90))).ok());
  }

  TEST_CASE("A file of a folder that cannot be read is passed over, and told") {
    const ScratchFolder folder;
    copy_certificate(folder.file("good.CRT"));
    const std::string bad = folder.write("bad.pem", "no certificate");

    const auto context = trusted_by(folder.path());

    REQUIRE(context.ok());
    REQUIRE(context.value().passed_over.size() == 1);
    CHECK(contains(context.value().passed_over[0], "\"" + bad + "\" holds no certificate"));
    CHECK(is_trusted(context.value(), trusted_server().certificate()));
  }

  TEST_CASE("A revocation list that cannot be read is an error in a folder, too") {
    const ScratchFolder folder;
    copy_certificate(folder.file("good.pem"));
    const std::string list = folder.write("authority.CRL", "half of one");

    const auto context = trusted_by(folder.path());

    REQUIRE_FALSE(context.ok());
    CHECK(contains(context.error().message, list));
  }

  TEST_CASE("What a failure of the system hides is an error in a folder and of the system, too") {
    // A file to who looks at it, whose first page nobody can read.
    const std::string unreadable = "/proc/self/mem";
    const ScratchFolder folder;
    copy_certificate(folder.file("ca.pem"));
    std::filesystem::create_symlink(unreadable, folder.file("list.pem"));

    const auto in_folder = trusted_by(folder.path());
    setenv("SSL_CERT_FILE", unreadable.c_str(), 1);
    const auto of_system = trusted_by("");
    unsetenv("SSL_CERT_FILE");

    REQUIRE_FALSE(in_folder.ok());
    CHECK(contains(in_folder.error().message,
                   "\"" + folder.file("list.pem") + "\" cannot be read: Input/output error"));
    REQUIRE_FALSE(of_system.ok());
    CHECK(contains(of_system.error().message, "\"" + unreadable + "\" cannot be read"));
  }

  TEST_CASE("A link of a folder that leads nowhere is passed over, and told") {
    const ScratchFolder folder;
    copy_certificate(folder.file("ca.pem"));
    std::filesystem::create_symlink("absent", folder.file("gone.pem"));

    const auto context = trusted_by(folder.path());

    REQUIRE(context.ok());
    CHECK(context.value().passed_over.size() == 1);
  }

  TEST_CASE("The error for a folder without certificates names the folder") {
    const ScratchFolder folder;

    const auto context = trusted_by(folder.path());

    REQUIRE_FALSE(context.ok());
    CHECK(contains(context.error().message, folder.path()));
  }
}

}  // namespace wsman::testing
