#include "session/enumeration.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fakes/fake_network.h"
#include "fakes/fake_pages.h"
#include "fakes/fake_session.h"
#include "fakes/gate.h"
#include "fakes/specs.h"
#include "session/client.h"
#include "support/bounds.h"
#include "support/scarce_memory.h"

namespace wsman::testing {
namespace {

constexpr int kRows = 1000;

struct Rows : FakeNetwork {
  Rows() {
    server("server01").on_exchange = [this](const HttpRequest& request, const Call& request_call) {
      return pages.answer(request, request_call);
    };
  }

  static session::EnumerationRequest spec() {
    return {{"urn:rows", {}, {}, {}, {}}, {}, std::nullopt};
  }

  uint64_t open_in(session::SessionReference reference) {
    Result<session::FirstPage> first = client.open_enumeration(std::move(reference), spec(), call);
    REQUIRE(first.ok());
    seen += first.value().page.count;
    return first.value().enumeration_id;
  }

  uint64_t open_in_session() { return open_in({connect("server01").value().view.info.id, {}}); }
  uint64_t open_in_its_own() { return open_in({0, spec_for("server01")}); }

  // To the end; the error that ended it, if one did.
  std::optional<Error> drain(uint64_t id) {
    for (;;) {
      const Result<operation::Page> page = client.next_page(id, call);
      if (!page.ok()) return page.error();
      seen += page.value().count;
      if (page.value().end) return std::nullopt;
    }
  }

  int open_enumerations() { return client.list()[0].open_enumerations; }

  FakePages pages{kRows};
  size_t seen = 0;
};

// A server that holds a Pull back until `answer` is open or the client cuts the connection.
struct HeldPull : Rows {
  HeldPull() {
    pages.on_request = [this](const HttpRequest& request,
                              const Call& pull_call) -> Result<HttpResponse> {
      if (request.body.find("Pull>") == std::string::npos) return HttpResponse{};
      asked.open();
      const WaitResult waited = wait_for(answer, pull_call);
      if (waited == WaitResult::ready) return HttpResponse{};
      ++cuts;
      return stopped_error(waited, pull_call, {"the wait for the fake"});
    };
  }

  // What is left behind uses the fixture until its session is gone.
  ~HeldPull() {
    answer.set();
    (void)client.close_enumeration(held, kPatience, call);
    (void)client.close_all(kPatience, cancellation);
    CHECK(becomes([&] { return server("server01").alive == 0; }));
  }

  // Begins to read the next page on a thread of its own, and returns when the server has the Pull.
  void pull(uint64_t id) {
    held = id;
    reader = std::jthread([this, id] {
      const auto page = client.next_page(id, {reader_stop, Clock::now() + kPatience});
      CHECK_FALSE(page.ok());
      if (!page.ok()) told = page.error();
      has_ended.open();
    });
    REQUIRE(asked.wait());
  }

  // What the reader is told, at once.
  Error reader_error() {
    CHECK(has_ended.wait_until(Clock::now() + bound(kPromptly)));
    return told;
  }

