#include "session/session.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <thread>

#include "fakes/fake_session.h"
#include "fakes/gate.h"
#include "session/teardown.h"
#include "support/advice.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Result<int> seven(const message::Context&) { return 7; }

}  // namespace

TEST_SUITE("Session") {
  TEST_CASE_FIXTURE(FakeSession, "A new session is open") {
    CHECK(session.state() == session::State::opened);
    CHECK(session.view().state == session::State::opened);
    CHECK(session.view().info.computer_name == "server01");
    CHECK(session.view().connections == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "Work in a session gets its transport, endpoint and encoding") {
    xml::TextEncoding encoding = xml::TextEncoding::utf8;
    std::string host;

    const Result<int> result = session.run<int>(call, [&](const message::Context& context) {
      encoding = context.headers.encoding;
      host = context.endpoint.host;
      return context.transport.exchange({}, call).ok() ? 7 : 0;
    });

    REQUIRE(result.ok());
    CHECK(result.value() == 7);
    CHECK(encoding == xml::TextEncoding::utf16);
    CHECK(host == "server01");
    CHECK(server->exchanges == 1);
    CHECK(session.view().connections == 1);
  }

  TEST_CASE_FIXTURE(FakeSession, "An error of the work is passed on and leaves the session open") {
    const Result<int> result = session.run<int>(call, [](const message::Context&) {
      return Error{ErrorCode::fault, "No.", 9, {}};
    });

    CHECK(result.error().code == ErrorCode::fault);
    CHECK(session.state() == session::State::opened);
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "A session is broken after access was denied, and sends nothing more") {
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::access_denied, "Denied.", 5, {}};
    };
    CHECK(exchange(call).error().message == "Denied.");
    CHECK(session.state() == session::State::broken);

    const Result<HttpResponse> refused = exchange(call);

    CHECK(server->exchanges == 1);
    CHECK(refused.error().code == ErrorCode::access_denied);
    CHECK(refused.error().wsman_code == 5);
    CHECK(contains(refused.error().message, "server01"));
    CHECK(advice_of(refused.error()) == "ConnectWithOtherCredential");
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "A broken session is closed without traffic and abandons its server objects") {
    session.server_objects().add({});
    session.server_objects().add_shell({{}, "S1", {{"C1"}, {"C2"}}});
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::access_denied, "Denied.", 5, {}};
    };
    (void)exchange(call);

    const session::TeardownReport report = session::close_session(session, call);

    CHECK(server->exchanges == 1);
    CHECK(session.state() == session::State::closed);
    CHECK(report.enumerations_abandoned == 1);
    CHECK(report.shells_abandoned == 1);
    CHECK(report.commands_abandoned == 2);
    CHECK_FALSE(report.graceful);
    REQUIRE(report.warnings.size() == 3);
    for (const std::string& warning : report.warnings) CHECK(contains(warning, "credential"));
  }

  TEST_CASE_FIXTURE(FakeSession, "A teardown stops its requests after access was denied") {
    REQUIRE(exchange(call).ok());
    for (int i = 0; i < 20; ++i) session.server_objects().add({{}, "uuid:1", {}});
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::access_denied, "Denied.", 5, {}};
    };

    const session::TeardownReport report = session::close_session(session, call);

    CHECK(report.enumerations_abandoned == 20);
    // Those that were on their way at the first refusal, and the one that was repeated.
    CHECK(server->exchanges <= 1 + static_cast<int>(kMostConnections) + 1);
  }

  TEST_CASE_FIXTURE(FakeSession, "A closed session runs no work, and the error says what to do") {
    (void)session::close_session(session, call);

    const Result<int> result = session.run<int>(call, seven);

    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == ErrorCode::closed);
    CHECK(result.error().wsman_code == 0x80338098);
    CHECK(contains(result.error().message, "The session with server01 is closed"));
    CHECK(advice_of(result.error()) == "ConnectAgain");
    CHECK(server->exchanges == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "A session that is closing runs no work") {
    Gate closing;
    Gate let_go;
    server->on_close = [&](const Call&) {
      closing.open();
      (void)let_go.wait();
      return CloseOutcome{};
    };
    std::jthread ending([&] { (void)session::close_session(session, call); });
    REQUIRE(closing.wait());

    CHECK(session.state() == session::State::closing);
    CHECK(session.run<int>(call, seven).error().code == ErrorCode::closed);

    let_go.open();
    ending.join();
    CHECK(session.state() == session::State::closed);
  }

  TEST_CASE_FIXTURE(FakeSession, "A closed session still reports its name and its state") {
    (void)session::close_session(session, call);

    CHECK(session.view().state == session::State::closed);
    CHECK(session.view().info.computer_name == "server01");
    CHECK(session.view().connections == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "A destroyed session destroys its transport") {
    { const session::Session another({}, std::make_unique<FakeTransport>(server)); }

    CHECK(server->alive == 1);
  }
}

TEST_SUITE("Session state") {
  TEST_CASE("The states have PowerShell's names") {
    CHECK(std::string(name_of(session::State::opened)) == "Opened");
    CHECK(std::string(name_of(session::State::closing)) == "Closing");
    CHECK(std::string(name_of(session::State::closed)) == "Closed");
    CHECK(std::string(name_of(session::State::broken)) == "Broken");
  }
}

}  // namespace wsman::testing
