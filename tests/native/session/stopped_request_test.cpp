#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/event.h"
#include "base/wait.h"
#include "fakes/fake_service.h"
#include "fakes/gate.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

// A user who stops a request while the server works on it, and a server that answers afterwards.
struct Stopping : FakeService {
  Stopping() {
    shells.on_request = pages.on_request = [this](const HttpRequest& request, const Call& asking) {
      return hold(request, asking);
    };
  }

  // What is left behind uses the fixture until its session is gone.
  ~Stopping() {
    answering.set();
    (void)client.close_all(Milliseconds(100), cancellation);
    CHECK(becomes([&] { return server("server01").alive == 0; }));
    CHECK(cuts == 0);
  }

  // What has `held_text` in it is answered when `answering` is set, unless the client cuts the
  // connection before, or not at all.
  Result<HttpResponse> hold(const HttpRequest& request, const Call& asking) {
    if (held_text.empty() || request.body.find(held_text) == std::string::npos)
      return HttpResponse{};
    asked.open();
    if (never_answers) {
      Result<HttpResponse> stopped = stall(request, asking);
      given_up.open();
      return stopped;
    }
    const WaitResult waited = wait_for(answering, asking);
    if (waited != WaitResult::ready) {
      ++cuts;
      return stopped_error(waited, asking, {"the wait for the fake"});
    }
    has_ended = true;
    return HttpResponse{};
  }

  Result<std::string> get(session::SessionReference reference, const Call& asking) {
    return client.perform(std::move(reference),
                          {session::Operation::Kind::get, {kShell, {}, {}, {}, {}}, {}, {}},
                          asking);
  }

  // Runs `work`, which must fail as cancelled, and stops it when the server has been asked.
  template <typename Work>
  void stop_during(const std::string& text, const Work& work) {
    held_text = text;
    Clock::time_point stopped;
    std::jthread user([&] {
      CHECK(asked.wait());
      stopped = Clock::now();
      stop.stop(StopReason::cancelled);
    });
    const auto result = work(Call{stop, Clock::now() + kPatience});
    CHECK(since(stopped) < bound(kPromptly));
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == ErrorCode::cancelled);
    CHECK(result.error().outcome == Outcome::unknown);
  }

  std::string held_text;
  bool never_answers = false;
  std::atomic<bool> has_ended{false};  // The exchange that was held.
  std::atomic<int> cuts{0};
  Gate asked;
  Event answering;
  Gate given_up;
  Cancellation stop;
};

// The output of a command that says nothing until it ends.
struct Receiving : FakeService {
  Receiving() {
    shells.on_request = [this](const HttpRequest& request,
                               const Call& asking) -> Result<HttpResponse> {
      if (!FakeShells::has(request, "shell/Receive<")) return HttpResponse{};
      ++asked;
      Result<HttpResponse> answer = soap_answer(envelope_with(""));
      const WaitResult waited = wait_for(ended, asking);
      if (waited == WaitResult::ready) return answer;
      ++cuts;
      return stopped_error(waited, asking, {"the wait for the fake"});
    };
    shells.on_answer = [this](const HttpRequest& request, const HttpResponse& answer) {
      if (FakeShells::has(request, "shell/Signal<")) ended.set();
      return Result<HttpResponse>(answer);
    };
  }

  void receive(uint64_t id) {
    const message::Target shell{kShell, {{"ShellId", "S1", false}}, {}, {}, {}};
    readers.emplace_back([this, id, shell] {
      const auto output =
          client.perform(in(id), {session::Operation::Kind::invoke, shell, "Receive", {}}, call);
      // The output may come as soon as the stop.
      CHECK((output.ok() || output.error().code == ErrorCode::closed));
    });
  }

  Event ended;
  std::atomic<int> asked{0};
  std::atomic<int> cuts{0};
  std::vector<std::jthread> readers;
};

}  // namespace

