// What OpenSSL notes of failures: told in words, and never left to others on the thread.
#include "transport/tls/openssl.h"

#include <doctest/doctest.h>
#include <openssl/x509.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/client_keys.h"
#include "fakes/tls_connection.h"
#include "support/advice.h"
#include "support/bounds.h"
#include "transport/http_transport.h"

namespace wsman::testing {
namespace {

Result<HttpResponse> asked(TransportOptions options) {
  Cancellation cancellation;
  const Call call{cancellation, Clock::now() + kPatience};
  auto transport = make_http_transport(std::move(options), {}, net::system_lookup);
  if (!transport.ok()) return transport.error();
  Result<HttpResponse> response = transport.value()->exchange(kRequest, call);
  (void)transport.value()->close(call);
  return response;
}

TransportOptions with_file(const std::string& content, const ScratchFolder& folder) {
  TransportOptions options = tls_options(1, "");
  options.authentication = AuthenticationKind::client_certificate;
  options.certificate.file = folder.write("client.pem", content);
  return options;
}

// Notes a failure as somebody else on this thread would who has not looked at it yet.
void note_failure_of_others() { ERR_raise(ERR_LIB_X509, X509_R_KEY_VALUES_MISMATCH); }

}  // namespace

TEST_SUITE("OpenSSL's notes of failures") {
  TEST_CASE("Notes are taken as words, each once, the first one first") {
    ERR_clear_error();
    note_failure_of_others();
    ERR_raise_data(ERR_LIB_X509, X509_R_UNSUPPORTED_ALGORITHM, "named %s", "x\ny");
    note_failure_of_others();
    CHECK(tls::take_reasons() == "key values mismatch; unsupported algorithm (named x y)");
    CHECK(ERR_peek_error() == 0);
    CHECK(tls::take_reasons() == "it gave no reason");
  }

  TEST_CASE("A failure over TLS leaves no note") {
    const LoopbackServer garbage([](Peer& peer) { (void)peer.send("This is no TLS at all."); });
    const LoopbackServer gone([](Peer& peer) { peer.reset(); });
    const LoopbackServer broken([](Peer& peer) {
      if (!peer.accept_tls(identity().context())) return;
      (void)peer.read_request();
      peer.reset();
    });
    const LoopbackServer good([](Peer& peer) {
      if (peer.accept_tls(identity().context())) answer_all(peer);
    });
    for (const auto& [server, authorities] :
         std::vector<std::pair<const LoopbackServer*, std::string>>{{&garbage, ""},
                                                                    {&gone, identity().file()},
                                                                    {&broken, identity().file()},
                                                                    {&good, ""},
                                                                    {&good, "/nowhere"}}) {
      ERR_clear_error();
      const auto response = asked(tls_options(server->port(), authorities));
      REQUIRE_FALSE(response.ok());
      CAPTURE(response.error().message);
      CHECK(ERR_peek_error() == 0);
    }
    CHECK(asked(tls_options(good.port(), identity().file())).ok());
    CHECK(ERR_peek_error() == 0);
  }

  TEST_CASE("A client certificate that cannot be used leaves the notes of others as they are") {
    const ClientKeys keys;
    const ClientKeys other;
    const ScratchFolder folder;
    for (const std::string& content :
         {std::string("garbage"), keys.certificate_pem(), keys.key_pem("word"), keys.pkcs12("word"),
          keys.certificate_pem() + other.key_pem()}) {
      CAPTURE(content);
      ERR_clear_error();
      note_failure_of_others();
      const unsigned long before = ERR_peek_error();
      CHECK_FALSE(asked(with_file(content, folder)).ok());
      const unsigned long after = ERR_get_error();
      // 1.1.1 ends them itself.
      CHECK((after == before || (after == 0 && !tls::is_openssl_3())));
      CHECK(ERR_peek_error() == 0);
    }
  }
}

}  // namespace wsman::testing
