#include "session/operation.h"

#include <doctest/doctest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fakes/fake_network.h"
#include "fakes/fake_session.h"
#include "fakes/fake_shells.h"
#include "fakes/specs.h"
#include "session/client.h"
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

  static message::Target shell(const std::string& shell_id) {
    return {kShell, {{"ShellId", shell_id, false}}, {}, {}, {}};
  }

  Result<std::string> perform(const session::Operation& operation) {
    return client.perform({id, std::nullopt}, operation, call);
  }

  Result<std::string> create() {
    return perform({session::Operation::Kind::create, {kShell, {}, {}, {}, {}}, {}, {}});
  }

  Result<std::string> run_in(const std::string& shell_id) {
    const operation::Content command{{{"Command", {{operation::Value::Kind::text, "ping"}}}}, {}};
    return perform({session::Operation::Kind::invoke, shell(shell_id), "Command", command});
  }

  Result<std::string> signal(const std::string& shell_id, const std::string& command_id,
                             const std::string& code) {
    const operation::Content content{{{"Code", {{operation::Value::Kind::text, code}}},
                                      {"CommandId", {{operation::Value::Kind::text, command_id}}}},
                                     {}};
    return perform({session::Operation::Kind::invoke, shell(shell_id), "Signal", content});
  }

  Result<std::string> remove(const std::string& shell_id) {
    return perform({session::Operation::Kind::remove, shell(shell_id), {}, {}});
  }

  session::TeardownReport end() { return disconnect("server01").value(); }

  int open_shells() { return client.list()[0].open_shells; }

  FakeShells shells;
  uint64_t id = 0;
};

using Endings = std::vector<std::string>;

}  // namespace

TEST_SUITE("Operation on a shell") {
  TEST_CASE_FIXTURE(Shells, "A shell that was created in a session is deleted by its teardown") {
    REQUIRE(create().ok());
    CHECK(open_shells() == 1);

    const session::TeardownReport report = end();

    CHECK(report.shells_deleted == 1);
    CHECK(report.graceful);
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(Shells,
                    "Commands are terminated by the teardown before their shell is deleted") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    REQUIRE(run_in("S1").ok());

    const session::TeardownReport report = end();

    CHECK(report.commands_terminated == 2);
    CHECK(report.shells_deleted == 1);
    REQUIRE(shells.endings().size() == 3);
    CHECK(shells.endings().back() == "delete S1");
  }

  TEST_CASE_FIXTURE(Shells,
                    "Commands and shells that were ended are not ended again by the teardown") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    REQUIRE(signal("s1", "c2", "Terminate").ok() == false);  // The server minds the case.
    REQUIRE(signal("S1", "C2", "Terminate").ok());
    REQUIRE(run_in("S1").ok());
    REQUIRE(remove("S1").ok());
    CHECK(open_shells() == 0);

    const session::TeardownReport report = end();

    CHECK(report.commands_terminated == 0);
    CHECK(report.shells_deleted == 0);
    CHECK(report.steps.size() == 1);
  }

  TEST_CASE_FIXTURE(Shells, "A command that a Signal without a code ended is not ended again") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    const operation::Content content{{{"CommandId", {{operation::Value::Kind::text, "C2"}}}}, {}};
    REQUIRE(perform({session::Operation::Kind::invoke, shell("S1"), "Signal", content}).ok());

    CHECK(end().commands_terminated == 0);
    CHECK(shells.endings() == Endings{"signal C2", "delete S1"});
  }

  TEST_CASE_FIXTURE(Shells, "A command that was only interrupted is terminated by the teardown") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    REQUIRE(signal("S1", "C2", "ctrl_c").ok());

    // The fake ended it all the same, which is how a command that finished by itself looks.
    CHECK(end().commands_terminated == 1);
  }

  TEST_CASE_FIXTURE(Shells, "A Create that fails adds no shell to the session") {
    shells.on_request = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return FakeShells::strange();
    };
    CHECK_FALSE(create().ok());
    CHECK(open_shells() == 0);
  }

  TEST_CASE_FIXTURE(Shells, "A shell that was created without a session is left to the user") {
    const session::Operation operation{
        session::Operation::Kind::create, {kShell, {}, {}, {}, {}}, {}, {}};

    REQUIRE(client.perform({0, spec_for("server01")}, operation, call).ok());

    CHECK(shells.shells() == 1);
    CHECK(open_shells() == 0);
  }

  TEST_CASE_FIXTURE(Shells, "What was made is ended if its caller cannot take the answer") {
    using Kind = session::Operation::Kind;
    const operation::NamedValues ping{"Command", {{operation::Value::Kind::text, "ping"}}};
    const session::Operation creates{Kind::create, {kShell, {}, {}, {}, {}}, {}, {}};
    const session::Operation starts{Kind::invoke, shell("S1"), "Command", {{ping}, {}}};
    REQUIRE(client.perform({0, spec_for("server01")}, creates, call).ok());
    // What is there at the server when the answer has come.
    std::vector<size_t> there;
    const auto run_out = [&]() -> Status {
      there.push_back(shells.shells());
      throw std::bad_alloc();
    };

    for (const bool in_session : {false, true}) {
      for (const session::Operation& making : {creates, starts}) {
        CAPTURE(in_session);
        session::SessionReference reference{in_session ? id : 0, std::nullopt};
        if (!in_session) reference.own = spec_for("server01");

        const auto made = client.perform(std::move(reference), making, call, run_out);

        REQUIRE_FALSE(made.ok());
        CHECK(made.error().message == "Memory ran out.");
        CHECK(made.error().outcome == Outcome::unknown);
      }
    }

    CHECK(there == std::vector<size_t>{2, 1, 2, 1});
    CHECK(shells.endings() ==
          std::vector<std::string>{"delete S2", "signal C3", "delete S4", "signal C5"});
    CHECK(shells.shells() == 1);
    CHECK(open_shells() == 0);
    CHECK(server("server01").alive == 1);
  }

  TEST_CASE_FIXTURE(Shells, "What was made without a session is left even if no answer names it") {
    shells.takes_names = true;
    shells.on_answer = [](const HttpRequest&, const HttpResponse&) -> Result<HttpResponse> {
      return soap_answer(envelope_with("<x/>"));
    };
    const operation::NamedValues mine{"ShellId", {{operation::Value::Kind::text, "MINE"}}};
    const operation::NamedValues ping{"Command", {{operation::Value::Kind::text, "ping"}}};
    using Kind = session::Operation::Kind;
    for (const session::Operation& making :
         {session::Operation{Kind::create, {kShell, {}, {}, {}, {}}, {}, {{mine}, {}}},
          session::Operation{Kind::invoke, shell("MINE"), "Command", {{ping}, {}}}})
      REQUIRE(client.perform({0, spec_for("server01")}, making, call).ok());

    CHECK(shells.shells() == 1);
    CHECK(shells.endings().empty());
  }

  TEST_CASE_FIXTURE(Shells, "A shell that another session created is left alone by the teardown") {
    (void)client.perform({0, spec_for("server01")},
                         {session::Operation::Kind::create, {kShell, {}, {}, {}, {}}, {}, {}},
                         call);
    REQUIRE(run_in("S1").ok());

    const session::TeardownReport report = end();

    CHECK(report.shells_deleted == 0);
    CHECK(shells.shells() == 1);
  }
}

