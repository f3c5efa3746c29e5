#include "session/enumeration.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fakes/fake_network.h"
#include "fakes/fake_pages.h"
#include "fakes/specs.h"
#include "session/registry.h"
#include "support/bounds.h"

namespace wsman::testing {
namespace {

constexpr int kRows = 1000;

struct Rows : FakeNetwork {
  Rows() {
    server("server01").on_exchange = [this](const HttpRequest& request, const Call& request_call) {
      return pages.answer(request, request_call);
    };
  }

  static EnumerationSpec spec() { return {{"urn:rows", {}, {}, {}, {}}, {}, std::nullopt}; }

  uint64_t open_in(Place place) {
    Result<FirstPage> first = registry.open_enumeration(std::move(place), spec(), call);
    REQUIRE(first.ok());
    seen += first.value().page.items.size();
    return first.value().enumeration_id;
  }

  uint64_t open_in_session() { return open_in({connect("server01").value().view.info.id, {}}); }
  uint64_t open_in_its_own() { return open_in({0, spec_for("server01")}); }

  // To the end; the error that ended it, if one did.
  std::optional<Error> drain(uint64_t id) {
    for (;;) {
      const Result<Page> page = registry.next_page(id, call);
      if (!page.ok()) return page.error();
      seen += page.value().items.size();
      if (page.value().end) return std::nullopt;
    }
  }

  int open_enumerations() { return registry.list()[0].open_enumerations; }

  FakePages pages{kRows};
  size_t seen = 0;
};

HttpResponse too_large() {
  return soap_answer(fault_with(wsman_fault_detail("2150858805", "Too large.")), 500);
}

}  // namespace

TEST_SUITE("page size") {
  TEST_CASE("grows while pages come quickly and full, up to what Windows takes") {
    PageSize size(100'000'000);
    CHECK(size.next() == 20);
    for (int i = 0; i < 10; ++i) size.came(size.next(), 1000, Milliseconds(1));
    CHECK(size.next() == 32000);
  }

  TEST_CASE("stays when a page is slow or was not full") {
    PageSize size(1'000'000);
    size.came(20, 1000, Milliseconds(1001));
    CHECK(size.next() == 20);
    size.came(19, 1000, Milliseconds(1));
    CHECK(size.next() == 20);
  }

  TEST_CASE("grows no further than what fits into an envelope, and never shrinks by that") {
    PageSize size(100'000);
    size.came(20, 40000, Milliseconds(1));
    CHECK(size.next() == 50);
    size.came(50, 200'000, Milliseconds(1));
    CHECK(size.next() == 50);
  }

  TEST_CASE("shrinks when the server cannot encode it, and stays there") {
    PageSize size(1'000'000);
    CHECK(size.was_too_large());
    CHECK(size.next() == 5);
    size.came(5, 100, Milliseconds(1));
    CHECK(size.next() == 5);
    CHECK(size.was_too_large());
    CHECK_FALSE(size.was_too_large());
  }
}

TEST_SUITE("enumeration") {
  TEST_CASE_FIXTURE(Rows, "in a session gives every item and leaves nothing") {
    const uint64_t id = open_in_session();
    CHECK(seen == 20);
    CHECK(open_enumerations() == 1);

    CHECK_FALSE(drain(id));

    CHECK(seen == kRows);
    CHECK(pages.asked == std::vector<int>{20, 80, 320, 1280});
    CHECK(pages.open() == 0);
    CHECK(open_enumerations() == 0);
    CHECK(registry.next_page(id, call).error().code == ErrorCode::invalid_argument);
    CHECK(names() == std::vector<std::string>{"server01"});
  }

  TEST_CASE_FIXTURE(Rows, "in a session of its own ends that with the last page") {
    CHECK_FALSE(drain(open_in_its_own()));

    CHECK(seen == kRows);
    CHECK(server("server01").alive == 0);
    CHECK(names().empty());
  }

  TEST_CASE_FIXTURE(Rows, "closed early releases the newest context, and its own session") {
    const uint64_t id = open_in_its_own();
    REQUIRE(registry.next_page(id, call).ok());

    CHECK(registry.close_enumeration(id, Milliseconds::zero(), call));

    CHECK(pages.released == std::vector<std::string>{"uuid:2"});
    CHECK(pages.open() == 0);
    CHECK(server("server01").alive == 0);
    CHECK(registry.close_enumeration(id, Milliseconds::zero(), call));
  }

  TEST_CASE_FIXTURE(Rows, "closed early in a session leaves the session") {
    CHECK(registry.close_enumeration(open_in_session(), Milliseconds::zero(), call));

    CHECK(pages.open() == 0);
    CHECK(open_enumerations() == 0);
    CHECK(registry.list()[0].state == State::opened);
  }

  TEST_CASE_FIXTURE(Rows, "is released by the end of its session") {
    (void)open_in_session();

    const Result<TeardownReport> report = disconnect("server01");

    REQUIRE(report.ok());
    CHECK(report.value().enumerations_released == 1);
    CHECK(report.value().enumerations_abandoned == 0);
    CHECK(report.value().graceful);
    CHECK(pages.open() == 0);
  }

  TEST_CASE_FIXTURE(Rows, "asks for fewer when a page is too large, and goes on") {
    const uint64_t id = open_in_session();
    pages.on_request = [&](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      pages.on_request = nullptr;
      return too_large();
    };

    CHECK_FALSE(drain(id));

    CHECK(seen == kRows);
    CHECK(pages.asked[1] == 20);
  }

  TEST_CASE_FIXTURE(Rows, "fails when not even one item fits, and can be closed") {
    const uint64_t id = open_in_session();
    pages.on_request = [](const HttpRequest& request, const Call&) -> Result<HttpResponse> {
      if (request.body.find("Pull>") == std::string::npos) return HttpResponse{};
      return too_large();
    };

    CHECK(drain(id)->wsman_code == 0x80338035);
    CHECK(registry.close_enumeration(id, Milliseconds::zero(), call));
    CHECK(pages.open() == 0);
  }

  TEST_CASE_FIXTURE(Rows, "whose context is gone has nothing left to release") {
    const uint64_t id = open_in_session();
    pages.on_request = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return soap_answer(fault_with(wsman_fault_detail("2150858779", "Not valid.")), 500);
    };

    CHECK(drain(id)->wsman_code == 0x8033801B);
    CHECK(open_enumerations() == 0);
  }

  TEST_CASE_FIXTURE(Rows, "stops a page that is being fetched when it is closed") {
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
      CHECK_FALSE(registry.next_page(id, {fetching, Clock::now() + kPatience}).ok());
    });
    stalled.wait(false);

    CHECK(registry.close_enumeration(id, Milliseconds::zero(), call));

    fetch.join();
    CHECK(pages.open() == 0);
  }

