// Where the chain of a server's certificate ends, and what is said of it.
#include <doctest/doctest.h>

#include <string>

#include "fakes/tls_connection.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// A root, an authority that it issued, and the server that this one issued.
struct Chain {
  explicit Chain(bool sends_middle) {
    if (sends_middle) SSL_CTX_add1_chain_cert(leaf.context(), middle.certificate());
  }

  Result<HttpResponse> ask(const std::string& trusted) const {
    TlsConnection client(leaf, answer_all);
    client.options.trusted_ca_path = trusted;
    return client.exchange();
  }

  // The sentence about the authority, and the advice.
  std::string told(const std::string& trusted) const {
    const auto response = ask(trusted);
    if (response.ok()) return "accepted";
    CHECK(response.error().code == ErrorCode::certificate);
    const std::string& message = response.error().message;
    const size_t start = message.find("it is signed by");
    const size_t end = message.find(". Subject");
    REQUIRE(start < end);
    return message.substr(start, end - start) + " " + advice_of(response.error());
  }

  TlsIdentity root{"IP:127.0.0.1"};
  TlsIdentity middle{"the authority between", root};
  TlsIdentity leaf{"the server", middle};
};

const std::string kUnknown = "it is signed by an unknown certificate authority: ";

}  // namespace

TEST_SUITE("TLS chain") {
  TEST_CASE("The certificate between that the server left out is named") {
    const Chain chain(false);

    CHECK(chain.told(chain.root.file()) ==
          kUnknown +
              "the certificate of its issuer, CN=the authority between, was not sent by the "
              "server, and is not known here SendIssuer TrustAuthority");
  }

  TEST_CASE("The authority above the one that is trusted is named") {
    for (const bool sends_middle : {false, true}) {
      CAPTURE(sends_middle);
      const Chain chain(sends_middle);

      CHECK(chain.told(chain.middle.file()) ==
            kUnknown +
                "CN=the authority between is known here, but not CN=a server of the tests, which "
                "issued that one TrustIssuer");
    }
  }

  TEST_CASE("The authority above what the server sent is named") {
    const Chain chain(true);

    CHECK(chain.told("") ==
          kUnknown +
              "the certificate of CN=a server of the tests, which issued CN=the authority between, "
              "was not sent by the server, and is not known here SendIssuer TrustAuthority");
  }

  TEST_CASE("A whole chain is accepted") {
    const Chain chain(true);

    CHECK(chain.told(chain.root.file()) == "accepted");
  }
}

}  // namespace wsman::testing
