// Requests that make something on the server, and whose answers do not tell what came of them.
#include <doctest/doctest.h>

#include <atomic>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fakes/fake_service.h"
#include "fakes/fake_session.h"
#include "fakes/gate.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

using OnItsWay = std::function<Result<HttpResponse>(const HttpResponse&)>;

struct Fault {
  const char* name;
  OnItsWay happens;
};

OnItsWay fails(ErrorCode code) {
  return [code](const HttpResponse&) -> Result<HttpResponse> {
    Error error = make_error(code, "It did not come");
    error.outcome = Outcome::unknown;
    return error;
  };
}

Result<HttpResponse> other_by(ErrorCode code) { return make_error(code, "There is no other"); }

OnItsWay becomes_answer(const HttpResponse& other) {
  return [other](const HttpResponse&) { return other; };
}

Result<HttpResponse> of_another_request(const HttpResponse& answer) {
  HttpResponse other = answer;
  const std::string empty = "<s:Header/>";
  other.body.replace(other.body.find(empty), empty.size(),
                     "<s:Header><a:RelatesTo xmlns:a=\"http://schemas.xmlsoap.org/ws/2004/08/"
                     "addressing\">uuid:0</a:RelatesTo></s:Header>");
  return other;
}

// What becomes of an answer after the server has carried the request out.
const std::vector<Fault> kFaults{
    {"lost", fails(ErrorCode::connection_lost)},
    {"late", fails(ErrorCode::timed_out)},
    {"too large", fails(ErrorCode::limit)},
    {"not to be decrypted", fails(ErrorCode::protocol)},
    {"a web page", becomes_answer({200, "text/html", "", "<html/>"})},
    {"of a gateway", becomes_answer({504, "text/html", "", "<html/>"})},
    {"nothing", becomes_answer({200, "application/soap+xml", "", ""})},
    {"not well-formed", becomes_answer(soap_answer("<s:Envelope>"))},
    {"no SOAP", becomes_answer(soap_answer("<x/>"))},
    {"without a body", becomes_answer(soap_answer(envelope_with("")))},
    {"of another request", of_another_request},
    {"a fault of another request",
     [](const HttpResponse&) { return of_another_request(FakeShells::strange()); }}};

// Refusals: the request was not carried out.
const std::vector<Fault> kRefusals{{"a fault", becomes_answer(FakeShells::strange())},
                                   {"forbidden", becomes_answer({403, "text/html", "", ""})},
                                   {"not ready", becomes_answer({503, "text/html", "", ""})}};

struct Losing : FakeService {
  Losing() { shells.takes_names = true; }

  // From now on answers to requests with that text in them meet this fault.
  void lose(const char* text, const Fault& fault) {
    shells.on_answer =
        pages.on_answer = [text, fault](const HttpRequest& request, const HttpResponse& answer) {
          const bool meant = request.body.find(text) != std::string::npos;
          return meant ? fault.happens(answer) : Result<HttpResponse>(answer);
        };
  }
};

}  // namespace