TEST_SUITE("Request whose user does not wait") {
  TEST_CASE_FIXTURE(Stopping, "A shell is deleted when the late answer to its Create arrives") {
    const uint64_t id = session();
    stop_during("transfer/Create<", [&](const Call& c) { return create(in(id), c); });
    answering.set();

    CHECK(becomes([&] { return shells.endings().size() == 1; }));
    CHECK(shells.shells() == 0);
    CHECK(becomes([&] { return client.list()[0].open_shells == 0; }));
    CHECK(shells.endings()[0] == "delete S1");
    CHECK(disconnect("server01").value().shells_deleted == 0);
  }

  TEST_CASE_FIXTURE(Stopping, "A command is terminated on a late answer, and its shell is left") {
    const uint64_t id = session();
    REQUIRE(create(in(id), call).ok());
    stop_during("shell/Command<", [&](const Call& c) { return run_in_shell(in(id), c); });
    answering.set();

    CHECK(becomes([&] { return shells.endings().size() == 1; }));
    CHECK(shells.endings()[0] == "signal C2");
    CHECK(shells.shells() == 1);
  }

  TEST_CASE_FIXTURE(Stopping, "An enumeration is released when its late first page arrives") {
    const uint64_t id = session();
    stop_during("Enumerate>", [&](const Call& c) { return enumerate(in(id), c); });
    answering.set();

    CHECK(becomes([&] { return pages.releases() == 1; }));
    CHECK(pages.open() == 0);
    const session::TeardownReport report = disconnect("server01").value();
    CHECK(report.enumerations_released == 0);
    CHECK(report.graceful);
  }

  TEST_CASE_FIXTURE(Stopping, "The session of a single request is closed after the late answer") {
    SUBCASE("The request created a shell") {
      stop_during("transfer/Create<", [&](const Call& c) { return create(its_own(), c); });
    }
    SUBCASE("The request started a command") {
      REQUIRE(create(its_own(), call).ok());
      stop_during("shell/Command<", [&](const Call& c) { return run_in_shell(its_own(), c); });
    }
    SUBCASE("The request began an enumeration") {
      stop_during("Enumerate>", [&](const Call& c) { return enumerate(its_own(), c); });
    }
    CHECK(server("server01").alive == 1);
    answering.set();

    CHECK(becomes([&] { return server("server01").alive == 0; }));
    CHECK(pages.open() == 0);
    CHECK(shells.endings().size() + pages.released.size() == 1);
  }

  TEST_CASE_FIXTURE(Stopping, "The wait for a late answer ends even if the server never answers") {
    never_answers = true;
    session::SessionOptions spec = spec_for("server01");
    spec.teardown_timeout = Milliseconds(30);
    session::SessionReference reference{0, std::move(spec)};
    stop_during("Enumerate>", [&](const Call& c) { return enumerate(std::move(reference), c); });

    CHECK(given_up.wait());
    CHECK(becomes([&] { return server("server01").alive == 0; }));
  }

  TEST_CASE_FIXTURE(Stopping,
                    "A teardown ends the wait for a late answer and reports what may be left") {
    never_answers = true;
    const uint64_t id = session();
    stop_during("transfer/Create<", [&](const Call& c) { return create(in(id), c); });

    const session::TeardownReport report =
        client.disconnect("server01", Milliseconds(100), cancellation).value();

    CHECK(report.operations_cancelled == 1);
    CHECK_FALSE(report.graceful);
    CHECK(contains(report.warnings.at(0), "may be left"));
    CHECK(becomes([&] { return server("server01").alive == 0; }));
  }

  TEST_CASE_FIXTURE(Stopping,
                    "Closing all sessions also ends the wait in the session of a single request") {
    never_answers = true;
    stop_during("Enumerate>", [&](const Call& c) { return enumerate(its_own(), c); });

    CHECK(client.close_all(Milliseconds(100), cancellation).size() == 1);

    CHECK(becomes([&] { return server("server01").alive == 0; }));
    CHECK(client.close_all(Milliseconds(100), cancellation).empty());
  }

  TEST_CASE_FIXTURE(Stopping, "The answer to what leaves nothing is heard out as well") {
    const uint64_t id = session();
    stop_during("transfer/Get<", [&](const Call& c) { return get(in(id), c); });
    CHECK(has_ended == false);
    answering.set();
    CHECK(becomes([&] { return has_ended.load(); }));
  }

  TEST_CASE_FIXTURE(Stopping, "A teardown hears the answer to what leaves nothing") {
    const uint64_t id = session();
    stop_during("transfer/Get<", [&](const Call& c) { return get(in(id), c); });
    std::jthread answer([&] { answering.set(); });
    CHECK(client.disconnect("server01", kPatience, cancellation).value().graceful);
    CHECK(has_ended == true);
  }

  TEST_CASE_FIXTURE(Stopping, "A request that was stopped before it began is not sent") {
    const uint64_t id = session();
    const int before = server("server01").exchanges;
    stop.stop(StopReason::cancelled);
    held_text = "nothing";
    server("server01").on_exchange = stall;

    const Result<std::string> created = create(in(id), {stop, Clock::now() + kPatience});

    CHECK(created.error().code == ErrorCode::cancelled);
    CHECK(server("server01").exchanges <= before + 1);
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(Stopping, "The trace of the request reaches its caller") {
    Trace trace(Trace::Level::verbose);
    REQUIRE(create(in(session()), {cancellation, Clock::now() + kPatience, &trace}).ok());

    const std::vector<Trace::Line> lines = trace.take();
    REQUIRE(lines.size() == 1);
    CHECK(contains(lines[0].text, "Create "));
  }
}

TEST_SUITE("Receive during a teardown") {
  TEST_CASE_FIXTURE(Receiving, "It is answered once the teardown has ended its command") {
    const uint64_t id = session();
    REQUIRE(create(in(id), call).ok());
    REQUIRE(run_in_shell(in(id), call).ok());
    int receives = 0;
    int expected_cuts = 0;
    SUBCASE("One") { receives = 1; }
    // The cleanup needs one of the four connections.
    SUBCASE("More than there are connections") {
      receives = 5;
      expected_cuts = 2;
    }
    for (int i = 0; i < receives; ++i) receive(id);
    CHECK(becomes([&] { return asked == receives; }));

    const session::TeardownReport report = end();

    CHECK(report.commands_terminated == 1);
    CHECK(report.operations_cancelled == receives);
    CHECK(report.graceful);
    CHECK(cuts == expected_cuts);
  }

  TEST_CASE_FIXTURE(Receiving, "That of a command which the session does not end is cut") {
    receive(session());
    CHECK(becomes([&] { return asked == 1; }));

    const Clock::time_point started = Clock::now();
    CHECK(end().graceful);

    CHECK(cuts == 1);
    CHECK(since(started) < bound(kPromptly));
  }
}

}  // namespace wsman::testing
