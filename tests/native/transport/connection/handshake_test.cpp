// The exchange of tokens, with a peer that answers as one test says.
#include "transport/connection/handshake.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "fakes/fake_mechanism.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// A proxy that denies every request with the same line.
class FakeProxy : public connection::HandshakePeer {
 public:
  explicit FakeProxy(std::string line) : line_(std::move(line)) {}

  Result<connection::HandshakeAnswer> ask(authentication::SecurityContext& context,
                                          const Call& /*call*/) override {
    ++asked;
    Secret head;
    context.append_authorization(head, {"CONNECT", "server01:5986", true});
    return connection::HandshakeAnswer{true, {line_}};
  }
  Status finish(authentication::SecurityContext& /*context*/, const std::string& /*token*/,
                int /*round_trips*/, const Call& /*call*/) override {
    return Done{};
  }
  std::string name() const override { return "the proxy"; }
  Error not_accepted(const authentication::SecurityContext& /*context*/,
                     const std::vector<std::string>& challenges) const override {
    return {ErrorCode::access_denied, challenges.at(0), 0, {}};
  }
  Error failed(const std::string& why) const override {
    return {ErrorCode::authentication, why, 0, {}};
  }

  int asked = 0;

 private:
  const std::string line_;
};

struct ProxyFixture {
  Status exchange(FakeProxy& proxy) {
    FakeContext context(plan);
    return connection::exchange_tokens(proxy, context, {cancellation, Clock::now() + kPatience});
  }

  FakePlan plan;
  Cancellation cancellation;
};

}  // namespace

TEST_SUITE("Handshake with a proxy") {
  TEST_CASE_FIXTURE(ProxyFixture, "A token of a proxy that is not base64 is an error") {
    FakeProxy proxy("Negotiate Zg");

    const Status status = exchange(proxy);

    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::authentication);
    CHECK(status.error().message == "the proxy's token is not base64");
    CHECK(proxy.asked == 1);
  }

  TEST_CASE_FIXTURE(ProxyFixture,
                    "Access is denied when the proxy sends no token and no fallback is left") {
    FakeProxy proxy("Negotiate");
    plan.fallbacks = 1;

    const Status status = exchange(proxy);

    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == ErrorCode::access_denied);
    CHECK(proxy.asked == 2);
  }

  TEST_CASE_FIXTURE(ProxyFixture, "A proxy that never stops asking for tokens is given up") {
    FakeProxy proxy("Negotiate " + base64("answer"));
    plan.tokens = 1000;

    const Status status = exchange(proxy);

    REQUIRE_FALSE(status.ok());
    CHECK(status.error().message == "the proxy asks for one token after the other");
    CHECK(proxy.asked == 16);
  }
}

}  // namespace wsman::testing