TEST_SUITE("Request whose answer does not tell") {
  TEST_CASE_FIXTURE(Losing, "A shell that may have been created is deleted by the teardown") {
    for (const Fault& fault : kFaults) {
      CAPTURE(fault.name);
      const uint64_t id = session();
      lose("transfer/Create<", fault);
      CHECK_FALSE(create(in(id), call).ok());
      CHECK(shells.shells() == 1);
      CHECK(client.list()[0].open_shells == 1);

      const session::TeardownReport report = end();

      CHECK(report.shells_deleted == 1);
      CHECK(report.graceful);
      CHECK(shells.shells() == 0);
    }
  }

  TEST_CASE_FIXTURE(Losing, "A session of one Create deletes the shell before the call returns") {
    for (const Fault& fault : kFaults) {
      CAPTURE(fault.name);
      lose("transfer/Create<", fault);

      const Result<std::string> created = create(its_own(), call);

      REQUIRE_FALSE(created.ok());
      CHECK_FALSE(contains(created.error().message, "may be left"));
      CHECK(shells.shells() == 0);
    }
  }

  TEST_CASE_FIXTURE(Losing, "A command that may have been started is terminated by the teardown") {
    const std::string foreign = made_shell(its_own());
    for (const Fault& fault : kFaults) {
      CAPTURE(fault.name);
      const uint64_t id = session();
      const std::string own = made_shell(in(id));
      lose("shell/Command<", fault);
      (void)run_in_shell(in(id), call, own);
      (void)run_in_shell(in(id), call, foreign);

      const session::TeardownReport report = end();

      CHECK(report.commands_terminated == 2);
      CHECK(report.shells_deleted == 1);
      CHECK(report.graceful);
      CHECK(shells.shells() == 1);
      shells.on_answer = nullptr;
    }
  }

  TEST_CASE_FIXTURE(Losing, "An enumeration that may have begun is reported as possibly left") {
    for (const Fault& fault : kFaults) {
      CAPTURE(fault.name);
      const uint64_t id = session();
      lose("Enumerate>", fault);
      CHECK_FALSE(enumerate(in(id), call).ok());

      const session::TeardownReport report = end();

      CHECK(report.enumerations_abandoned == 1);
      CHECK(report.enumerations_released == 0);
      CHECK_FALSE(report.graceful);
      CHECK(result_of(report, "release") == "0 of 1 enumeration");
      REQUIRE(report.warnings.size() == 1);
      CHECK(contains(report.warnings[0], "1 enumeration on server01 may be left"));
      CHECK(contains(report.warnings[0], "No answer named it."));
    }
  }

  TEST_CASE_FIXTURE(Losing, "The error of a session of one Enumerate says what may be left") {
    for (const Fault& fault : kFaults) {
      CAPTURE(fault.name);
      lose("Enumerate>", fault);

      const Result<session::FirstPage> page = enumerate(its_own(), call);

      REQUIRE_FALSE(page.ok());
      CHECK(contains(page.error().message, "1 enumeration on server01 may be left"));
    }
  }

  TEST_CASE_FIXTURE(Losing, "A request that the server refused leaves nothing to be ended") {
    const std::string foreign = made_shell(its_own());
    for (const Fault& refusal : kRefusals) {
      CAPTURE(refusal.name);
      const uint64_t id = session();
      // In place of the work, not after it.
      shells.on_request =
          pages.on_request = [&](const HttpRequest&, const Call&) { return refusal.happens({}); };
      CHECK_FALSE(create(in(id), call).ok());
      CHECK_FALSE(run_in_shell(in(id), call, foreign).ok());
      CHECK_FALSE(enumerate(in(id), call).ok());
      const int before = server("server01").exchanges;

      const session::TeardownReport report = end();

      CHECK(server("server01").exchanges == before);
      CHECK(report.graceful);
      CHECK(report.steps.size() == 1);
      shells.on_request = pages.on_request = nullptr;
    }
  }

  TEST_CASE_FIXTURE(Losing, "A fault of another request does not confirm that anything is gone") {
    const uint64_t id = session();
    const std::string shell = made_shell(in(id));
    REQUIRE(run_in_shell(in(id), call, shell).ok());
    REQUIRE(enumerate(in(id), call).ok());
    shells.on_request = [](const HttpRequest&, const Call&) {
      return of_another_request(FakeShells::no_such_thing());
    };
    pages.on_request = [](const HttpRequest&, const Call&) {
      return of_another_request(
          soap_answer(fault_with(wsman_fault_detail("2150858779", "Not valid.")), 500));
    };

    const session::TeardownReport report = end();

    CHECK(report.commands_abandoned == 1);
    CHECK(report.shells_abandoned == 1);
    CHECK(report.enumerations_abandoned == 1);
    CHECK_FALSE(report.graceful);
  }

  TEST_CASE_FIXTURE(Losing, "A command that is asked for again under its name is ended once") {
    const uint64_t id = session();
    const std::string shell = made_shell(in(id));
    const operation::Content named{{{"Command", {{operation::Value::Kind::text, "ping"}}},
                                    {"CommandId", {{operation::Value::Kind::text, "MINE"}}}},
                                   {}};
    const session::Operation start{session::Operation::Kind::invoke,
                                   {kShell, {{"ShellId", shell, false}}, {}, {}, {}},
                                   "Command",
                                   named};
    lose("shell/Command<", kFaults[0]);
    CHECK_FALSE(client.perform(in(id), start, call).ok());
    shells.on_answer = nullptr;
    REQUIRE(client.perform(in(id), start, call).ok());

    CHECK(end().commands_terminated == 1);
  }

  TEST_CASE_FIXTURE(Losing, "A shell that was never created counts as nothing") {
    const uint64_t id = session();
    shells.on_request = [](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (!FakeShells::has(request, "transfer/Create<")) return HttpResponse{};
      return fails(ErrorCode::connection_lost)({});
    };
    CHECK_FALSE(create(in(id), call).ok());

    const session::TeardownReport report = end();

    CHECK(report.shells_deleted + report.shells_abandoned == 0);
    CHECK(result_of(report, "delete") == "ok");
    CHECK(report.graceful);
  }

  TEST_CASE_FIXTURE(Losing,
                    "A shell is reported as possibly left if the server names shells itself") {
    shells.takes_names = false;
    const uint64_t id = session();
    REQUIRE(create(in(id), call).ok());
    lose("transfer/Create<", kFaults[0]);
    CHECK_FALSE(create(in(id), call).ok());

    const session::TeardownReport report = end();

    CHECK(report.shells_deleted == 1);
    CHECK(report.shells_abandoned == 1);
    CHECK(shells.shells() == 1);
  }

  TEST_CASE_FIXTURE(Losing, "The name that a user gives to a shell is kept") {
    const uint64_t id = session();
    lose("transfer/Create<", kFaults[0]);
    const operation::Content named{{{"shellid", {{operation::Value::Kind::text, "MINE"}}}}, {}};
    CHECK_FALSE(
        client
            .perform(in(id),
                     {session::Operation::Kind::create, {kShell, {}, {}, {}, {}}, {}, named}, call)
            .ok());

    CHECK(end().shells_deleted == 1);
    CHECK(shells.endings() == std::vector<std::string>{"delete MINE"});
  }

  TEST_CASE_FIXTURE(Losing, "What the server may still be at is not taken for what never was") {
    for (const ErrorCode cut : {ErrorCode::cancelled, ErrorCode::closed, ErrorCode::timed_out}) {
      const uint64_t id = session();
      shells.on_request = [cut](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
        if (!FakeShells::has(request, "transfer/Create<")) return HttpResponse{};
        Error error = make_error(cut, "Nobody listens any more");
        error.outcome = Outcome::unknown;
        return error;
      };
      CHECK_FALSE(create(in(id), call).ok());

      const session::TeardownReport report = end();

      CHECK(report.shells_abandoned == 1);
      CHECK_FALSE(report.graceful);
    }
  }

  TEST_CASE_FIXTURE(Losing,
                    "A refusal does not make another request's shell of that name forgotten") {
    const uint64_t id = session();
    const session::Operation mine{session::Operation::Kind::create,
                                  {kShell, {}, {}, {}, {}},
                                  {},
                                  {{{"ShellId", {{operation::Value::Kind::text, "MINE"}}}}, {}}};
    bool is_first = true;
    shells.on_request = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      if (!std::exchange(is_first, false)) return HttpResponse{};
      // The second comes before the first is answered.
      CHECK(client.perform(in(id), mine, call).ok());
      return FakeShells::strange();
    };

    CHECK_FALSE(client.perform(in(id), mine, call).ok());

    CHECK(client.list()[0].open_shells == 1);
    CHECK(end().shells_deleted == 1);
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(Losing, "An answer does not make another request's shell of that name gone") {
    const uint64_t id = session();
    const session::Operation mine{session::Operation::Kind::create,
                                  {kShell, {}, {}, {}, {}},
                                  {},
                                  {{{"ShellId", {{operation::Value::Kind::text, "MINE"}}}}, {}}};
    // The server makes two, under names of its own, and the first is not told.
    shells.takes_names = false;
    lose("transfer/Create<", kFaults[0]);
    CHECK_FALSE(client.perform(in(id), mine, call).ok());
    shells.on_answer = nullptr;
    REQUIRE(client.perform(in(id), mine, call).ok());
    REQUIRE(shells.shells() == 2);

    const session::TeardownReport report = end();

    CHECK(report.shells_deleted == 1);
    CHECK(report.shells_abandoned == 1);
    CHECK_FALSE(report.graceful);
  }

  TEST_CASE_FIXTURE(Losing, "An answer without a name does not tell what another request made") {
    const uint64_t id = session();
    const session::Operation mine{session::Operation::Kind::create,
                                  {kShell, {}, {}, {}, {}},
                                  {},
                                  {{{"ShellId", {{operation::Value::Kind::text, "MINE"}}}}, {}}};
    shells.on_request = [](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (!FakeShells::has(request, "transfer/Create<")) return HttpResponse{};
      Error error = make_error(ErrorCode::timed_out, "Nobody listens any more");
      error.outcome = Outcome::unknown;
      return error;
    };
    CHECK_FALSE(client.perform(in(id), mine, call).ok());
    shells.on_request = [](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (!FakeShells::has(request, "transfer/Create<")) return HttpResponse{};
      return soap_answer(envelope_with("<x/>"));
    };
    (void)client.perform(in(id), mine, call);
    shells.on_request = nullptr;

    // The server does not know it yet, and may still be at it.
    CHECK(end().shells_abandoned == 1);
  }

  TEST_CASE_FIXTURE(Losing, "A server that has no Release is not said to have released anything") {
    const uint64_t id = session();
    REQUIRE(enumerate(in(id), call).ok());
    pages.on_request = [](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (!FakeShells::has(request, "Release>")) return HttpResponse{};
      std::string fault = fault_with("");
      const std::string subcode = "w:InvalidSelectors";
      fault.replace(fault.find(subcode), subcode.size(), "w:ActionNotSupported");
      return soap_answer(fault, 500);
    };

    const session::TeardownReport report = end();

    CHECK(report.enumerations_released == 0);
    CHECK(report.enumerations_abandoned == 1);
    CHECK_FALSE(report.graceful);
  }

  TEST_CASE_FIXTURE(Losing, "A cleanup goes on over the one connection that can be had") {
    constexpr int kShells = 20;
    constexpr int kOthers = static_cast<int>(kMostConnections) - 1;
    HttpResponse busy;
    busy.status = 503;
    busy.is_before_request = true;
    for (const Result<HttpResponse>& none :
         {other_by(ErrorCode::cannot_connect), other_by(ErrorCode::connection_lost),
          other_by(ErrorCode::tls), other_by(ErrorCode::authentication),
          other_by(ErrorCode::timed_out), Result<HttpResponse>(busy)}) {
      CAPTURE(none.ok());
      const uint64_t id = session();
      for (int i = 0; i < kShells; ++i) REQUIRE(create(in(id), call).ok());
      // One of the first to come has it, and takes its time; the others get none, and later none
      // comes beside one that is being answered.
      Meeting all(kOthers + 1);
      std::atomic<bool> is_taken{false};
      std::atomic<int> without{0};
      shells.on_request = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
        const bool is_mine = !is_taken.exchange(true);
        if (without < kOthers) CHECK(all.arrive());
        if (!is_mine) {
          ++without;
          return none;
        }
        CHECK(becomes([&] { return without == kOthers; }));
        is_taken = false;
        return HttpResponse{};
      };

      const session::TeardownReport report = end();

      shells.on_request = nullptr;
      CHECK(without == kOthers);
      CHECK(report.shells_deleted == kShells);
      CHECK(report.shells_abandoned == 0);
      CHECK(report.graceful);
    }
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(Losing, "A cleanup leaves nothing behind that waits for the one connection") {
    const uint64_t id = session();
    for (int i = 0; i < 3; ++i) REQUIRE(create(in(id), call).ok());
    // The one that has it is answered first, and the others fail one after the other.
    Meeting all(3);
    std::atomic<int> arrived{0};
    std::atomic<int> failed{0};
    shells.on_request = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      const int number = arrived++;
      if (number > 2) return HttpResponse{};
      CHECK(all.arrive());
      if (number == 0) return HttpResponse{};
      CHECK(becomes([&] { return shells.shells() <= 2 && failed == number - 1; }));
      ++failed;
      return make_error(ErrorCode::cannot_connect, "There is no other");
    };

    const session::TeardownReport report = end();

    CHECK(report.shells_deleted == 3);
    CHECK(report.graceful);
  }

  TEST_CASE_FIXTURE(Losing, "A shell whose Create is answered to a stopped caller is deleted") {
    shells.on_answer = [this](const HttpRequest& request,
                              const HttpResponse& answer) -> Result<HttpResponse> {
      if (FakeShells::has(request, "transfer/Create<")) cancellation.stop(StopReason::cancelled);
      return answer;
    };

    const Result<std::string> created = create(its_own(), call);

    REQUIRE_FALSE(created.ok());
    CHECK(created.error().code == ErrorCode::cancelled);
    // Its session ends behind the call.
    CHECK(becomes([this] { return server("server01").alive == 0; }));
    CHECK(shells.shells() == 0);
  }

  TEST_CASE_FIXTURE(Losing, "A command that is answered to a stopped caller is terminated") {
    const uint64_t id = session();
    const std::string foreign = made_shell(its_own());
    shells.on_answer = [this](const HttpRequest& request,
                              const HttpResponse& answer) -> Result<HttpResponse> {
      if (FakeShells::has(request, "shell/Command<")) cancellation.stop(StopReason::cancelled);
      return answer;
    };

    const Result<std::string> started = run_in_shell(in(id), call, foreign);

    REQUIRE_FALSE(started.ok());
    CHECK(started.error().code == ErrorCode::cancelled);
    CHECK(becomes([this] { return shells.endings().size() == 1; }));
    CHECK(shells.endings()[0].starts_with("signal "));
    CHECK(shells.shells() == 1);
  }

  // What is gone already is as good as ended.
  TEST_CASE_FIXTURE(Losing, "What a teardown asks for may be carried out twice, and nothing else") {
    const uint64_t id = session();
    const std::string shell = made_shell(in(id));
    REQUIRE(run_in_shell(in(id), call, shell).ok());
    REQUIRE(enumerate(in(id), call).ok());
    REQUIRE(end().graceful);

    for (const SeenRequest& request : server("server01").requests()) {
      CAPTURE(request.body);
      const auto has = [&](const char* text) { return contains(request.body, text); };
      const bool ends = has("transfer/Delete<") || has("shell/Signal<") || has("Release>");
      CHECK(request.idempotent == (ends || has(":Identify/>")));
    }
  }

  TEST_CASE_FIXTURE(Losing, "A shell without a name that was made does not stand for another one") {
    const uint64_t id = session();
    const session::Operation unnamed{session::Operation::Kind::create,
                                     {kShell, {}, {}, {}, {}},
                                     {},
                                     {{{"ShellId", {{operation::Value::Kind::text, ""}}}}, {}}};
    shells.takes_names = false;
    lose("transfer/Create<", kFaults[0]);
    CHECK_FALSE(client.perform(in(id), unnamed, call).ok());
    shells.on_answer = nullptr;
    REQUIRE(client.perform(in(id), unnamed, call).ok());
    CHECK(client.list()[0].open_shells == 2);

    const session::TeardownReport report = end();

    CHECK(report.shells_deleted == 1);
    CHECK(report.shells_abandoned == 1);
    CHECK_FALSE(report.graceful);
  }

  TEST_CASE_FIXTURE(Losing,
                    "A context that a lost page may have renewed is not taken for released") {
    const uint64_t id = session();
    const session::FirstPage first = enumerate(in(id), call).value();
    lose("Pull>", kFaults[0]);
    CHECK_FALSE(client.next_page(first.enumeration_id, call).ok());
    REQUIRE(pages.open() == 1);  // Under another context.

    CHECK_FALSE(client.close_enumeration(first.enumeration_id, Milliseconds(0), call).value());

    const session::TeardownReport report = end();
    CHECK(report.enumerations_abandoned == 1);
    CHECK(pages.open() == 1);
  }
}

}  // namespace wsman::testing
