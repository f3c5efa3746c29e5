// What all connections have in common, whatever the configuration of the computer says.
#include "transport/tls/context.h"

#include <doctest/doctest.h>

#include <memory>

namespace wsman::testing {
namespace {

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

}  // namespace

TEST_SUITE("TLS context") {
  TEST_CASE("A weaker policy of the computer is raised, and a stricter one is kept") {
    struct Row {
      int version;
      int level;
      int version_then;
      int level_then;
    };
    for (const Row& row :
         {Row{0, 0, TLS1_2_VERSION, 2}, Row{TLS1_VERSION, 1, TLS1_2_VERSION, 2},
          Row{TLS1_2_VERSION, 2, TLS1_2_VERSION, 2}, Row{TLS1_3_VERSION, 3, TLS1_3_VERSION, 3}}) {
      CAPTURE(row.version);
      const Context context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
      // As openssl.cnf has it, which OpenSSL reads before.
      REQUIRE(SSL_CTX_set_min_proto_version(context.get(), row.version) == 1);
      SSL_CTX_set_security_level(context.get(), row.level);

      CHECK(tls::prepare_context(context.get()));

      CHECK(SSL_CTX_get_min_proto_version(context.get()) == row.version_then);
      CHECK(SSL_CTX_get_security_level(context.get()) == row.level_then);
    }
  }
}

}  // namespace wsman::testing