  uint64_t held = 0;
  Gate asked;
  Gate has_ended;
  Event answer;
  Cancellation reader_stop;
  Error told;
  std::atomic<int> cuts{0};
  std::jthread reader;
};

// A page without an item and without an end, with the context that it was asked for.
HttpResponse empty_page(const std::string& context) {
  return soap_answer(
      envelope_with("<n:PullResponse xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\">"
                    "<n:EnumerationContext>" +
                    context + "</n:EnumerationContext><n:Items/></n:PullResponse>"));
}

HttpResponse too_large() {
  return soap_answer(fault_with(wsman_fault_detail("2150858805", "Too large.")), 500);
}

}  // namespace

TEST_SUITE("Enumeration") {
  TEST_CASE_FIXTURE(Rows, "An enumeration in a session gives every item and leaves nothing open") {
    const uint64_t id = open_in_session();
    CHECK(seen == 20);
    CHECK(open_enumerations() == 1);

    CHECK_FALSE(drain(id));

    CHECK(seen == kRows);
    CHECK(pages.asked == std::vector<int>{20, 80, 320, 1280});
    CHECK(pages.open() == 0);
    CHECK(open_enumerations() == 0);
    CHECK(client.next_page(id, call).error().code == ErrorCode::invalid_argument);
    CHECK(names() == std::vector<std::string>{"server01"});
  }

  TEST_CASE_FIXTURE(Rows, "No page is asked for more items than the session allows") {
    session::SessionOptions options = spec_for("server01");
    options.max_batch_items = 300;

    CHECK_FALSE(drain(open_in({0, std::move(options)})));

    CHECK(seen == kRows);
    CHECK(pages.asked == std::vector<int>{20, 80, 300, 300, 300});
  }

  TEST_CASE_FIXTURE(Rows, "An enumeration with its own session closes it after the last page") {
    CHECK_FALSE(drain(open_in_its_own()));

    CHECK(seen == kRows);
    CHECK(server("server01").alive == 0);
    CHECK(names().empty());
  }

  TEST_CASE_FIXTURE(Rows, "Closing an enumeration early releases its context and its own session") {
    const uint64_t id = open_in_its_own();
    REQUIRE(client.next_page(id, call).ok());

    CHECK(client.close_enumeration(id, Milliseconds::zero(), call).value());

    CHECK(pages.released == std::vector<std::string>{"uuid:2"});
    CHECK(pages.open() == 0);
    CHECK(server("server01").alive == 0);
    CHECK(client.close_enumeration(id, Milliseconds::zero(), call).value());
  }

  TEST_CASE_FIXTURE(Rows, "An enumeration without an item for an operation timeout is ended") {
    session::SessionOptions options = spec_for("server01");
    options.headers.operation_timeout = Milliseconds(200);
    int pulls = 0;
    pages.on_request = [&](const HttpRequest& request, const Call&) {
      if (request.body.find("Pull>") == std::string::npos) return HttpResponse{};
      ++pulls;
      return empty_page("uuid:1");
    };

    const std::optional<Error> error = drain(open_in({0, std::move(options)}));

    REQUIRE(error);
    CHECK(error->code == ErrorCode::timed_out);
    CHECK(contains(error->message, "page after page without an item"));
    // The pauses double, so the server is not asked as fast as it answers.
    CHECK(pulls > 2);
    CHECK(pulls < 10);
    CHECK(pages.released == std::vector<std::string>{"uuid:1"});
  }

  TEST_CASE_FIXTURE(Rows, "A stop ends the pause between pages without items") {
    const uint64_t id = open_in_session();
    pages.on_request = [&](const HttpRequest& request, const Call&) {
      return request.body.find("Pull>") == std::string::npos ? HttpResponse{}
                                                             : empty_page("uuid:1");
    };
    for (int i = 0; i < 6; ++i) REQUIRE(client.next_page(id, call).ok());
    cancellation.stop(StopReason::cancelled);

    CHECK(client.next_page(id, call).error().code == ErrorCode::cancelled);
  }

  TEST_CASE_FIXTURE(Rows, "Behind items that nothing follows comes the error") {
    pages.on_request = [&](const HttpRequest& request, const Call&) {
      if (request.body.find("Enumerate>") == std::string::npos) return HttpResponse{};
      return soap_answer(envelope_with(
          "<n:EnumerateResponse xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\" "
          "xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><w:Items><r/></w:Items>"
          "</n:EnumerateResponse>"));
    };

    const std::optional<Error> error = drain(open_in_session());

    CHECK(seen == 1);
    REQUIRE(error);
    CHECK(error->code == ErrorCode::protocol);
    CHECK(contains(error->message, "neither a context"));
  }

  TEST_CASE_FIXTURE(Rows, "Closing an enumeration that never was is refused") {
    const uint64_t last = open_in_session();

    for (const uint64_t id : {uint64_t{0}, last + 1, UINT64_MAX}) {
      CAPTURE(id);
      const Result<bool> closed = client.close_enumeration(id, Milliseconds::zero(), call);
      REQUIRE_FALSE(closed.ok());
      CHECK(closed.error().code == ErrorCode::invalid_argument);
      CHECK(contains(closed.error().message, "No enumeration ever had the number "));
    }
    CHECK(open_enumerations() == 1);
  }

  TEST_CASE_FIXTURE(Rows, "Closing an enumeration early leaves the session open") {
    CHECK(client.close_enumeration(open_in_session(), Milliseconds::zero(), call).value());

    CHECK(pages.open() == 0);
    CHECK(open_enumerations() == 0);
    CHECK(client.list()[0].state == session::State::opened);
  }

  TEST_CASE_FIXTURE(Rows, "The teardown of a session releases its enumerations") {
    (void)open_in_session();

    const Result<session::TeardownReport> report = disconnect("server01");

    REQUIRE(report.ok());
    CHECK(report.value().enumerations_released == 1);
    CHECK(report.value().enumerations_abandoned == 0);
    CHECK(report.value().graceful);
    CHECK(pages.open() == 0);
  }

  TEST_CASE_FIXTURE(Rows, "A page that is too large is requested again with fewer items") {
    const uint64_t id = open_in_session();
    pages.on_request = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      pages.on_request = nullptr;
      return too_large();
    };

    CHECK_FALSE(drain(id));

    CHECK(seen == kRows);
    CHECK(pages.asked[1] == 20);
  }

