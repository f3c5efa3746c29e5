#include "session/registry.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "fakes/fake_transport.h"
#include "session/teardown.h"

namespace wsman::testing {
namespace {

struct RegistryFixture {
  session::SessionPointer session_for(const std::string& name) {
    session::SessionInfo info;
    info.id = registry.next_session_id();
    info.computer_name = name;
    return std::make_shared<session::Session>(
        std::move(info), std::make_unique<FakeTransport>(std::make_shared<FakeServer>()));
  }

  session::SessionPointer add(const std::string& name) {
    session::SessionPointer session = session_for(name);
    (void)registry.add(session);
    return session;
  }

  session::Registry registry;
};

}  // namespace

TEST_SUITE("Registry") {
  TEST_CASE_FIXTURE(RegistryFixture,
                    "Sessions are sorted by name, and a name is found in any case") {
    const auto second = add("B");
    const auto first = add("a");

    CHECK(registry.sessions() == std::vector<session::SessionPointer>{first, second});
    CHECK(registry.take("b") == second);
    CHECK(registry.take("B") == nullptr);
    CHECK(registry.sessions() == std::vector<session::SessionPointer>{first});
  }

  TEST_CASE_FIXTURE(RegistryFixture, "A session whose name is added again is given back") {
    const auto before = add("server01");
    const auto now = session_for("SERVER01");

    CHECK(registry.add(now) == before);
    CHECK(registry.take("server01") == now);
  }

  TEST_CASE_FIXTURE(RegistryFixture, "Two zones that differ by letter case are two sessions") {
    const auto one = add("FE80::1%eth0");
    const auto other = add("fe80::1%ETH0");

    CHECK(registry.sessions().size() == 2);
    CHECK(registry.take("fe80::1%eth0") == one);
    CHECK(registry.take("FE80::1%ETH0") == other);
  }

  TEST_CASE_FIXTURE(RegistryFixture,
                    "The number of a taken session is known until it is forgotten") {
    const auto session = add("server01");
    const uint64_t id = session->info().id;

    REQUIRE(registry.take("server01") == session);
    CHECK(registry.find(id).value() == session);
    registry.forget(id);
    CHECK(registry.find(id).value() == nullptr);
    CHECK(registry.find(id + 1).error().code == ErrorCode::invalid_argument);
    CHECK(registry.find(0).error().code == ErrorCode::invalid_argument);
  }

  TEST_CASE_FIXTURE(RegistryFixture, "A session of one operation is found as long as it is used") {
    auto used = session_for("server01");
    registry.add_transient(session_for("server02"));
    registry.add_transient(used);

    CHECK(registry.sessions().empty());
    CHECK(registry.take_all().taken == std::vector<session::SessionPointer>{used});
    Cancellation cancellation;
    (void)session::close_session(*used, {cancellation});
    const auto ended = registry.take_all();
    CHECK(ended.taken.empty());
    CHECK(ended.of_others == std::vector<session::SessionPointer>{used});
  }

  TEST_CASE_FIXTURE(RegistryFixture, "Enumerations are numbered, and each can be taken once") {
    const auto enumeration =
        std::make_shared<session::Enumeration>(add("server01"), session::EnumerationRequest{});
    const uint64_t id = registry.add(enumeration);

    CHECK(registry.enumeration(id).value() == enumeration);
    CHECK(registry.take_enumeration(id).value() == enumeration);
    CHECK(registry.take_enumeration(id).value() == nullptr);
    CHECK(registry.take_enumeration(id + 1).error().code == ErrorCode::invalid_argument);
    CHECK(registry.enumeration(id).error().code == ErrorCode::invalid_argument);
    CHECK(registry.add(enumeration) == id + 1);
  }
}

}  // namespace wsman::testing
