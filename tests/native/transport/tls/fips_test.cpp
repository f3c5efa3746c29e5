// An OpenSSL 3 whose configuration demands FIPS.
#include <doctest/doctest.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>

#include "support/advice.h"
#include "support/bounds.h"
#include "support/scratch_folder.h"
#include "transport/tls/trust_store.h"

namespace wsman::testing {
namespace {

using LibraryContext = std::unique_ptr<OSSL_LIB_CTX, decltype(&OSSL_LIB_CTX_free)>;

// An OpenSSL on this thread whose configuration demands FIPS, and whose module for it is missing.
class DemandsFips {
 public:
  DemandsFips() : context_(OSSL_LIB_CTX_new(), OSSL_LIB_CTX_free) {
    REQUIRE(EVP_set_default_properties(context_.get(), "fips=yes") == 1);
    before_ = OSSL_LIB_CTX_set0_default(context_.get());
  }
  ~DemandsFips() {
    (void)OSSL_LIB_CTX_set0_default(before_);
    ERR_clear_error();
  }
  DemandsFips(const DemandsFips&) = delete;
  DemandsFips& operator=(const DemandsFips&) = delete;

 private:
  LibraryContext context_;
  OSSL_LIB_CTX* before_ = nullptr;
};

}  // namespace

TEST_SUITE("OpenSSL that cannot begin TLS") {
  TEST_CASE("The error says why, and where to look") {
    const DemandsFips fips;
    const ScratchFolder folder;
    Cancellation never;
    const auto trust = tls::trusted_context(folder.path(), {never, Clock::now() + kPatience});
    REQUIRE_FALSE(trust.ok());
    CHECK(trust.error().code == ErrorCode::tls);
    CHECK_MESSAGE(contains(trust.error().message, "OpenSSL cannot begin TLS on this computer: "),
                  trust.error().message);
    CHECK_MESSAGE(contains(trust.error().message, "library has no ciphers"), trust.error().message);
    CHECK_MESSAGE(contains(trust.error().message, "Its configuration demands FIPS."),
                  trust.error().message);
    CHECK(advice_of(trust.error()) == "ConfigureOpenSsl");
    CHECK(ERR_peek_error() == 0);
  }
}

}  // namespace wsman::testing