  TEST_CASE_FIXTURE(Rows,
                    "An enumeration fails if not even one item fits, and can then be closed") {
    const uint64_t id = open_in_session();
    pages.on_request = [](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (request.body.find("Pull>") == std::string::npos) return HttpResponse{};
      return too_large();
    };

    CHECK(drain(id)->wsman_code == 0x80338035);
    CHECK(client.close_enumeration(id, Milliseconds::zero(), call).value());
    CHECK(pages.open() == 0);
  }

  TEST_CASE_FIXTURE(Rows, "An enumeration whose context is gone needs no Release") {
    const uint64_t id = open_in_session();
    pages.on_request = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return soap_answer(fault_with(wsman_fault_detail("2150858779", "Not valid.")), 500);
    };

    CHECK(drain(id)->wsman_code == 0x8033801B);
    CHECK(open_enumerations() == 0);
  }

  TEST_CASE_FIXTURE(Rows, "Closing an enumeration stops a Pull that is not answered") {
    const uint64_t id = open_in_session();
    std::atomic<bool> stalled{false};
    pages.on_request = [&](const HttpRequest& request,
                           const Call& pull_call) -> Result<HttpResponse> {
      if (request.body.find("Pull>") == std::string::npos) return HttpResponse{};
      stalled = true;
      stalled.notify_all();
      return stall(request, pull_call);
    };
    Cancellation fetching;
    std::thread fetch([&] {
      CHECK_FALSE(client.next_page(id, {fetching, Clock::now() + kPatience}).ok());
    });
    stalled.wait(false);

    CHECK(client.close_enumeration(id, bound(kPromptly), call).value());

    fetch.join();
    CHECK(pages.open() == 0);
  }

  TEST_CASE_FIXTURE(HeldPull, "A page whose reader was stopped is read, and its context released") {
    const uint64_t id = open_in_its_own();
    pull(id);
    reader_stop.stop(StopReason::cancelled);
    CHECK(reader_error().code == ErrorCode::cancelled);
    // That page is lost: none may follow it as if nothing had been.
    CHECK(client.next_page(id, call).error().code == ErrorCode::invalid_argument);
    std::jthread answering([&] { answer.set(); });

    CHECK(client.close_enumeration(id, kPatience, call).value());

    CHECK(pages.released == std::vector<std::string>{"uuid:2"});
    CHECK(becomes([&] { return server("server01").alive == 0; }));
    CHECK(cuts == 0);
  }

  TEST_CASE_FIXTURE(HeldPull,
                    "Closing an enumeration reads the answer on its way before it releases") {
    const uint64_t id = open_in_session();
    pull(id);
    std::jthread answering([&] {
      CHECK(reader_error().code == ErrorCode::closed);
      answer.set();
    });

    CHECK(client.close_enumeration(id, kPatience, call).value());

    CHECK(pages.released == std::vector<std::string>{"uuid:2"});
    CHECK(cuts == 0);
  }

  TEST_CASE_FIXTURE(HeldPull,
                    "A teardown reads the answer on its way to a Pull, and tells its reader") {
    pull(open_in_session());
    std::jthread answering([&] {
      CHECK(reader_error().code == ErrorCode::closed);
      answer.set();
    });

    const session::TeardownReport report =
        client.disconnect("server01", kPatience, cancellation).value();

    CHECK(report.operations_cancelled == 1);
    CHECK(report.enumerations_released == 1);
    CHECK(report.graceful);
    CHECK(cuts == 0);
  }

  TEST_CASE_FIXTURE(HeldPull, "The wait for an answer on its way has a bound") {
    SUBCASE("That of the close") {
      const uint64_t id = open_in_session();
      pull(id);
      (void)client.close_enumeration(id, Milliseconds(30), call);
      CHECK(reader_error().code == ErrorCode::closed);
    }
    SUBCASE("That of the teardown") {
      pull(open_in_session());
      (void)client.disconnect("server01", Milliseconds(30), cancellation);
      CHECK(reader_error().code == ErrorCode::closed);
    }
    SUBCASE("That of a teardown, after a stop") {
      session::SessionOptions options = spec_for("server01");
      options.teardown_timeout = Milliseconds(30);
      pull(open_in({0, std::move(options)}));
      reader_stop.stop(StopReason::cancelled);
      CHECK(reader_error().code == ErrorCode::cancelled);
    }
    CHECK(becomes([&] { return cuts == 1; }));
  }

  TEST_CASE_FIXTURE(Rows, "An enumeration that is not released in time stays with its session") {
    const uint64_t id = open_in_session();
    pages.on_request = stall;

    CHECK_FALSE(client.close_enumeration(id, Milliseconds(20), call).value());
    CHECK(open_enumerations() == 1);

    pages.on_request = nullptr;
    CHECK(disconnect("server01").value().enumerations_released == 1);
    CHECK(pages.open() == 0);
    // Behind the Enumerate and the first Release.
    CHECK(contains(server("server01").requests().back().body, ">3</p:SequenceId>"));
  }

  TEST_CASE_FIXTURE(Rows, "A teardown reports an enumeration that it cannot release as abandoned") {
    (void)open_in_session();
    pages.on_request = stall;

    const Result<session::TeardownReport> report =
        client.disconnect("server01", Milliseconds(20), cancellation);

    REQUIRE(report.ok());
    CHECK(report.value().enumerations_abandoned == 1);
    CHECK_FALSE(report.value().graceful);
    CHECK(report.value().warnings.size() == 1);
  }

  TEST_CASE_FIXTURE(Rows, "A teardown counts an enumeration whose Release is not answered yet") {
    const uint64_t id = open_in_session();
    Gate asked;
    Gate let_go;
    pages.on_request = [&](const HttpRequest& request, const Call& release_call) {
      asked.open();
      (void)let_go.wait();
      return stall(request, release_call);
    };
    Cancellation releasing;
    std::jthread closing(
        [&] { CHECK_FALSE(client.close_enumeration(id, kPatience, {releasing}).value()); });
    REQUIRE(asked.wait());
    CHECK(open_enumerations() == 1);
    cancellation.stop(StopReason::cancelled);

    const session::TeardownReport report =
        client.disconnect("server01", kPatience, cancellation).value();

    CHECK(report.enumerations_released == 0);
    CHECK(report.enumerations_abandoned == 1);
    CHECK_FALSE(report.graceful);
    let_go.open();
  }

  TEST_CASE_FIXTURE(Rows,
                    "An enumeration whose session another call ended is not called released") {
    const uint64_t id = open_in_its_own();
    pages.on_request = [](const HttpRequest&, const Call&) { return too_large(); };
    REQUIRE(client.close_all(kPatience, cancellation).at(0).enumerations_abandoned == 1);

    CHECK_FALSE(client.close_enumeration(id, Milliseconds::zero(), call).value());
  }

  TEST_CASE("Where memory runs out no context is taken for released that is not") {
    std::size_t allocations = 0;
    int kept = 0;
    for (bool ran_out = true; ran_out;) {
      CAPTURE(allocations);
      FakePages pages(kRows);
      const auto server = std::make_shared<FakeServer>();
      server->on_exchange = [&](const HttpRequest& request, const Call& request_call) {
        return pages.answer(request, request_call);
      };
      session::SessionInfo info = FakeSession::info();
      info.headers.encoding = xml::TextEncoding::utf8;
      session::Enumeration enumeration(
          std::make_shared<session::Session>(info, std::make_unique<FakeTransport>(server)),
          Rows::spec());
      Cancellation cancellation;
      const Call call{cancellation, Clock::now() + kPatience};
      REQUIRE(enumeration.open(call).ok());
      const auto next = [&] {
        const ScarceMemory scarce(allocations++);
        return or_out_of_memory([&] { return enumeration.next(call); });
      };
      (void)next();
      ran_out = ScarceMemory::ran_out();

      const bool released = enumeration.close(call);

      CHECK((!released || pages.open() == 0));
      kept += released ? 0 : 1;
    }
    CHECK(kept > 0);
    CHECK(allocations > 20);
  }

  TEST_CASE_FIXTURE(Rows, "An enumeration in a session that does not exist fails") {
    const auto first = client.open_enumeration({7, {}}, spec(), call);

    CHECK(first.error().code == ErrorCode::invalid_argument);
  }

  TEST_CASE_FIXTURE(Rows, "An enumeration that cannot begin closes its own session") {
    pages.on_request = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::access_denied, "No.", 5, {}};
    };

    CHECK_FALSE(client.open_enumeration({0, spec_for("server01")}, spec(), call).ok());
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE_FIXTURE(Rows, "Closing all sessions closes the session of an enumeration too") {
    (void)open_in_its_own();

    CHECK(client.close_all(kPatience, cancellation).size() == 1);

    CHECK(pages.open() == 0);
  }
}

}  // namespace wsman::testing