  TEST_CASE_FIXTURE(Rows, "that cannot be released in time stays with its session") {
    const uint64_t id = open_in_session();
    pages.on_request = stall;

    CHECK_FALSE(registry.close_enumeration(id, Milliseconds(20), call));
    CHECK(open_enumerations() == 1);

    pages.on_request = nullptr;
    CHECK(disconnect("server01").value().enumerations_released == 1);
    CHECK(pages.open() == 0);
  }

  TEST_CASE_FIXTURE(Rows, "that a teardown cannot release is told as abandoned") {
    (void)open_in_session();
    pages.on_request = stall;

    const Result<TeardownReport> report =
        registry.disconnect("server01", Milliseconds(20), cancellation);

    REQUIRE(report.ok());
    CHECK(report.value().enumerations_abandoned == 1);
    CHECK_FALSE(report.value().graceful);
    CHECK(report.value().warnings.size() == 1);
  }

  TEST_CASE_FIXTURE(Rows, "of a session that does not exist fails, and keeps nothing") {
    const auto first = registry.open_enumeration({7, {}}, spec(), call);

    CHECK(first.error().code == ErrorCode::invalid_argument);
  }

  TEST_CASE_FIXTURE(Rows, "that fails to begin ends its own session") {
    pages.on_request = [](const HttpRequest&, const Call&) -> Result<HttpResponse> {
      return Error{ErrorCode::access_denied, "No.", 5, {}};
    };

    CHECK_FALSE(registry.open_enumeration({0, spec_for("server01")}, spec(), call).ok());
    CHECK(server("server01").alive == 0);
  }

  TEST_CASE_FIXTURE(Rows, "of its own is ended with all sessions") {
    (void)open_in_its_own();

    CHECK(registry.close_all(kPatience, cancellation).size() == 1);

    CHECK(pages.open() == 0);
  }
}

}  // namespace wsman::testing
