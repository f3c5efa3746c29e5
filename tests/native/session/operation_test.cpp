#include "session/operation.h"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fakes/fake_network.h"
#include "fakes/fake_shells.h"
#include "fakes/specs.h"
#include "session/registry.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

struct Shells : FakeNetwork {
  Shells() {
    server("server01").on_exchange = [this](const HttpRequest& request, const Call& request_call) {
      return shells.answer(request, request_call);
    };
    id = connect("server01").value().view.info.id;
  }

  static Target shell(const std::string& shell_id) {
    return {kShell, {{"ShellId", shell_id, false}}, {}, {}, {}};
  }

  Result<std::string> perform(const Operation& operation) {
    return registry.perform({id, std::nullopt}, operation, call);
  }

  Result<std::string> create() {
    return perform({Operation::Kind::create, {kShell, {}, {}, {}, {}}, {}, {}});
  }

  Result<std::string> run_in(const std::string& shell_id) {
    const Content command{{{"Command", {{Value::Kind::text, "ping"}}}}, {}};
    return perform({Operation::Kind::invoke, shell(shell_id), "Command", command});
  }

  Result<std::string> signal(const std::string& shell_id, const std::string& command_id,
                             const std::string& code) {
    const Content content{
        {{"Code", {{Value::Kind::text, code}}}, {"CommandId", {{Value::Kind::text, command_id}}}},
        {}};
    return perform({Operation::Kind::invoke, shell(shell_id), "Signal", content});
  }

  Result<std::string> remove(const std::string& shell_id) {
    return perform({Operation::Kind::remove, shell(shell_id), {}, {}});
  }

  TeardownReport end() { return disconnect("server01").value(); }

  int open_shells() { return registry.list()[0].open_shells; }

  FakeShells shells;
  uint64_t id = 0;
};

using Endings = std::vector<std::string>;

}  // namespace

TEST_SUITE("operation") {
  TEST_CASE_FIXTURE(Shells, "that creates a shell leaves it to the session to delete") {
    REQUIRE(create().ok());
    CHECK(open_shells() == 1);

    const TeardownReport report = end();

    CHECK(report.shells_deleted == 1);
    CHECK(report.graceful);
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(Shells, "that starts a command leaves it to be terminated before its shell") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    REQUIRE(run_in("S1").ok());

    const TeardownReport report = end();

    CHECK(report.commands_terminated == 2);
    CHECK(report.shells_deleted == 1);
    REQUIRE(shells.endings().size() == 3);
    CHECK(shells.endings().back() == "delete S1");
  }

  TEST_CASE_FIXTURE(Shells, "that ends a command or a shell leaves nothing of it to the session") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    REQUIRE(signal("s1", "c2", "Terminate").ok() == false);  // The server minds the case.
    REQUIRE(signal("S1", "C2", "Terminate").ok());
    REQUIRE(run_in("S1").ok());
    REQUIRE(remove("S1").ok());
    CHECK(open_shells() == 0);

    const TeardownReport report = end();

    CHECK(report.commands_terminated == 0);
    CHECK(report.shells_deleted == 0);
    CHECK(report.steps.size() == 1);
  }

  TEST_CASE_FIXTURE(Shells, "that only interrupts a command leaves it to the session") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    REQUIRE(signal("S1", "C2", "ctrl_c").ok());

    // The fake ended it all the same, which is how a command that finished by itself looks.
    CHECK(end().commands_terminated == 1);
  }

  TEST_CASE_FIXTURE(Shells, "that fails leaves nothing to the session") {
    shells.on_request = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return FakeShells::strange();
    };
    CHECK_FALSE(create().ok());
    CHECK(open_shells() == 0);
  }

  TEST_CASE_FIXTURE(Shells, "in a session of its own leaves the shell to the user") {
    const Operation operation{Operation::Kind::create, {kShell, {}, {}, {}, {}}, {}, {}};

    REQUIRE(registry.perform({0, spec_for("server01")}, operation, call).ok());

    CHECK(shells.shells() == 1);
    CHECK(open_shells() == 0);
  }

  TEST_CASE_FIXTURE(Shells, "on a shell of somebody else leaves that alone") {
    (void)registry.perform({0, spec_for("server01")},
                           {Operation::Kind::create, {kShell, {}, {}, {}, {}}, {}, {}}, call);
    REQUIRE(run_in("S1").ok());

    const TeardownReport report = end();

    CHECK(report.shells_deleted == 0);
    CHECK(shells.shells() == 1);
  }
}

