// What the client seals with Kerberos, opened by hand [RFC 4121 4.2.4].
#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "auth/kerberos_frame.h"
#include "auth/realm.h"
#include "transport/authentication/gss/context.h"

namespace wsman::testing {
namespace {

using namespace service;  // NOLINT(google-build-using-namespace)

// Accepts whoever has a ticket for the keytab of the realm.
class Keyholder {
 public:
  Keyholder() = default;
  ~Keyholder() {
    OM_uint32 minor = 0;
    gss_delete_sec_context(&minor, &context_, GSS_C_NO_BUFFER);
  }
  Keyholder(const Keyholder&) = delete;
  Keyholder& operator=(const Keyholder&) = delete;

  std::string accept(std::string token) {
    gss_buffer_desc input{token.size(), token.data()};
    gss_buffer_desc output{};
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_accept_sec_context(&minor, &context_, GSS_C_NO_CREDENTIAL, &input,
                                                   GSS_C_NO_CHANNEL_BINDINGS, nullptr, nullptr,
                                                   &output, nullptr, nullptr, nullptr);
    std::string answer(static_cast<const char*>(output.value), output.length);
    gss_release_buffer(&minor, &output);
    if (major != GSS_S_COMPLETE) throw std::runtime_error("the client is not accepted");
    return answer;
  }

  ContextKey key() { return export_key(context_); }

 private:
  gss_ctx_id_t context_ = GSS_C_NO_CONTEXT;
};

// A context of the client as its connections have it, and the key that its acceptor knows.
struct Established {
  explicit Established(gss::Use use)
      : library(*gss::library().value()),
        stage(library, std::make_shared<gss::Credentials>(Credential()), use,
              {"HTTP/localhost", ""}) {
    Keyholder acceptor;
    stage.advance("");
    REQUIRE_FALSE(stage.failure());
    stage.advance(acceptor.accept(std::string(stage.token().view())));
    REQUIRE(stage.is_established());
    key = acceptor.key();
  }

  std::string seal(const std::string& text) {
    const auto sealed = stage.seal(text);
    REQUIRE(sealed.ok());
    CHECK(sealed.value().signature.size() == 60);
    CHECK(sealed.value().cipher.size() == text.size());
    return sealed.value().signature + sealed.value().cipher;
  }

  const gss::Library& library;
  gss::Stage stage;
  ContextKey key;
};

}  // namespace

TEST_SUITE("Kerberos wrap token of the client") {
  TEST_CASE("A wrap token has the encrypted message, its header and its sequence number") {
    const std::string text = "<s:Envelope/> of any length";
    for (const gss::Use use : {gss::Use::kerberos, gss::Use::spnego}) {
      CAPTURE(static_cast<int>(use));
      Established client(use);
      REQUIRE(client.key.type == ENCTYPE_AES256_CTS_HMAC_SHA1_96);
      const unsigned flags = kIsSealed | (client.key.of_acceptor ? kKeyOfAcceptor : 0U);

      for (std::uint64_t i = 0; i < 3; ++i) {
        const std::uint64_t number = client.key.next_number + i;
        const auto opened = open_by_hand(client.key, kInitiatorSeal, client.seal(text));
        REQUIRE(opened);
        CHECK(opened->head == token_header(flags, number, kRotation));
        CHECK(opened->text == text);
        CHECK(opened->copy == token_header(flags, number, 0));
      }
    }
  }

  TEST_CASE("A wrap token is valid only for its key, its key usage and its exact bytes") {
    Established client(gss::Use::kerberos);
    const std::string frame = client.seal("text");

    CHECK(open_by_hand(client.key, kInitiatorSeal, frame));
    CHECK_FALSE(open_by_hand(client.key, kAcceptorSeal, frame));
    CHECK_FALSE(open_by_hand(Established(gss::Use::kerberos).key, kInitiatorSeal, frame));
    for (std::size_t at = kTokenHeader; at < frame.size(); ++at) {
      CAPTURE(at);
      std::string changed = frame;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      CHECK_FALSE(open_by_hand(client.key, kInitiatorSeal, changed));
    }
  }

  TEST_CASE("A wrap token begins with a new confounder each time") {
    Established client(gss::Use::kerberos);
    const std::size_t after = kTokenHeader + kRotation;
    const std::string first = client.seal("text").substr(after, kConfounder);
    CHECK(client.seal("text").substr(after, kConfounder) != first);
  }
}

}  // namespace wsman::testing
