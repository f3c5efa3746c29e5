#include "session/registry.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "fakes/fake_network.h"

namespace wsman::testing {
namespace {

using Names = std::vector<std::string>;

Result<HttpResponse> refuse(const HttpRequest&, const Call&) {
  return Error{ErrorCode::access_denied, "No.", 5, {}};
}

}  // namespace

TEST_SUITE("registry") {
  TEST_CASE_FIXTURE(FakeNetwork, "is empty at first") { CHECK(names().empty()); }

  TEST_CASE_FIXTURE(FakeNetwork, "stores a session once Identify has succeeded") {
    const auto connected = connect("server01");

    REQUIRE(connected.ok());
    CHECK(connected.value().view.info.computer_name == "server01");
    CHECK(connected.value().view.info.user_name == "someone");
    CHECK(connected.value().view.info.authentication == AuthenticationKind::basic);
    CHECK(connected.value().view.state == State::opened);
    CHECK(connected.value().view.connections == 1);
    CHECK(connected.value().identity.product_vendor == "Microsoft Corporation");
    CHECK_FALSE(connected.value().replaced);
    CHECK(names() == Names{"server01"});
    CHECK(server("server01").exchanges == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "asks Identify anonymously only without authentication") {
    ConnectSpec spec = spec_for("nobody");
    spec.transport.authentication = AuthenticationKind::none;
    spec.transport.credential = {};

    REQUIRE(registry.connect(std::move(spec), call).ok());
    REQUIRE(connect("somebody").ok());

    CHECK(server("nobody").requests()[0].anonymous_identify);
    CHECK_FALSE(server("somebody").requests()[0].anonymous_identify);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "stores nothing when Identify fails, and hangs up") {
    server("server01").on_exchange = refuse;

    const auto connected = connect("server01");

    REQUIRE_FALSE(connected.ok());
    CHECK(connected.error().code == ErrorCode::access_denied);
    CHECK(names().empty());
    CHECK(server("server01").hang_ups == 1);
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "hangs up also when the connecting was stopped") {
    server("server01").on_exchange = stall;
    cancellation.stop(StopReason::cancelled);

    const auto connected = connect("server01");

    CHECK(connected.error().code == ErrorCode::cancelled);
    CHECK(server("server01").hang_ups == 1);
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE("hands on why no transport can be made, without using a number") {
    Registry registry([](TransportOptions) -> Result<std::unique_ptr<Transport>> {
      return Error{ErrorCode::unencrypted, "No.", 0, {}};
    });
    Cancellation cancellation;

    const auto connected = registry.connect(spec_for("server01"), {cancellation});

    CHECK(connected.error().code == ErrorCode::unencrypted);
    CHECK(registry.state(1).error().code == ErrorCode::invalid_argument);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "lists by name, whatever the order and the case") {
    for (const char* name : {"beta", "Alpha", "GAMMA", "alpha2"}) REQUIRE(connect(name).ok());

    CHECK(names() == Names{"Alpha", "alpha2", "beta", "GAMMA"});
  }
}

TEST_SUITE("registry, connecting a name again,") {
  TEST_CASE_FIXTURE(FakeNetwork, "replaces the session, also in another case") {
    const uint64_t first = connect("server01").value().view.info.id;

    const auto second = connect("SERVER01");

    REQUIRE(second.ok());
    REQUIRE(second.value().replaced);
    CHECK(second.value().replaced->computer_name == "server01");
    CHECK(second.value().replaced->connections_closed == 1);
    CHECK(names() == Names{"SERVER01"});
    CHECK(server("server01").hang_ups == 1);
    CHECK(registry.state(first).value().state == State::closed);
    CHECK(registry.state(second.value().view.info.id).value().state == State::opened);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "leaves the old session as it was when that fails") {
    const uint64_t first = connect("server01").value().view.info.id;
    server("server01").on_exchange = refuse;

    REQUIRE_FALSE(connect("server01").ok());

    CHECK(names() == Names{"server01"});
    CHECK(registry.state(first).value().state == State::opened);
    CHECK(registry.state(first).value().connections == 1);
    CHECK(server("server01").hang_ups == 1);  // The new one.
    CHECK(server("server01").alive == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "tears the old one down once the new one stands") {
    REQUIRE(connect("server01").ok());
    State seen = State::closed;
    server("server01").on_close = [&](const Call&) {
      seen = registry.list().at(0).state;
      return CloseOutcome{};
    };

    REQUIRE(connect("server01").ok());

    CHECK(seen == State::opened);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "tells names apart that differ outside ASCII only") {
    REQUIRE(connect("b\xC3\xBC").ok());
    REQUIRE(connect("b\xC3\x9C").ok());

    CHECK(names().size() == 2);
  }
}

TEST_SUITE("registry, asked for the state of a number,") {
  TEST_CASE_FIXTURE(FakeNetwork, "knows what is open") {
    const uint64_t id = connect("server01").value().view.info.id;

    const auto view = registry.state(id);

    REQUIRE(view.ok());
    CHECK(view.value().state == State::opened);
    CHECK(view.value().info.id == id);
    CHECK(view.value().info.computer_name == "server01");
    CHECK(view.value().connections == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "refuses one that was never issued") {
    const uint64_t id = connect("server01").value().view.info.id;

    for (const uint64_t unknown : {uint64_t{0}, id + 1, UINT64_MAX}) {
      CHECK(registry.state(unknown).error().code == ErrorCode::invalid_argument);
    }
  }

  TEST_CASE_FIXTURE(FakeNetwork, "says closed for one that was, also when the name is back") {
    const uint64_t first = connect("server01").value().view.info.id;
    REQUIRE(disconnect("server01").ok());
    CHECK(registry.state(first).value().state == State::closed);
    CHECK(registry.state(first).value().info.id == first);

    const uint64_t second = connect("server01").value().view.info.id;

    CHECK(second != first);
    CHECK(registry.state(first).value().state == State::closed);
    CHECK(registry.state(second).value().state == State::opened);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "never issues a number twice") {
    uint64_t last = 0;
    for (int i = 0; i < 20; ++i) {
      const uint64_t id = connect("server01").value().view.info.id;
      CHECK(id > last);
      last = id;
      if (i % 2 == 0) REQUIRE(disconnect("server01").ok());
    }
  }
}

TEST_SUITE("registry, asked to identify once,") {
  TEST_CASE_FIXTURE(FakeNetwork, "stores nothing and leaves nothing open") {
    const auto identity = registry.identify({0, spec_for("server01")}, call);

    REQUIRE(identity.ok());
    CHECK(identity.value().product_vendor == "Microsoft Corporation");
    CHECK(names().empty());
    CHECK(server("server01").hang_ups == 1);
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "leaves a session under that name alone") {
    REQUIRE(connect("server01").ok());

    REQUIRE(registry.identify({0, spec_for("server01")}, call).ok());

    CHECK(names() == Names{"server01"});
    CHECK(server("server01").alive == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "leaves nothing open when that fails") {
    server("server01").on_exchange = refuse;

    CHECK(registry.identify({0, spec_for("server01")}, call).error().code ==
          ErrorCode::access_denied);
    CHECK(server("server01").alive == 0);
  }
}

}  // namespace wsman::testing