TEST_SUITE("teardown of what is held") {
  TEST_CASE_FIXTURE(Shells, "takes a shell that is gone already for deleted") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    shells.on_request = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return FakeShells::no_such_thing();
    };

    const TeardownReport report = end();

    CHECK(report.commands_terminated == 1);
    CHECK(report.shells_deleted == 1);
    CHECK(report.graceful);
    CHECK(report.warnings.empty());
  }

  TEST_CASE_FIXTURE(Shells, "tells what a strange answer left, and deletes the shell regardless") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    shells.on_request = [](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (FakeShells::has(request, "shell/Signal<")) return FakeShells::strange();
      return HttpResponse{};
    };

    const TeardownReport report = end();

    CHECK(report.commands_abandoned == 1);
    CHECK(report.shells_deleted == 1);
    CHECK_FALSE(report.graceful);
    REQUIRE(report.warnings.size() == 1);
    CHECK(contains(report.warnings[0], "1 command on server01"));
    CHECK(contains(report.warnings[0], "Something strange."));
  }

  TEST_CASE_FIXTURE(Shells, "gives up at its deadline, and says what is left and for how long") {
    REQUIRE(create().ok());
    shells.on_request = stall;

    const TeardownReport report =
        registry.disconnect("server01", Milliseconds(30), cancellation).value();

    CHECK(report.shells_abandoned == 1);
    REQUIRE(report.warnings.size() == 1);
    CHECK(contains(report.warnings[0], "2 hours"));
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE_FIXTURE(Shells, "lets a shell that is being created say its name, and deletes it") {
    std::atomic<bool> asked{false};
    shells.on_request = [&](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (!FakeShells::has(request, "transfer/Create<")) return HttpResponse{};
      asked = true;
      asked.notify_all();
      while (!names().empty()) std::this_thread::yield();  // Until the teardown has begun.
      return HttpResponse{};
    };
    std::thread creating([&] { CHECK(create().ok()); });
    asked.wait(false);

    const TeardownReport report = end();

    creating.join();
    CHECK(report.shells_deleted == 1);
    CHECK(report.graceful);
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(Shells, "says that a shell whose name it never heard may be left") {
    std::atomic<bool> asked{false};
    shells.on_request = [&](const HttpRequest& request, const Call& create_call) {
      asked = true;
      asked.notify_all();
      return stall(request, create_call);
    };
    std::thread creating([&] { CHECK_FALSE(create().ok()); });
    asked.wait(false);

    const TeardownReport report =
        registry.disconnect("server01", Milliseconds(100), cancellation).value();

    creating.join();
    CHECK_FALSE(report.graceful);
    REQUIRE_FALSE(report.warnings.empty());
    CHECK(contains(report.warnings[0], "may be left"));
  }

  TEST_CASE_FIXTURE(Shells, "works on four things at a time") {
    for (int i = 0; i < 4; ++i) REQUIRE(create().ok());
    // Each Delete waits until four are there, which no smaller number could bring about.
    std::mutex gate;
    std::condition_variable all_there;
    int there = 0;
    shells.on_request = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      std::unique_lock<std::mutex> lock(gate);
      if (++there == 4) all_there.notify_all();
      all_there.wait(lock, [&] { return there >= 4; });
      return HttpResponse{};
    };

    CHECK(end().shells_deleted == 4);
  }
}

}  // namespace wsman::testing
