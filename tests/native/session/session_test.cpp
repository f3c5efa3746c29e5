#include "session/session.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <thread>

#include "fakes/fake_session.h"
#include "fakes/gate.h"
#include "session/teardown.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

Result<int> seven(const OperationContext&) { return 7; }

}  // namespace

TEST_SUITE("session") {
  TEST_CASE_FIXTURE(FakeSession, "is opened from the start") {
    CHECK(session.state() == State::opened);
    CHECK(session.view().state == State::opened);
    CHECK(session.view().info.computer_name == "server01");
    CHECK(session.view().connections == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "runs work with its transport, endpoint and encoding") {
    TextEncoding encoding = TextEncoding::utf8;
    std::string host;

    const Result<int> result = session.run<int>(call, [&](const OperationContext& context) {
      encoding = context.manner.encoding;
      host = context.endpoint.host;
      return context.transport.exchange({}, call).ok() ? 7 : 0;
    });

    REQUIRE(result.ok());
    CHECK(result.value() == 7);
    CHECK(encoding == TextEncoding::utf16);
    CHECK(host == "server01");
    CHECK(server->exchanges == 1);
    CHECK(session.view().connections == 1);
  }

  TEST_CASE_FIXTURE(FakeSession, "hands on the error of the work") {
    const Result<int> result = session.run<int>(call, [](const OperationContext&) {
      return Error{ErrorCode::fault, "No.", 9, {}};
    });

    CHECK(result.error().code == ErrorCode::fault);
    CHECK(session.state() == State::opened);
  }

  TEST_CASE_FIXTURE(FakeSession, "is broken when the server refuses the credential, and says so") {
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::access_denied, "Denied.", 5, {}};
    };
    CHECK(exchange(call).error().message == "Denied.");
    CHECK(session.state() == State::broken);

    const Result<HttpResponse> refused = exchange(call);

    CHECK(server->exchanges == 1);
    CHECK(refused.error().code == ErrorCode::access_denied);
    CHECK(refused.error().wsman_code == 5);
    CHECK(contains(refused.error().message, "server01"));
    CHECK(contains(refused.error().message, "Connect-WSMan"));
  }

  TEST_CASE_FIXTURE(FakeSession,
                    "that is broken is closed without traffic, and abandons the rest") {
    session.holdings().add({});
    session.holdings().add_shell({{}, "S1", {"C1", "C2"}});
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::access_denied, "Denied.", 5, {}};
    };
    (void)exchange(call);

    const TeardownReport report = close_session(session, call);

    CHECK(server->exchanges == 1);
    CHECK(session.state() == State::closed);
    CHECK(report.enumerations_abandoned == 1);
    CHECK(report.shells_abandoned == 1);
    CHECK(report.commands_abandoned == 2);
    CHECK_FALSE(report.graceful);
    REQUIRE(report.warnings.size() == 3);
    for (const std::string& warning : report.warnings) CHECK(contains(warning, "credential"));
  }

  TEST_CASE_FIXTURE(FakeSession, "whose credential is refused while it ends asks no further") {
    for (int i = 0; i < 20; ++i) session.holdings().add({});
    server->on_exchange = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::access_denied, "Denied.", 5, {}};
    };

    const TeardownReport report = close_session(session, call);

    CHECK(report.enumerations_abandoned == 20);
    CHECK(server->exchanges <= static_cast<int>(kLanes));
  }

  TEST_CASE_FIXTURE(FakeSession, "that is closed runs nothing, and says what to do") {
    (void)close_session(session, call);

    const Result<int> result = session.run<int>(call, seven);

    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == ErrorCode::closed);
    CHECK(result.error().wsman_code == 0x80338098);
    CHECK(contains(result.error().message, "The session with server01 is closed"));
    CHECK(contains(result.error().message, "Connect-WSMan"));
    CHECK(server->exchanges == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "that is closing runs nothing") {
    Gate closing;
    Gate let_go;
    server->on_close = [&](const Call&) {
      closing.open();
      (void)let_go.wait();
      return CloseOutcome{};
    };
    std::jthread ending([&] { (void)close_session(session, call); });
    REQUIRE(closing.wait());

    CHECK(session.state() == State::closing);
    CHECK(session.run<int>(call, seven).error().code == ErrorCode::closed);

    let_go.open();
    ending.join();
    CHECK(session.state() == State::closed);
  }

  TEST_CASE_FIXTURE(FakeSession, "stays readable when it is closed") {
    (void)close_session(session, call);

    CHECK(session.view().state == State::closed);
    CHECK(session.view().info.computer_name == "server01");
    CHECK(session.view().connections == 0);
  }

  TEST_CASE_FIXTURE(FakeSession, "that is destroyed destroys its transport") {
    { const Session another({}, std::make_unique<FakeTransport>(server)); }

    CHECK(server->alive == 1);
  }
}

TEST_SUITE("session state") {
  TEST_CASE("has PowerShell's names") {
    CHECK(std::string(name_of(State::opened)) == "Opened");
    CHECK(std::string(name_of(State::closing)) == "Closing");
    CHECK(std::string(name_of(State::closed)) == "Closed");
    CHECK(std::string(name_of(State::broken)) == "Broken");
  }
}

}  // namespace wsman::testing