TEST_SUITE("Teardown of server objects") {
  TEST_CASE_FIXTURE(Shells, "A shell that the server no longer has counts as deleted") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    shells.on_request = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return FakeShells::no_such_thing();
    };

    const session::TeardownReport report = end();

    CHECK(report.commands_terminated == 1);
    CHECK(report.shells_deleted == 1);
    CHECK(report.graceful);
    CHECK(report.warnings.empty());
  }

  TEST_CASE_FIXTURE(Shells,
                    "A command that is not confirmed is reported, and its shell is still deleted") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    shells.on_request = [](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (FakeShells::has(request, "shell/Signal<")) return FakeShells::strange();
      return HttpResponse{};
    };

    const session::TeardownReport report = end();

    CHECK(report.commands_abandoned == 1);
    CHECK(report.shells_deleted == 1);
    CHECK_FALSE(report.graceful);
    REQUIRE(report.warnings.size() == 1);
    CHECK(contains(report.warnings[0], "1 command on server01"));
    CHECK(contains(report.warnings[0], "Something strange."));
  }

  TEST_CASE_FIXTURE(Shells,
                    "A shell that is not deleted by the deadline is reported with its lifetime") {
    REQUIRE(create().ok());
    shells.on_request = stall;

    const session::TeardownReport report =
        client.disconnect("server01", Milliseconds(30), cancellation).value();

    CHECK(report.shells_abandoned == 1);
    CHECK(result_of(report, "delete") == "0 of 1 shell");
    REQUIRE(report.warnings.size() == 1);
    CHECK(contains(report.warnings[0], "2 hours"));
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE_FIXTURE(Shells, "A shell whose Create is answered during the teardown is deleted") {
    std::atomic<bool> asked{false};
    shells.on_request = [&](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (!FakeShells::has(request, "transfer/Create<")) return HttpResponse{};
      asked = true;
      asked.notify_all();
      while (!names().empty()) std::this_thread::yield();  // Until the teardown has begun.
      return HttpResponse{};
    };
    // Its user gets the answer or the stop, whichever is first.
    std::thread creating([&] { (void)create(); });
    asked.wait(false);

    const session::TeardownReport report = end();

    creating.join();
    CHECK(report.shells_deleted == 1);
    CHECK(report.graceful);
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(Shells, "A shell whose Create is not answered is reported as possibly left") {
    std::atomic<bool> asked{false};
    shells.on_request = [&](const HttpRequest& request, const Call& create_call) {
      asked = true;
      asked.notify_all();
      return stall(request, create_call);
    };
    std::thread creating([&] { CHECK_FALSE(create().ok()); });
    asked.wait(false);

    const session::TeardownReport report =
        client.disconnect("server01", Milliseconds(100), cancellation).value();

    creating.join();
    CHECK_FALSE(report.graceful);
    REQUIRE_FALSE(report.warnings.empty());
    CHECK(contains(report.warnings[0], "may be left"));
  }

  TEST_CASE_FIXTURE(Shells, "Server objects are deleted four at a time") {
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

  TEST_CASE_FIXTURE(Shells, "A step starts with the first request of its kind") {
    REQUIRE(create().ok());
    REQUIRE(run_in("S1").ok());
    shells.on_request = [](const HttpRequest& request, const Call& signal_call) {
      // The command takes 50 ms, so that the deletion starts after it.
      if (!FakeShells::has(request, "shell/Signal<")) return Result<HttpResponse>(HttpResponse{});
      (void)stall(request, signal_call.within(Milliseconds(50)));
      return Result<HttpResponse>(HttpResponse{});
    };

    const session::TeardownReport report = end();

    REQUIRE(report.steps.size() == 3);
    CHECK(report.steps[0].step == "terminate");
    CHECK(report.steps[0].milliseconds >= 40);
    CHECK(report.steps[1].step == "delete");
    CHECK(report.steps[1].start_ms >= report.steps[0].start_ms + 40);
    CHECK(report.steps[1].start_ms + report.steps[1].milliseconds <= report.elapsed_ms);
  }
}

}  // namespace wsman::testing
