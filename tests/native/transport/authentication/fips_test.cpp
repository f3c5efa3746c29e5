// Digest with an OpenSSL 3 that does without MD5, as FIPS demands.
#include <doctest/doctest.h>
#include <openssl/core_dispatch.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/provider.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/loopback_options.h"
#include "support/bounds.h"
#include "transport/authentication/mechanism.h"
#include "transport/authentication/mechanisms.h"
#include "transport/http/challenges.h"

namespace wsman::testing {
namespace {

// An OpenSSL on this thread that has all but MD5: its provider is the usual one with a hash less.
class LacksMd5 {
 public:
  LacksMd5() : all_(OSSL_LIB_CTX_new()), context_(OSSL_LIB_CTX_new()) {
    usual_ = OSSL_PROVIDER_load(all_, "default");
    REQUIRE(OSSL_PROVIDER_add_builtin(context_, "less", begin) == 1);
    less_ = OSSL_PROVIDER_load(context_, "less");
    REQUIRE(less_ != nullptr);
    before_ = OSSL_LIB_CTX_set0_default(context_);
  }
  ~LacksMd5() {
    (void)OSSL_LIB_CTX_set0_default(before_);
    (void)OSSL_PROVIDER_unload(less_);
    OSSL_LIB_CTX_free(context_);
    (void)OSSL_PROVIDER_unload(usual_);
    OSSL_LIB_CTX_free(all_);
    ERR_clear_error();
  }
  LacksMd5(const LacksMd5&) = delete;
  LacksMd5& operator=(const LacksMd5&) = delete;

 private:
  static int begin(const OSSL_CORE_HANDLE* /*core*/, const OSSL_DISPATCH* /*offers*/,
                   const OSSL_DISPATCH** functions, void** context) {
    static const std::array<OSSL_DISPATCH, 2> own = {
        {{OSSL_FUNC_PROVIDER_QUERY_OPERATION, reinterpret_cast<void (*)()>(query)}, {0, nullptr}}};
    *functions = own.data();
    *context = OSSL_PROVIDER_get0_provider_ctx(usual_);
    return 1;
  }

  static const OSSL_ALGORITHM* query(void* /*context*/, int operation, int* no_cache) {
    const OSSL_ALGORITHM* one = OSSL_PROVIDER_query_operation(usual_, operation, no_cache);
    if (operation != OSSL_OP_DIGEST) return one;
    static std::vector<OSSL_ALGORITHM> kept;
    kept.clear();
    for (; one->algorithm_names != nullptr; ++one) {
      if (std::string_view(one->algorithm_names).substr(0, 4) != "MD5:") kept.push_back(*one);
    }
    kept.push_back({});
    return kept.data();
  }

  static inline OSSL_PROVIDER* usual_ = nullptr;  // Its functions have no place for a reference.
  OSSL_LIB_CTX* const all_;
  OSSL_LIB_CTX* const context_;
  OSSL_PROVIDER* less_ = nullptr;
  OSSL_LIB_CTX* before_ = nullptr;
};

std::string challenge_of(const std::string& algorithm, const std::string& nonce) {
  return "Digest realm=\"x\", qop=\"auth\", nonce=\"" + nonce + "\", algorithm=" + algorithm;
}

}  // namespace

TEST_SUITE("Digest without MD5") {
  TEST_CASE("A later challenge is answered, and only an error names the hash that is missing") {
    const LacksMd5 fips;
    const TransportOptions options = loopback_options(5985);
    const auto mechanism =
        authentication::make_digest(options, {true, "someone", Secret("secret")}, {});
    const auto context = mechanism->begin("");
    const auto take = [&](const std::vector<std::string>& lines) {
      return context->take_challenges(http::read_challenges(lines));
    };

    const auto heard = take({challenge_of("MD5", "n1"), challenge_of("SHA-256", "n2")});
    REQUIRE_MESSAGE(heard.ok(), heard.error().message);
    CHECK(heard.value());
    Secret line;
    context->append_authorization(line, {"POST", "/wsman"});
    CHECK(contains(line.view(), "nonce=\"n2\""));
    CHECK(contains(line.view(), "algorithm=SHA-256"));
    // A new nonce that is refused still means the password.
    const auto refused = take({challenge_of("MD5", "n3"), challenge_of("SHA-256", "n4")});
    REQUIRE(refused.ok());
    CHECK_FALSE(refused.value());

    const auto none = take({challenge_of("MD5", "n5"), challenge_of("MD5-sess", "n6")});
    REQUIRE_FALSE(none.ok());
    CHECK(none.error().code == ErrorCode::authentication);
    CHECK(contains(none.error().message, "does not offer MD5"));
    CHECK(ERR_peek_error() == 0);
  }
}

}  // namespace wsman::testing
