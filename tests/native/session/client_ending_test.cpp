#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "fakes/fake_network.h"
#include "fakes/fake_service.h"
#include "fakes/gate.h"
#include "fakes/together.h"
#include "session/client.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

std::string name_of_number(int number) { return "server" + std::to_string(number); }

// Sessions whose close takes all the time that it has.
void connect_to_silent(FakeNetwork& network, int sessions, Gate& never) {
  for (int i = 0; i < sessions; ++i) {
    network.server(name_of_number(i)).on_close = [&never](const Call& closing) {
      return CloseOutcome{0, never.wait_until(closing.deadline), true};
    };
    REQUIRE(network.connect(name_of_number(i)).ok());
  }
}

}  // namespace

TEST_SUITE("Disconnect") {
  TEST_CASE_FIXTURE(FakeNetwork,
                    "A disconnect finds the name in any case and closes the connection") {
    REQUIRE(connect("server01").ok());

    const auto report = disconnect("Server01");

    REQUIRE(report.ok());
    CHECK(report.value().computer_name == "server01");
    CHECK(report.value().connections_closed == 1);
    CHECK(names().empty());
    CHECK(server("server01").hang_ups == 1);
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE_FIXTURE(FakeNetwork,
                    "A disconnect from a name that is not connected fails without traffic") {
    REQUIRE(connect("server01").ok());

    for (const char* name : {"server", "server011", "server01.test", "server*", "", " server01"}) {
      const auto report = disconnect(name);
      REQUIRE_FALSE(report.ok());
      CHECK(report.error().code == ErrorCode::not_connected);
      CHECK(contains(report.error().message, "\"" + std::string(name) + "\""));
    }
    CHECK(names().size() == 1);
    CHECK(server("server01").closes == 0);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "A second disconnect from the same name fails") {
    REQUIRE(connect("server01").ok());
    REQUIRE(disconnect("server01").ok());

    CHECK(disconnect("server01").error().code == ErrorCode::not_connected);
    CHECK(server("server01").closes == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "Exactly one of eight threads disconnects a session") {
    REQUIRE(connect("server01").ok());
    std::atomic<int> succeeded{0};
    std::atomic<int> not_connected{0};

    together(8, [&](int) {
      const auto report = disconnect("server01");
      ++(report.ok() ? succeeded : not_connected);
    });

    CHECK(succeeded == 1);
    CHECK(not_connected == 7);
    CHECK(server("server01").closes == 1);
  }

  TEST_CASE_FIXTURE(FakeNetwork,
                    "A disconnect obeys the given timeout, or else that of the session") {
    session::SessionOptions spec = spec_for("server01");
    spec.teardown_timeout = Milliseconds(5000);
    std::vector<Clock::time_point> deadlines;
    server("server01").on_close = [&](const Call& closing) {
      deadlines.push_back(closing.deadline);
      return CloseOutcome{};
    };
    REQUIRE(client.connect(std::move(spec), call).ok());
    const Clock::time_point before = Clock::now();
    REQUIRE(disconnect("server01").ok());
    const Clock::time_point between = Clock::now();
    REQUIRE(connect("server01").ok());
    REQUIRE(client.disconnect("server01", Milliseconds(60000), cancellation).ok());
    const Clock::time_point after = Clock::now();

    REQUIRE(deadlines.size() == 2);
    CHECK(deadlines[0] >= before + Milliseconds(5000));
    CHECK(deadlines[0] <= between + Milliseconds(5000));
    CHECK(deadlines[1] >= between + Milliseconds(60000));
    CHECK(deadlines[1] <= after + Milliseconds(60000));
  }

  TEST_CASE_FIXTURE(FakeNetwork,
                    "A session in teardown is found by its number but not by its name") {
    const uint64_t id = connect("server01").value().view.info.id;
    session::State seen = session::State::opened;
    size_t listed = 1;
    server("server01").on_close = [&](const Call&) {
      seen = client.state(id).value().state;
      listed = client.list().size();
      return CloseOutcome{};
    };

    REQUIRE(disconnect("server01").ok());

    CHECK(seen == session::State::closing);
    CHECK(listed == 0);
    CHECK(client.state(id).value().state == session::State::closed);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "A disconnect does not wait for a connect to another computer") {
    REQUIRE(connect("quick").ok());
    Gate entered;
    Gate let_go;
    server("slow").on_exchange = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      entered.open();
      (void)let_go.wait();
      return soap_answer(identify_answer());
    };
    std::atomic<bool> connected{false};
    std::jthread connecting([&] {
      (void)connect("slow");
      connected = true;
    });
    REQUIRE(entered.wait());

    CHECK(names().size() == 1);
    CHECK(disconnect("quick").ok());
    CHECK_FALSE(connected);

    let_go.open();
    connecting.join();
    CHECK(names() == std::vector<std::string>{"slow"});
  }
}

TEST_SUITE("Closing several sessions") {
  TEST_CASE_FIXTURE(FakeNetwork,
                    "Closing several sessions ends those, in their order, and no other") {
    for (const char* name : {"beta", "Alpha", "gamma"}) REQUIRE(connect(name).ok());
    const std::vector<uint64_t> ids = ids_of({"gamma", "Alpha", "gamma"});

    const auto reports = client.close(ids, kPatience, cancellation);

    REQUIRE(reports.ok());
    REQUIRE(reports.value().size() == 2);
    CHECK(reports.value()[0].computer_name == "gamma");
    CHECK(reports.value()[1].computer_name == "Alpha");
    CHECK(names() == std::vector<std::string>{"beta"});
    CHECK(client.state(ids[0]).value().state == session::State::closed);
  }

  TEST_CASE_FIXTURE(FakeNetwork,
                    "Closing a session that has ended does nothing to a newer one of its name") {
    REQUIRE(connect("server01").ok());
    const std::vector<uint64_t> ids = ids_of({"server01"});
    REQUIRE(connect("server01").ok());

    const auto reports = client.close(ids, kPatience, cancellation);

    REQUIRE(reports.ok());
    CHECK(reports.value().empty());
    CHECK(names() == std::vector<std::string>{"server01"});
  }

  TEST_CASE_FIXTURE(FakeNetwork, "A number that was never issued ends no session") {
    REQUIRE(connect("server01").ok());
    std::vector<uint64_t> ids = ids_of({"server01"});
    ids.push_back(ids[0] + 1);

    const auto reports = client.close(ids, kPatience, cancellation);

    REQUIRE_FALSE(reports.ok());
    CHECK(reports.error().code == ErrorCode::invalid_argument);
    CHECK(names() == std::vector<std::string>{"server01"});
  }

  TEST_CASE_FIXTURE(FakeNetwork, "Each of several sessions has its own bound, from the beginning") {
    Gate never;
    for (const char* name : {"slow", "slower"}) {
      server(name).on_close = [&](const Call& closing) {
        return CloseOutcome{0, never.wait_until(closing.deadline), true};
      };
    }
    REQUIRE(connect("slow", Milliseconds(100)).ok());
    REQUIRE(connect("slower", Milliseconds(300)).ok());
    const Clock::time_point start = Clock::now();

    const auto reports = client.close(ids_of({"slow", "slower"}), Milliseconds(0), cancellation);

    CHECK(since(start) < bound(Milliseconds(300) + kPromptly));
    REQUIRE(reports.ok());
    CHECK_FALSE(reports.value()[0].graceful);
    CHECK(reports.value()[0].elapsed_ms < reports.value()[1].elapsed_ms);
  }
}

TEST_SUITE("Closing all sessions") {
  TEST_CASE_FIXTURE(FakeNetwork, "Closing all sessions where there are none does nothing") {
    CHECK(client.close_all(kPatience, cancellation).empty());
  }

  TEST_CASE_FIXTURE(FakeNetwork,
                    "Closing all sessions reports each session in the order of the list") {
    for (const char* name : {"beta", "Alpha"}) REQUIRE(connect(name).ok());

    const auto reports = client.close_all(kPatience, cancellation);

    REQUIRE(reports.size() == 2);
    CHECK(reports[0].computer_name == "Alpha");
    CHECK(reports[1].computer_name == "beta");
    CHECK(reports[0].connections_closed == 1);
    CHECK(names().empty());
    CHECK(client.close_all(kPatience, cancellation).empty());
  }

  TEST_CASE_FIXTURE(FakeNetwork, "All sessions are closed at the same time") {
    constexpr int kSessions = 40;
    Meeting meeting(kSessions);
    for (int i = 0; i < kSessions; ++i) {
      server(name_of_number(i)).on_close = [&](const Call& closing) {
        return CloseOutcome{0, meeting.arrive(closing.deadline), true};
      };
      REQUIRE(connect(name_of_number(i)).ok());
    }

    const auto reports = client.close_all(kPatience, cancellation);

    REQUIRE(reports.size() == kSessions);
    for (const session::TeardownReport& report : reports) CHECK(report.graceful);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "Sessions that all use up the timeout take it once together") {
    constexpr int kSessions = 100;
    Gate never;
    connect_to_silent(*this, kSessions, never);
    const Clock::time_point start = Clock::now();

    const auto reports = client.close_all(Milliseconds(200), cancellation);

    CHECK(since(start) < bound(Milliseconds(200) + kPromptly));
    REQUIRE(reports.size() == kSessions);
    for (int i = 0; i < kSessions; ++i) {
      CHECK_FALSE(reports[static_cast<size_t>(i)].graceful);
      CHECK(server(name_of_number(i)).closes == 1);
      CHECK(server(name_of_number(i)).alive == 0);
    }
  }

  TEST_CASE_FIXTURE(FakeNetwork, "Sessions that end in turn have one time together") {
    constexpr int kSessions = 20;
    Gate never;
    connect_to_silent(*this, kSessions, never);
    const Clock::time_point start = Clock::now();

    client.end_all_in_turn(Milliseconds(200));

    CHECK(since(start) < bound(Milliseconds(200) + kPromptly));
    CHECK(client.list().empty());
    for (int i = 0; i < kSessions; ++i) CHECK(server(name_of_number(i)).alive == 0);
  }

  TEST_CASE_FIXTURE(FakeService, "Servers that are gone leave time to the session behind them") {
    // As many as there are threads. In the order of the list they come before "server01".
    constexpr int kGone = 128;
    Gate ended;
    for (int i = 0; i < kGone; ++i) {
      const std::string name = "gone" + std::to_string(i);
      server(name).on_close = [&](const Call& closing) {
        return CloseOutcome{0, ended.wait_until(closing.deadline), true};
      };
      REQUIRE(connect(name).ok());
    }
    REQUIRE(create(in(session()), call).ok());
    shells.on_answer = [&](const HttpRequest&, const HttpResponse& answer) {
      ended.open();
      return Result<HttpResponse>(answer);
    };

    const auto reports = client.close_all(bound(Milliseconds(200)), cancellation);

    REQUIRE(reports.size() == kGone + 1);
    CHECK(reports.back().shells_deleted == 1);
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(FakeNetwork, "Closing all sessions waits for one that another call is ending") {
    REQUIRE(connect("server01").ok());
    Gate ending;
    server("server01").on_close = [&](const Call&) {
      ending.open();
      // As slow as a server may be.
      std::this_thread::sleep_for(kShort);
      return CloseOutcome{};
    };
    const uint64_t id = client.list()[0].info.id;
    std::jthread disconnecting([&] { CHECK(disconnect("server01").ok()); });
    REQUIRE(ending.wait());

    // The report is the other call's.
    CHECK(client.close_all(kPatience, cancellation).empty());
    CHECK(client.state(id).value().state == session::State::closed);
  }

  TEST_CASE_FIXTURE(FakeService,
                    "Closing all sessions again waits for a session of one operation") {
    REQUIRE(enumerate(its_own(), call).ok());
    Gate ending;
    Gate let_go;
    server("server01").on_close = [&](const Call&) {
      ending.open();
      (void)let_go.wait();
      return CloseOutcome{};
    };
    std::jthread closing([&] { CHECK(client.close_all(kPatience, cancellation).size() == 1); });
    REQUIRE(ending.wait());
    const Clock::time_point start = Clock::now();

    CHECK(client.close_all(Milliseconds(50), cancellation).empty());

    CHECK(since(start) >= Milliseconds(50));
    let_go.open();
  }

  TEST_CASE_FIXTURE(FakeNetwork, "A connect in progress is not stopped by closing all sessions") {
    Gate entered;
    REQUIRE(connect("server01").ok());
    server("server01").on_exchange = [&](const HttpRequest& request, const Call& running) {
      entered.open();
      return stall(request, running);
    };
    ErrorCode code = ErrorCode::internal;
    std::jthread connecting([&] { code = connect("server01").error().code; });
    REQUIRE(entered.wait());

    // The connect that runs is no session yet: it goes on and is not among what was closed.
    CHECK(client.close_all(kPatience, cancellation).size() == 1);
    cancellation.stop(StopReason::cancelled);
    connecting.join();

    CHECK(code == ErrorCode::cancelled);
    CHECK(server("server01").alive == 0);
  }
}

}  // namespace wsman::testing
