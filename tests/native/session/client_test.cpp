#include "session/client.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "base/codes.h"
#include "fakes/fake_network.h"
#include "support/scarce_memory.h"

namespace wsman::testing {
namespace {

using Names = std::vector<std::string>;

Result<HttpResponse> refuse(const HttpRequest&, const Call&) {
  return Error{ErrorCode::access_denied, "No.", 5, {}};
}

}  // namespace

TEST_SUITE("Client") {
  TEST_CASE_FIXTURE(FakeNetwork, "A new client has no sessions") { CHECK(names().empty()); }

  TEST_CASE_FIXTURE(FakeNetwork, "A connect adds the session after Identify has succeeded") {
    const auto connected = connect("server01");

    REQUIRE(connected.ok());
    CHECK(connected.value().view.info.computer_name == "server01");
    CHECK(connected.value().view.info.user_name == "someone");
    CHECK(connected.value().view.info.authentication == AuthenticationKind::basic);
    CHECK(connected.value().view.state == session::State::opened);
    CHECK(connected.value().view.connections == 1);
    CHECK(connected.value().identity.product_vendor == "Microsoft Corporation");
    CHECK_FALSE(connected.value().replaced);
    CHECK(names() == Names{"server01"});
    CHECK(server("server01").exchanges == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "Identify is anonymous only if no authentication is used") {
    session::SessionOptions spec = spec_for("nobody");
    spec.transport.authentication = AuthenticationKind::none;
    spec.transport.credential = {};

    REQUIRE(client.connect(std::move(spec), call).ok());
    REQUIRE(connect("somebody").ok());

    CHECK(server("nobody").requests()[0].anonymous_identify);
    CHECK_FALSE(server("somebody").requests()[0].anonymous_identify);
  }

  TEST_CASE_FIXTURE(FakeNetwork,
                    "A connect whose Identify fails adds no session and closes the connection") {
    server("server01").on_exchange = refuse;

    const auto connected = connect("server01");

    REQUIRE_FALSE(connected.ok());
    CHECK(connected.error().code == ErrorCode::access_denied);
    CHECK(names().empty());
    CHECK(server("server01").hang_ups == 1);
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE("Where memory runs out, a connect has a session or leaves no connection") {
    size_t allocations = 0;
    do {
      CAPTURE(allocations);
      FakeNetwork network;
      session::SessionOptions options = spec_for("server01");
      (void)network.server("server01");
      const auto connect = [&] {
        const ScarceMemory scarce(allocations++);
        return or_out_of_memory(
            [&] { return network.client.connect(std::move(options), network.call); });
      };

      const Result<session::Connected> connected = connect();

      CHECK(network.names().size() == (connected.ok() ? 1 : 0));
      CHECK(network.server("server01").alive == (connected.ok() ? 1 : 0));
      if (!connected.ok()) CHECK(connected.error().wsman_code == code::kOutOfMemory);
    } while (ScarceMemory::ran_out());
    CHECK(allocations > 20);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "A connect that is stopped closes its connection") {
    server("server01").on_exchange = stall;
    cancellation.stop(StopReason::cancelled);

    const auto connected = connect("server01");

    CHECK(connected.error().code == ErrorCode::cancelled);
    CHECK(server("server01").hang_ups == 1);
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE("A connect without a transport passes its error on and uses up no number") {
    session::Client client([](TransportOptions) -> Result<std::unique_ptr<Transport>> {
      return Error{ErrorCode::unencrypted, "No.", 0, {}};
    });
    Cancellation cancellation;

    const auto connected = client.connect(spec_for("server01"), {cancellation});

    CHECK(connected.error().code == ErrorCode::unencrypted);
    CHECK(client.state(1).error().code == ErrorCode::invalid_argument);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "Sessions are listed by name without regard to case") {
    for (const char* name : {"beta", "Alpha", "GAMMA", "alpha2"}) REQUIRE(connect(name).ok());

    CHECK(names() == Names{"Alpha", "alpha2", "beta", "GAMMA"});
  }
}

TEST_SUITE("Connect to a connected name") {
  TEST_CASE_FIXTURE(FakeNetwork,
                    "A second connect replaces the session, whatever the case of the name") {
    const uint64_t first = connect("server01").value().view.info.id;

    const auto second = connect("SERVER01");

    REQUIRE(second.ok());
    REQUIRE(second.value().replaced);
    CHECK(second.value().replaced->computer_name == "server01");
    CHECK(second.value().replaced->connections_closed == 1);
    CHECK(names() == Names{"SERVER01"});
    CHECK(server("server01").hang_ups == 1);
    CHECK(client.state(first).value().state == session::State::closed);
    CHECK(client.state(second.value().view.info.id).value().state == session::State::opened);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "A second connect that fails leaves the old session as it was") {
    const uint64_t first = connect("server01").value().view.info.id;
    server("server01").on_exchange = refuse;

    REQUIRE_FALSE(connect("server01").ok());

    CHECK(names() == Names{"server01"});
    CHECK(client.state(first).value().state == session::State::opened);
    CHECK(client.state(first).value().connections == 1);
    CHECK(server("server01").hang_ups == 1);  // The new one.
    CHECK(server("server01").alive == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "The old session is closed after the new one is open") {
    REQUIRE(connect("server01").ok());
    session::State seen = session::State::closed;
    server("server01").on_close = [&](const Call&) {
      seen = client.list().at(0).state;
      return CloseOutcome{};
    };

    REQUIRE(connect("server01").ok());

    CHECK(seen == session::State::opened);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "Names that differ in case outside ASCII are different names") {
    REQUIRE(connect("b\xC3\xBC").ok());
    REQUIRE(connect("b\xC3\x9C").ok());

    CHECK(names().size() == 2);
  }
}

TEST_SUITE("State of a session number") {
  TEST_CASE_FIXTURE(FakeNetwork, "An open session is reported with its state and its connections") {
    const uint64_t id = connect("server01").value().view.info.id;

    const auto view = client.state(id);

    REQUIRE(view.ok());
    CHECK(view.value().state == session::State::opened);
    CHECK(view.value().info.id == id);
    CHECK(view.value().info.computer_name == "server01");
    CHECK(view.value().connections == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "A number that was never issued is refused") {
    const uint64_t id = connect("server01").value().view.info.id;

    for (const uint64_t unknown : {uint64_t{0}, id + 1, UINT64_MAX}) {
      CHECK(client.state(unknown).error().code == ErrorCode::invalid_argument);
    }
  }

  TEST_CASE_FIXTURE(FakeNetwork,
                    "A session that was closed stays closed when its name is connected again") {
    const uint64_t first = connect("server01").value().view.info.id;
    REQUIRE(disconnect("server01").ok());
    CHECK(client.state(first).value().state == session::State::closed);
    CHECK(client.state(first).value().info.id == first);

    const uint64_t second = connect("server01").value().view.info.id;

    CHECK(second != first);
    CHECK(client.state(first).value().state == session::State::closed);
    CHECK(client.state(second).value().state == session::State::opened);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "A session number is never issued twice") {
    uint64_t last = 0;
    for (int i = 0; i < 20; ++i) {
      const uint64_t id = connect("server01").value().view.info.id;
      CHECK(id > last);
      last = id;
      if (i % 2 == 0) REQUIRE(disconnect("server01").ok());
    }
  }
}

TEST_SUITE("Identify without a session") {
  TEST_CASE_FIXTURE(FakeNetwork, "An Identify adds no session and leaves no connection open") {
    const auto identity = client.identify({0, spec_for("server01")}, call);

    REQUIRE(identity.ok());
    CHECK(contains(identity.value().xml, "<wsmid:ProductVendor>Microsoft Corporation<"));
    CHECK(names().empty());
    CHECK(server("server01").hang_ups == 1);
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "An Identify leaves the session with the same name alone") {
    REQUIRE(connect("server01").ok());

    REQUIRE(client.identify({0, spec_for("server01")}, call).ok());

    CHECK(names() == Names{"server01"});
    CHECK(server("server01").alive == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "An Identify that fails leaves no connection open") {
    server("server01").on_exchange = refuse;

    CHECK(client.identify({0, spec_for("server01")}, call).error().code ==
          ErrorCode::access_denied);
    CHECK(server("server01").alive == 0);
  }
}

}  // namespace wsman::testing
